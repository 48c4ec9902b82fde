"""Changing an order before its cutoff: other quantities, another home, other words."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.db import locked
from orders.actions import gate
from orders.actions.basket import Basket, basket, check_in_time, deadline, words
from orders.models import Order, OrderLine, TooLate, Wish
from orders.queries.homes import Home, find_home
from orders.rules import may_move_to, may_touch
from orders.states import OrderState


def change_order(order: Order, *, wish: Wish, by: Actor, now: datetime) -> Order:
    """Make the order what the wish says, all of it or nothing.

    Raises TooLate, SoldOut, OverLimit, NoSuchHome or another Refused. Passes the gate for
    old and new rows alike, so even a changed room cannot slip in after closing.
    """
    require(may_touch(by, order))
    batch = order.batch
    check_in_time(batch, deadline(order, by), now=now)
    home = find_home(
        batch.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
    )
    require(may_move_to(by, home))
    wanted = basket(batch, wish)
    try:
        return _write(order, home, wanted, wish, by=by, now=now)
    except _Shut as shut:
        raise gate.explain(shut.gate, shut.deltas, channel=order.channel) from None


class _Shut(Exception):  # noqa: N818 - never leaves this file
    def __init__(self, shut: gate.GateShut, deltas: Mapping[int, int]) -> None:
        super().__init__(shut)
        self.gate, self.deltas = shut, deltas


@transaction.atomic
def _write(
    order: Order, home: Home, wanted: Basket, wish: Wish, *, by: Actor, now: datetime
) -> Order:
    order = locked(Order.objects.filter(pk=order.pk)).get()
    if order.state != OrderState.STANDING:
        raise TooLate
    old = {line.stock_id: line.quantity for line in order.lines.all()}
    deltas = {pk: wanted.items.get(pk, 0) - old.get(pk, 0) for pk in old | wanted.items}
    gate.take_home_use(_home_moves(order, home, old, wanted), wanted.titles)
    try:
        gate.pass_gate(deltas, channel=order.channel)
    except gate.GateShut as shut:
        raise _Shut(shut, deltas) from None
    _rewrite_lines(order, wanted)
    _rewrite(order, home, wanted, wish)
    changes = {str(pk): delta for pk, delta in deltas.items() if delta}
    town_id = order.batch.group_buy.town_id
    log("change_order", order, town_id=town_id, by=by, now=now, deltas=changes)
    return order


def _home_moves(
    order: Order, home: Home, old: Mapping[int, int], wanted: Basket
) -> list[gate.HomeMove]:
    """What each home's use changes by; a move to another home is a giving back and a taking."""
    moves: dict[tuple[int, str], int] = {}
    for pk, quantity in old.items():
        moves[pk, order.home_key] = -quantity
    for pk, quantity in wanted.items.items():
        moves[pk, home.key] = moves.get((pk, home.key), 0) + quantity
    return [
        gate.HomeMove(pk, key, delta, wanted.shelf[pk].limit if delta > 0 else 0)
        for (pk, key), delta in moves.items()
    ]


def _rewrite_lines(order: Order, wanted: Basket) -> None:
    order.lines.exclude(stock__in=wanted.items).delete()
    OrderLine.objects.bulk_create(
        [
            OrderLine(order=order, stock_id=pk, quantity=q)
            for pk, q in wanted.items.items()
        ],
        update_conflicts=True,
        unique_fields=["order", "stock"],
        update_fields=["quantity"],
    )


def _rewrite(order: Order, home: Home, wanted: Basket, wish: Wish) -> None:
    order.compound, order.in_building = home.compound, home.in_building
    order.building, order.unit, order.room = home.building, home.unit, home.room
    order.building_sort, order.room_sort = home.sorts
    order.home_key = home.key
    order.bring_to_door = home.bring_to_door or wish.bring_to_door
    for field, text in words(wish).items():
        setattr(order, field, text)
    order.total_cents, order.pieces = wanted.total_cents, wanted.pieces
    order.revision += 1
    order.save()
