"""A row of the table is a function; its name is the fault's."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.chaos.ground import Ground
from tests.chaos.told import Told


@dataclass(frozen=True)
class Row:
    name: str
    done: str
    run: Callable[[Ground, Told], None]


def row(done: str) -> Callable[[Callable[[Ground, Told], None]], Row]:
    """Makes a row of a function; ``done`` says what is done to the site."""
    return lambda run: Row(run.__name__, done, run)
