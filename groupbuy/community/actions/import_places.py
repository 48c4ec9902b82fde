"""Places from a CSV file: all of it or nothing, and a second time changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from groupbuy.community.actions.import_compounds import write_compounds
from groupbuy.community.actions.import_roster import write_roster
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Town
from groupbuy.community.reading.places import (
    COMPOUND_COLUMNS,
    ROSTER_COLUMNS,
    compound_row,
    each,
    home_row,
)
from groupbuy.community.reading.table import Row, read_table
from groupbuy.community.rules import may_run_town, require
from groupbuy.shared.db import locked


@dataclass
class Imported:
    """How many rows the file had, and what became of them, by kind of place."""

    rows: int = 0
    made: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)


Write = Callable[[Town, list[Row]], tuple[dict[str, int], dict[str, int]]]


def import_compounds(town: Town, *, data: bytes, by: Actor, now: datetime) -> Imported:
    """Committees, compounds and gates. Raises Refused, or BadRows with every wrong row."""
    needed = ["committee", "compound"]

    def write(town: Town, rows: list[Row]) -> tuple[dict[str, int], dict[str, int]]:
        return write_compounds(town, *each(rows, compound_row))

    rows = read_table(data, COMPOUND_COLUMNS, needed)
    return _import(town, "compounds", rows, write, by=by, now=now)


def import_roster(town: Town, *, data: bytes, by: Actor, now: datetime) -> Imported:
    """Buildings and homes of known compounds. Raises Refused, or BadRows."""
    needed = ["compound", "building", "room"]

    def write(town: Town, rows: list[Row]) -> tuple[dict[str, int], dict[str, int]]:
        return write_roster(town, *each(rows, home_row))

    rows = read_table(data, ROSTER_COLUMNS, needed)
    return _import(town, "roster", rows, write, by=by, now=now)


IMPORTS = {"compounds": import_compounds, "roster": import_roster}


@transaction.atomic
def _import(
    town: Town, kind: str, rows: list[Row], write: Write, *, by: Actor, now: datetime
) -> Imported:
    require(may_run_town(by, town.pk))
    locked(Town.objects.filter(pk=town.pk)).get()  # two files at once wait here
    made, changed = write(town, rows)
    count = len(rows)
    log("import_places", town, town_id=town.pk, by=by, now=now, kind=kind, rows=count)
    return Imported(count, made, changed)
