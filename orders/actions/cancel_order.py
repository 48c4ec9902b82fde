"""Ending an order: the owner cancels, staff voids, and each gives back exactly once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.errors import Refused
from orders.actions import gate
from orders.actions.basket import check_in_time, deadline
from orders.models import Order, TooLate
from orders.rules import may_correct, may_touch
from orders.states import ORDER_FLOW, OrderState


@transaction.atomic
def cancel_order(order: Order, *, by: Actor, now: datetime) -> Order:
    """The home gives its order back, until its channel's cutoff. Raises TooLate."""
    require(may_touch(by, order))
    check_in_time(order.batch, deadline(order, by), now=now)
    back = _end(order, OrderState.CANCELLED, reason="", now=now)
    _give_back_open(order, back)
    order.state, order.ended_at = OrderState.CANCELLED, now
    _tell("cancel_order", order, by=by, now=now)
    return order


@transaction.atomic
def void_order(order: Order, *, reason: str, by: Actor, now: datetime) -> Order:
    """Staff ends a false or double order before closing, with a reason.

    Raises TooLate after closing (then it is a correction of the lists).
    """
    require(may_correct(by, order))
    back = _end(order, OrderState.VOID, reason=required(reason), now=now)
    _give_back_open(order, back)
    order.state, order.ended_at, order.ended_reason = OrderState.VOID, now, reason
    _tell("void_order", order, by=by, now=now)
    return order


@transaction.atomic
def withdraw(order: Order, *, reason: str, by: Actor, now: datetime) -> Order:
    """Void an order of a closed batch; the caller corrects the paper in the same breath."""
    require(may_correct(by, order))
    back = _end(order, OrderState.VOID, reason=required(reason), now=now)
    try:
        gate.pass_side_door(back, channel=order.channel)
    except gate.GateShut:
        raise Refused(_("This day is still open."), code="state") from None
    order.state, order.ended_at, order.ended_reason = OrderState.VOID, now, reason
    _tell("withdraw", order, by=by, now=now)
    return order


def required(reason: str) -> str:
    """Raises Refused beside ``reason`` when it is empty or too long."""
    said = reason.strip()
    if not said or len(said) > 200:
        raise Refused(
            _("Please give a reason, in up to 200 characters."),
            field="reason",
            code="reason",
        )
    return said


def _end(order: Order, state: str, *, reason: str, now: datetime) -> dict[int, int]:
    """One conditional change of state; returns what goes back, by stock id, below zero.

    What the order holds is read under its row's lock, never from the door's copy: a change
    may have come in between.
    """
    ORDER_FLOW.check(order.state, state)
    ended = Order.objects.filter(pk=order.pk, state=OrderState.STANDING).update(
        state=state, ended_at=now, ended_reason=reason
    )
    held = Order.objects.get(pk=order.pk)
    if not ended:
        ORDER_FLOW.check(held.state, state)
    back = {line.stock_id: -line.quantity for line in held.lines.all()}
    gate.take_home_use(
        [gate.HomeMove(pk, held.home_key, delta, 0) for pk, delta in back.items()], {}
    )
    return back


def _give_back_open(order: Order, back: dict[int, int]) -> None:
    try:
        gate.pass_gate(back, channel=order.channel)
    except gate.GateShut:
        raise TooLate from None


def _tell(verb: str, order: Order, *, by: Actor, now: datetime) -> None:
    """The reason stands in the order alone, to be forgotten: the log never forgets."""
    town_id = order.batch.group_buy.town_id
    log(verb, order, town_id=town_id, by=by, now=now, total=order.total_cents)
