"""Placing an order: the hottest path of the whole product, kept to a handful of statements.

Cost on PostgreSQL: a few reads, then one transaction of 4 + n statements for n packages.
Nothing here needs a queue, a cache or a session.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.models import Batch
from groupbuy.community.actions.log import log_id
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared import tokens
from orders.actions import gate
from orders.actions.basket import Basket, basket, body_hash, check_in_time, until
from orders.actions.writing import insert_order, order_row, order_token, take
from orders.models import Order, OtherBody, Wish
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
    if placed := _placed_before(submit_key, body):
        return placed
    check_in_time(batch, until(batch, channel), now=now)
    wanted = basket(batch, wish)
    row = order_row(batch, wish, home, wanted) | {
        "channel": channel,
        "placed_at": now,
        "accepted_until": until(batch, channel),
        "entered_by_id": by.user.pk if by.user else None,
    }
    town_id = batch.group_buy.town_id
    try:
        return _write(row, wanted, submit_key, body, town_id=town_id, by=by)
    except gate.GateShut as shut:
        refusal = gate.explain(shut, wanted.items, channel=channel)
        raise refusal from None


def _placed_before(submit_key: str, body: str) -> Placed | None:
    """The order this form already became. Raises OtherBody for another content."""
    order = Order.objects.filter(submit_hash=tokens.stored(submit_key)).first()
    if order is None:
        return None
    if order.body_hash != body:
        raise OtherBody
    return Placed(order, order_token(submit_key), is_new=False)


def _twin(submit_key: str, body: str) -> Placed:
    twin = _placed_before(submit_key, body)
    if twin is None:
        raise RuntimeError("the twin of this order is gone")
    return twin


@transaction.atomic
def _write(
    row: dict[str, Any],
    wanted: Basket,
    submit_key: str,
    body: str,
    *,
    town_id: int,
    by: Actor,
) -> Placed:
    order = insert_order(row, submit_key, body)
    if order is None:  # the same form, twice at once
        return _twin(submit_key, body)
    take(order, wanted)
    gate.pass_gate(wanted.items, channel=order.channel)
    log_id(
        "place_order",
        "order",
        order.pk,
        town_id=town_id,
        by=by,
        now=order.placed_at,
        total=order.total_cents,
    )
    return Placed(order, order_token(submit_key), is_new=True)
