"""Whether what residents saw is what the database holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """An order as its resident saw it accepted, or as a row says; ``home`` is its key."""

    number: str
    home: str


def judge(seen: Iterable[Seen], kept: Iterable[Seen]) -> list[str]:
    """What is wrong, in words; empty when each accepted order is there exactly once.

    Every resident of a row lives in a home of their own and orders once, however often the
    form is sent: so two orders of one home are one order taken twice. An order whose reply
    was lost may be there or not.
    """
    rows = list(kept)
    homes: dict[str, set[str]] = {}
    for row in rows:
        homes.setdefault(row.number, set()).add(row.home)
    faults = [
        f"order {one.number} was accepted and is not there"
        for one in seen
        if one.home not in homes.get(one.number, ())
    ]
    faults += _twice("order", (row.number for row in rows))
    faults += _twice("home", (row.home for row in rows))
    return faults


def _twice(what: str, names: Iterable[str]) -> list[str]:
    found = Counter(names)
    return [f"{what} {name} has {n} rows" for name, n in found.items() if n > 1]
