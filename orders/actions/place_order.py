"""Placing an order: the hottest path of the whole product, kept to a handful of statements.

Cost on PostgreSQL: for a home that can be read in one way only, one trip that writes it all
(`placing`); for others first a look at the roster. Nothing here needs a queue, a cache or a session.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.models import Batch
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared import tokens
from groupbuy.shared.one_trip import Stopped, in_one_trip
from orders.actions import gate, placing
from orders.actions.basket import Basket, basket, body_hash, check_in_time, until
from orders.actions.writing import (
    NUMBERS,
    of_form,
    order_number,
    order_row,
    order_token,
)
from orders.models import Order, OtherBody, Wish
from orders.queries.homes import Home, find_home, likely_home
from orders.rules import may_order
from orders.states import Channel

_COLUMNS = [field.attname for field in Order._meta.concrete_fields]


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
    asked = _Asked(batch, wish, submit_key, by, now, channel)
    likely = likely_home(batch.group_buy, wish) if by.user is None else None
    if likely and not by.is_head:
        with suppress(Stopped):  # why, is asked at leisure below
            return _placed(asked, likely, order_number(submit_key, 0), likely=True)
    home = find_home(
        batch.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
    )
    for attempt in range(NUMBERS):
        try:
            return _placed(asked, home, order_number(submit_key, attempt))
        except Stopped:
            if placed := _placed_before(submit_key, body_hash(wish, home)):
                return placed
            today = Batch.objects.get(pk=batch.pk)  # the door's copy may be old
            check_in_time(today, until(today, channel), now=now)
    raise RuntimeError("four order numbers in a row were taken")


@dataclass(frozen=True)
class _Asked:
    """What ``place_order`` was asked for, as it was."""

    batch: Batch
    wish: Wish
    submit_key: str
    by: Actor
    now: datetime
    channel: str


def _placed(asked: _Asked, home: Home, number: str, *, likely: bool = False) -> Placed:
    """Raises Refused; Stopped where no order could be begun. Has then written nothing."""
    batch, by, now = asked.batch, asked.by, asked.now
    require(may_order(by, asked.channel, batch, home))
    wanted = basket(batch, asked.wish)
    row = order_row(batch, asked.wish, home, wanted) | {
        "channel": asked.channel,
        "entered_by_id": by.user.pk if by.user else None,
        "number": number,
        "body_hash": body_hash(asked.wish, home),
        **of_form(asked.submit_key),
    }
    town_id = batch.group_buy.town_id
    steps = placing.steps(row, wanted, likely=likely, town_id=town_id, by=by, now=now)
    try:
        pk = in_one_trip(steps, placing.found(row))
    except Stopped as stop:
        raise _meaning(stop, row, wanted) from None
    if likely:  # what only the roster knows is read when somebody asks for it
        del row["in_building_id"], row["bring_to_door"]
    row |= {"id": pk, "placed_at": now, "accepted_until": until(batch, asked.channel)}
    names = [name for name in _COLUMNS if name in row]
    order = Order.from_db(None, names, [row[name] for name in names])
    return Placed(order, order_token(asked.submit_key), is_new=True)


def _meaning(stop: Stopped, row: dict[str, Any], wanted: Basket) -> Exception:
    """A refusal, if the home or the gate did not let it pass."""
    kind, *which = stop.name
    if kind == "home":
        return gate.over_limit(placing.home_moves(row, wanted), wanted.titles)
    if kind == "gate":
        shut = gate.GateShut(which[0])
        return gate.explain(shut, wanted.items, channel=row["channel"])
    return stop


def _placed_before(submit_key: str, body: str) -> Placed | None:
    """The order this form already became. Raises OtherBody for another content."""
    order = Order.objects.filter(submit_hash=tokens.stored(submit_key)).first()
    if order is None:
        return None
    if order.body_hash != body:
        raise OtherBody
    return Placed(order, order_token(submit_key), is_new=False)
