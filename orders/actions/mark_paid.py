"""Cash taken by the committee or at the door."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.errors import Refused
from orders.models import Order
from orders.rules import may_take_money


@transaction.atomic
def mark_paid(order: Order, *, by: Actor, now: datetime) -> Order:
    """The whole sum is paid. For an order that has ended: what was paid was given back.

    Raises Refused when there is nothing to settle.
    """
    require(may_take_money(by, order))
    order.refresh_from_db()
    due = order.due_cents
    settled = Order.objects.filter(
        pk=order.pk, total_cents=order.total_cents, paid_cents=order.paid_cents
    ).exclude(paid_cents=order.paid_cents + due)
    if not settled.update(paid_cents=F("paid_cents") + due, paid_at=now):
        raise Refused(_("There is nothing left to pay."), code="state")
    order.refresh_from_db()
    town_id = order.batch.group_buy.town_id
    log("mark_paid", order, town_id=town_id, by=by, now=now, cents=due)
    return order
