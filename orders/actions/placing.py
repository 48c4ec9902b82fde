"""The statements of a new order, in the order in which they lock: one trip to the database.

What it costs on PostgreSQL: for two packages seven statements in one text, one commit. Sent one
after another they took twice as long, and through the ORM six times (``make bench``). The
batch's state and cutoff are conditions of the first statement, so nothing that was read
before decides whether the order is in time.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from groupbuy.community.actions.log import log_step
from groupbuy.community.models import Actor
from groupbuy.shared import db
from groupbuy.shared.one_trip import Step
from orders.actions import gate
from orders.actions.basket import Basket
from orders.states import Channel

_ORDER = """
INSERT INTO orders_order ({names}, accepted_until)
SELECT {marks}, {cutoff} FROM catalog_batch
WHERE id = %s AND state = 'open' AND {cutoff} > %s
ON CONFLICT DO NOTHING
"""
_OF_THIS_FORM = "(SELECT id FROM orders_order WHERE submit_hash = %s)"
FOUND = "SELECT id FROM orders_order WHERE submit_hash = %s"


def order_step(row: Mapping[str, Any], *, now: datetime) -> Step:
    """The order's row, if its batch is open and its channel's cutoff has not passed.

    Stops, too, where the submit key or the order's number is taken.
    """
    cutoff = "until_link" if row["channel"] == Channel.LINK else "until_heads"
    values = {**row, "placed_at": db.instant(now)}
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    sql = _ORDER.format(names=names, marks=marks, cutoff=cutoff)
    params = [*values.values(), row["batch_id"], db.instant(now)]
    return Step(("order",), sql, params)


def lines_step(submit_hash: str, wanted: Basket) -> Step:
    marks = ", ".join([f"({_OF_THIS_FORM}, %s, %s)"] * len(wanted.items))
    sql = f"INSERT INTO orders_orderline (order_id, stock_id, quantity) VALUES {marks}"  # noqa: S608 - marks only  # nosec B608
    pairs = wanted.items.items()
    return Step(("lines",), sql, [p for pair in pairs for p in (submit_hash, *pair)])


def steps(
    row: Mapping[str, Any], wanted: Basket, *, town_id: int, by: Actor, now: datetime
) -> list[Step]:
    """All of one order: its row, its lines, its home's use, the log, the gate."""
    key, items = row["submit_hash"], sorted(wanted.items.items())
    moves = [
        gate.HomeMove(pk, row["home_key"], quantity, wanted.shelf[pk].limit)
        for pk, quantity in items
    ]
    return [
        order_step(row, now=now),
        lines_step(key, wanted),
        *(gate.home_step(move) for move in moves),
        log_step(
            "place_order",
            "order",
            _OF_THIS_FORM,
            [key],
            town_id=town_id,
            by=by,
            now=now,
            total=row["total_cents"],
        ),
        # Last, since everybody waits for a hot row from here to the commit.
        *(gate.gate_step(pk, n, channel=row["channel"]) for pk, n in items),
    ]
