"""Forgetting: names, phones and notes go 30 days after delivery (PIPL, article 19)."""

from datetime import datetime, timedelta

from django.db.models import Q

from groupbuy.shared.clock import day_of
from orders.models import Order

KEPT_DAYS = 30


def erase_due(*, now: datetime) -> int:
    """Empty the personal fields of orders delivered more than 30 days ago; how many.

    What was bought, where to (the home) and what it came to stay as trade facts.
    """
    old = Order.objects.filter(
        ~Q(phone="", name="", note=""),
        batch__delivery_on__lt=day_of(now) - timedelta(days=KEPT_DAYS),
    )
    return old.update(phone="", name="", note="", name_in_feed=False)
