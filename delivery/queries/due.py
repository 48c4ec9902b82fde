"""What the clockwork still has to do; a row says so, never a message."""

from django.db.models import QuerySet

from catalog.models import Batch
from delivery.models import Paperwork


def batches_to_build() -> QuerySet[Batch]:
    """Closed batches without lists, the longest waiting first."""
    return Batch.objects.filter(
        state=Batch.State.CLOSED, paperwork__isnull=True
    ).order_by("closed_at", "id")


def paperwork_to_render() -> QuerySet[Paperwork]:
    """Built, not all on paper yet, the longest waiting first."""
    return Paperwork.objects.filter(rendered_at__isnull=True).order_by("built_at", "id")
