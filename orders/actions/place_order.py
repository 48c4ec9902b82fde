"""Placing an order: the hottest path of the whole product, kept to a handful of statements.

Cost on PostgreSQL: one read for the home, one for the packages, one trip that writes it all
(`placing`). Nothing here needs a queue, a cache or a session.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.models import Batch
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared import tokens
from groupbuy.shared.one_trip import Step, Stopped, in_one_trip
from orders.actions import gate, placing
from orders.actions.basket import Basket, basket, body_hash, check_in_time, until
from orders.actions.writing import (
    NUMBERS,
    of_form,
    order_number,
    order_row,
    order_token,
)
from orders.models import Order, OtherBody, OverLimit, Wish
from orders.queries.homes import find_home
from orders.rules import may_order
from orders.states import Channel


@dataclass(frozen=True)
class Placed:
    """An accepted order and the token that opens it; ``is_new`` is False for a repeat."""

    order: Order
    token: str
    is_new: bool


def place_order(
    batch: Batch,
    *,
    wish: Wish,
    submit_key: str,
    by: Actor,
    now: datetime,
    channel: str = Channel.LINK,
) -> Placed:
    """Take one home's order: all of it or nothing. The same key gives the same order.

    Raises TooLate, SoldOut, OverLimit, NoSuchHome, OtherBody or another Refused.
    """
    home = find_home(
        batch.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
    )
    require(may_order(by, channel, batch, home))
    body = body_hash(wish, home)
    wanted = basket(batch, wish)
    row = order_row(batch, wish, home, wanted) | {
        "channel": channel,
        "entered_by_id": by.user.pk if by.user else None,
        "body_hash": body,
        **of_form(submit_key),
    }
    for attempt in range(NUMBERS):
        row["number"] = order_number(submit_key, attempt)
        try:
            return _write(batch, row, wanted, submit_key, by=by, now=now)
        except Stopped as stop:
            if placed := _twin(stop, batch, wanted, submit_key, row, now=now):
                return placed
    raise RuntimeError("four order numbers in a row were taken")


def _write(
    batch: Batch,
    row: dict[str, Any],
    wanted: Basket,
    submit_key: str,
    *,
    by: Actor,
    now: datetime,
) -> Placed:
    """Raises Stopped, and has written nothing, if any step of it was not possible."""
    steps = placing.steps(row, wanted, town_id=batch.group_buy.town_id, by=by, now=now)
    (pk,) = in_one_trip(steps, Step(("found",), placing.FOUND, [row["submit_hash"]]))
    order = Order(
        pk=pk, placed_at=now, accepted_until=until(batch, row["channel"]), **row
    )
    return Placed(order, order_token(submit_key), is_new=True)


def _twin(
    stop: Stopped,
    batch: Batch,
    wanted: Basket,
    submit_key: str,
    row: dict[str, Any],
    *,
    now: datetime,
) -> Placed | None:
    """What the stop means: the same form came before (its order), or a refusal.

    None when only the order's number was taken by another.
    """
    kind, *which = stop.name
    if kind == "home":
        raise OverLimit(which, [wanted.titles[which[0]]]) from None
    if kind == "gate":
        shut = gate.GateShut(which[0])
        raise gate.explain(shut, wanted.items, channel=row["channel"]) from None
    if placed := _placed_before(submit_key, row["body_hash"]):
        return placed
    today = Batch.objects.get(pk=batch.pk)  # the door's copy is shared, and may be old
    check_in_time(today, until(today, row["channel"]), now=now)
    return None


def _placed_before(submit_key: str, body: str) -> Placed | None:
    """The order this form already became. Raises OtherBody for another content."""
    order = Order.objects.filter(submit_hash=tokens.stored(submit_key)).first()
    if order is None:
        return None
    if order.body_hash != body:
        raise OtherBody
    return Placed(order, order_token(submit_key), is_new=False)
