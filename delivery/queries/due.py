"""What the clockwork still has to do; a row says so, never a message."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from catalog.models import Batch
from delivery.models import Paperwork
from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS


def batches_to_build() -> QuerySet[Batch]:
    """Closed batches without lists, the longest waiting first."""
    return Batch.objects.filter(
        state=Batch.State.CLOSED, paperwork__isnull=True
    ).order_by("closed_at", "id")


def paperwork_to_render(now: datetime) -> QuerySet[Paperwork]:
    """Built, not all on paper yet, the longest waiting first.

    Once a day's homes are forgotten its sheets are never made again.
    """
    forgotten = day_of(now) - timedelta(days=KEPT_DAYS)
    return Paperwork.objects.filter(
        rendered_at__isnull=True, batch__delivery_on__gte=forgotten
    ).order_by("built_at", "id")
