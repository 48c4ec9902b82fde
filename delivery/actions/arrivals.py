"""At the gate and up the stairs: arrived, a building done, a door reached."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.models import Arrival, Handover
from delivery.rules import may_deliver
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Compound, Gate
from groupbuy.community.rules import require
from groupbuy.shared import db
from groupbuy.shared.errors import Refused
from orders.models import Order
from orders.states import OrderState


@transaction.atomic
def mark_arrived(batch: Batch, gate: Gate, *, by: Actor, now: datetime) -> Arrival:
    """The goods stand at the gate; the first tap counts and keeps its time."""
    require(may_deliver(by, batch, gate.compound, now))
    check_built(batch)
    arrival, is_new = Arrival.objects.get_or_create(
        batch=batch, gate=gate, defaults={"at": now}
    )
    if is_new:
        town_id = batch.group_buy.town_id
        log("mark_arrived", arrival, town_id=town_id, by=by, now=now, gate=gate.pk)
    return arrival


@transaction.atomic
def building_done(
    batch: Batch, compound: Compound, building: str, *, by: Actor, now: datetime
) -> int:
    """Every standing order of the building is handed over; returns how many were new."""
    require(may_deliver(by, batch, compound, now))
    check_built(batch)
    here = batch.orders.filter(
        compound=compound, building=building, state=OrderState.STANDING
    )
    ids = [order.pk for order in db.locked(here.order_by("pk").only("pk"))]
    said_before = Handover.objects.filter(order__in=ids, at__lt=now)
    said_before.update(again_at=now)  # a tap too; its own moment stays, see road.py
    town_id = batch.group_buy.town_id
    count = _reached(here.filter(handover__isnull=True), by=by, now=now)
    log(
        "building_done",
        compound,
        town_id=town_id,
        by=by,
        now=now,
        batch=batch.pk,
        building=building,
        orders=count,
    )
    return count


@transaction.atomic
def hand_over(order: Order, *, by: Actor, now: datetime) -> int:
    """The home of ``order`` has its goods, all its orders of the day; returns how many are new.

    Raises Refused for an order that has ended.
    """
    require(may_deliver(by, order.batch, order.compound, now))
    check_built(order.batch)
    if order.state != OrderState.STANDING:
        raise Refused(_("This order has been taken off the list."), code="state")
    home = order.batch.orders.filter(home_key=order.home_key, state=OrderState.STANDING)
    said_before = Handover.objects.filter(order__in=home, at__lt=now)
    said_before.update(
        at=now, by_user=by.user
    )  # as settle_taps: the last tapping counts
    town_id = order.batch.group_buy.town_id
    count = _reached(home.filter(handover__isnull=True), by=by, now=now)
    log("hand_over", order, town_id=town_id, by=by, now=now, orders=count)
    return count


def _reached(waiting: QuerySet[Order], *, by: Actor, now: datetime) -> int:
    """Two volunteers tapping at once leave one row each order: the first one's."""
    rows = [Handover(order=one, at=now, by_user=by.user) for one in waiting.only("pk")]
    Handover.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def check_built(batch: Batch) -> None:
    if batch.state != Batch.State.CLOSED:
        raise Refused(_("This day is not closed yet."), code="not_closed")
