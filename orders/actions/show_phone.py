"""One household's number, shown to one person, written down."""

from datetime import datetime

from django.db import transaction

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from orders.models import Order
from orders.rules import may_correct


@transaction.atomic
def show_phone(order: Order, *, by: Actor, now: datetime) -> str:
    """The order's phone for who looks after the home; "" once it was erased.

    Every look is a line in the log: who, when, which order, never the number.
    """
    require(may_correct(by, order))
    town_id = order.batch.group_buy.town_id
    log("show_phone", order, town_id=town_id, by=by, now=now, homes=1)
    return order.phone
