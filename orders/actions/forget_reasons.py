"""Forgetting why: what staff wrote about a late or a void order may hold personal words."""

from datetime import datetime, timedelta

from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS
from orders.models import Order

FORGOTTEN = "—"  # that there was a reason for being late stays


def forget_reasons(*, now: datetime) -> int:
    """Erase reasons 30 days after delivery, as names are; returns how many."""
    before = day_of(now) - timedelta(days=KEPT_DAYS)
    old = Order.objects.filter(batch__delivery_on__lt=before)
    late = old.exclude(late_reason__in=["", FORGOTTEN]).update(late_reason=FORGOTTEN)
    return late + old.exclude(ended_reason="").update(ended_reason="")
