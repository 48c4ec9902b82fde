"""The statements of a new order, in the order in which they lock: one trip to the database.

What it costs on PostgreSQL: for two packages four statements in one text, one commit. Sent one
after another they took twice as long, and through the ORM six times (``make bench``). The
batch's state and cutoff are conditions of the first statement, so nothing that was read
before decides whether the order is in time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from groupbuy.community.actions.log import log_step
from groupbuy.community.models import Actor
from groupbuy.shared import db
from groupbuy.shared.one_trip import DONE, Step
from orders.actions import gate
from orders.actions.basket import Basket
from orders.states import Channel

_ORDER = """
INSERT INTO orders_order ({names}, accepted_until)
SELECT {marks}, day.{cutoff} FROM catalog_batch day {home}
WHERE day.id = %s AND day.state = 'open' AND day.{cutoff} > %s
ON CONFLICT DO NOTHING
"""
# A home by its building, unit and room, if it is one only, and served: as `served_home` asks.
_ROSTER = """
JOIN community_building b ON b.compound_id = %s AND b.name = %s
JOIN community_compound c ON c.id = b.compound_id AND c.has_roster
JOIN community_household h ON h.building_id = b.id AND h.unit = %s AND h.room = %s
  AND (h.unit <> '' OR NOT EXISTS (
    SELECT 1 FROM community_household o
    WHERE o.building_id = b.id AND o.room = h.room AND o.unit <> ''))
  AND EXISTS (
    SELECT 1 FROM catalog_servedplace p
    WHERE p.group_buy_id = day.group_buy_id AND p.compound_id = c.id
      AND (p.building_id IS NULL OR p.building_id = b.id))
"""
_OF_ROSTER = {"in_building_id": "b.id", "bring_to_door": "(h.bring_to_door OR %s)"}
_LINES = """
INSERT INTO orders_orderline (order_id, stock_id, quantity)
SELECT done.id, v.column1, v.column2 {done} CROSS JOIN (VALUES {marks}) AS v
"""
_PAIR = "(CAST(%s AS bigint), CAST(%s AS smallint))"
_FOUND = "SELECT id FROM orders_order WHERE submit_hash = %s"


def found(row: Mapping[str, Any]) -> Step:
    """The id of the order that was written."""
    return Step(("found",), _FOUND, [row["submit_hash"]])


def steps(
    row: Mapping[str, Any],
    wanted: Basket,
    *,
    likely: bool,
    town_id: int,
    by: Actor,
    now: datetime,
) -> list[Step]:
    """All of one order: its row with its lines and the log, its home's use, the gate."""
    items, moves = sorted(wanted.items.items()), home_moves(row, wanted)
    log = log_step(
        "place_order",
        "order",
        town_id=town_id,
        by=by,
        now=now,
        total=row["total_cents"],
    )
    return [
        order_step(row, then=(lines_step(items), log), likely=likely, now=now),
        gate.home_step(moves),
        # Last, since everybody waits for a hot row from here to the commit.
        *(gate.gate_step(pk, n, channel=row["channel"]) for pk, n in items),
    ]


def home_moves(row: Mapping[str, Any], wanted: Basket) -> list[gate.HomeMove]:
    """What the home takes, by stock row."""
    return [
        gate.HomeMove(pk, row["home_key"], quantity, wanted.shelf[pk].limit)
        for pk, quantity in sorted(wanted.items.items())
    ]


def order_step(
    row: Mapping[str, Any], *, then: tuple[Step, ...], likely: bool, now: datetime
) -> Step:
    """The order's row, if its batch is open and its channel's cutoff has not passed.

    Stops, too, where the submit key or the order's number is taken, and where the home is
    only ``likely``: then, unless the roster holds it and it is served, by this very statement.
    """
    cutoff = "until_link" if row["channel"] == Channel.LINK else "until_heads"
    values = {**row, "placed_at": db.instant(now)}
    marks = dict.fromkeys(values, "%s")
    home: list[Any] = []
    if likely:
        del values["in_building_id"]
        marks |= _OF_ROSTER
        home = [row[part] for part in ("compound_id", "building", "unit", "room")]
    sql = _ORDER.format(
        names=", ".join(marks),
        marks=", ".join(marks.values()),
        cutoff=cutoff,
        home=_ROSTER if likely else "",
    )
    params = [*values.values(), *home, row["batch_id"], db.instant(now)]
    return Step(("order",), sql, params, then=then)


def lines_step(items: Sequence[tuple[int, int]]) -> Step:
    sql = _LINES.format(done=DONE, marks=", ".join([_PAIR] * len(items)))
    return Step(("lines",), sql, [value for pair in items for value in pair])
