"""Calling off a whole day, or one package of it: every order concerned ends, with a reason.

Both first shut the gate in a transaction of their own. Then nothing can come in any more, and
the orders can be ended in the usual lock order (orders before stock) without a deadlock.
"""

import contextlib
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery

from catalog.models import Batch, Stock
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM, Actor
from groupbuy.community.rules import may_run_town, require
from groupbuy.shared.db import locked
from orders.actions.cancel_order import required
from orders.models import HomeUse, Order, OrderLine, TooLate
from orders.states import OrderState


def call_off_batch(batch: Batch, *, reason: str, by: Actor, now: datetime) -> Batch:
    """The day does not take place: all its standing orders are void. Raises TooLate."""
    require(may_run_town(by, batch.group_buy.town_id))
    _shut_day(batch, required(reason), by=by, now=now)
    end_orders(batch, now=now)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def _shut_day(batch: Batch, reason: str, *, by: Actor, now: datetime) -> None:
    ids = [row.pk for row in locked(Stock.objects.filter(batch=batch).order_by("pk"))]
    off = Batch.objects.filter(pk=batch.pk, state=Batch.State.OPEN).update(
        state=Batch.State.CALLED_OFF, called_off_reason=reason
    )
    if not off:
        raise TooLate
    Stock.objects.filter(pk__in=ids).update(is_open=False)
    town_id = batch.group_buy.town_id
    log("call_off_batch", batch, town_id=town_id, by=by, now=now, reason=reason)


@transaction.atomic
def end_orders(batch: Batch, *, now: datetime) -> int:
    """Void what still stands in a called-off batch; returns how many. Safe to repeat."""
    standing = Order.objects.filter(batch=batch, state=OrderState.STANDING)
    list(locked(standing.order_by("pk")).values_list("pk", flat=True))
    reason = Batch.objects.get(pk=batch.pk).called_off_reason
    ended = standing.update(state=OrderState.VOID, ended_at=now, ended_reason=reason)
    uses = HomeUse.objects.filter(stock__in=batch.stock.values("pk"))
    list(locked(uses.order_by("stock_id", "home_key")).values_list("pk", flat=True))
    uses.update(quantity=0)
    Stock.objects.filter(batch=batch).update(reserved_heads=0, reserved=0)
    return ended


def finish_called_off(*, now: datetime) -> list[int]:
    """Finish what a crash interrupted: what was called off and is still in standing orders.

    Returns the ids of the batches concerned.
    """
    left = Batch.objects.filter(
        state=Batch.State.CALLED_OFF, orders__state=OrderState.STANDING
    ).distinct()
    days = [batch.pk for batch in left if end_orders(batch, now=now)]
    offers = Stock.objects.filter(
        called_off_at__isnull=False, lines__order__state=OrderState.STANDING
    ).distinct()
    for stock in offers.select_related("batch__group_buy"):
        with contextlib.suppress(TooLate):
            _leave_or_keep(stock, now=now)
        days.append(stock.batch_id)
    return days


def call_off_offer(stock: Stock, *, reason: str, by: Actor, now: datetime) -> Stock:
    """One package cannot be supplied: it leaves every order; emptied orders are void.

    Raises TooLate after closing (then it is a shortage). Twice is once.
    """
    require(may_run_town(by, stock.batch.group_buy.town_id))
    _shut_offer(stock, required(reason), by=by, now=now)
    stock.refresh_from_db()
    _leave_or_keep(stock, now=now)
    stock.refresh_from_db()
    return stock


@transaction.atomic
def _shut_offer(stock: Stock, reason: str, *, by: Actor, now: datetime) -> None:
    running = Stock.objects.filter(pk=stock.pk, is_open=True)
    if not running.exists():
        raise TooLate
    if not running.filter(called_off_at__isnull=True).update(
        called_off_at=now, called_off_reason=reason
    ):
        return
    holding = OrderLine.objects.filter(stock=stock, order__state=OrderState.STANDING)
    town_id, count = stock.batch.group_buy.town_id, holding.count()
    log(
        "call_off_offer",
        stock,
        town_id=town_id,
        by=by,
        now=now,
        reason=reason,
        orders=count,
    )


def _leave_or_keep(stock: Stock, *, now: datetime) -> None:
    """Raises TooLate when the day closed meanwhile: its lists hold the package, so it stays."""
    try:
        _leave_orders(stock, stock.called_off_reason, now=now)
    except TooLate:
        _keep(stock, now=now)
        raise


@transaction.atomic
def _keep(stock: Stock, *, now: datetime) -> None:
    town_id = stock.batch.group_buy.town_id
    Stock.objects.filter(pk=stock.pk).update(called_off_at=None, called_off_reason="")
    log("keep_offer", stock, town_id=town_id, by=SYSTEM, now=now)


@transaction.atomic
def _leave_orders(stock: Stock, reason: str, *, now: datetime) -> None:
    here = OrderLine.objects.filter(stock=stock).values("order")
    standing = Order.objects.filter(state=OrderState.STANDING, pk__in=here)
    list(locked(standing.order_by("pk")).values_list("pk", flat=True))
    others = standing.annotate(kinds=Count("lines"))
    mixed = list(others.filter(kinds__gt=1).values_list("pk", flat=True))
    _drop_lines(stock, mixed)
    standing.update(state=OrderState.VOID, ended_at=now, ended_reason=reason)
    HomeUse.objects.filter(stock=stock).update(quantity=0)
    emptied = Stock.objects.filter(pk=stock.pk, is_open=True)
    if not emptied.update(reserved_heads=0, reserved=0):
        raise TooLate  # the day closed meanwhile, with these lines on its lists


def _drop_lines(stock: Stock, orders: list[int]) -> None:
    """Take the package out of orders that hold others too; 500 at a time."""
    for start in range(0, len(orders), 500):
        some = orders[start : start + 500]
        line = OrderLine.objects.filter(order=OuterRef("pk"), stock=stock)
        quantity = Subquery(line.values("quantity")[:1])
        Order.objects.filter(pk__in=some).update(
            total_cents=F("total_cents") - quantity * stock.price_cents,
            pieces=F("pieces") - quantity,
            revision=F("revision") + 1,
        )
        OrderLine.objects.filter(order__in=some, stock=stock).delete()
