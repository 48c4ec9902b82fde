"""One home's number, for the one volunteer who stands before its closed door."""

from datetime import datetime

from django.db import transaction

from delivery.rules import may_deliver
from groupbuy.community.actions.disclose import disclose
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from orders.actions.erase import kept_until
from orders.models import Order


@transaction.atomic
def reveal_phone(order: Order, *, by: Actor, now: datetime) -> str:
    """The phone given with one order; "" when there is none. Every look is logged."""
    require(may_deliver(by, order.batch, order.compound, now))
    town_id = order.batch.group_buy.town_id
    disclose(
        "reveal_phone",
        order,
        town_id=town_id,
        by=by,
        now=now,
        homes=1,
        until=kept_until(order.batch),
        batch=order.batch_id,
        compound=order.compound_id,
    )
    return order.phone
