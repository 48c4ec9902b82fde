"""Closing the day: after this no stock row of the batch lets anything through."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import Batch, Stock
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM
from groupbuy.shared.db import locked

logger = logging.getLogger(__name__)

GRACE = timedelta(seconds=5)  # slow requests that arrived in time


@transaction.atomic
def close_batch(
    batch: Batch, *, now: datetime | None = None, due_at: datetime | None = None
) -> bool:
    """Shut the batch's stock rows and mark it; orders are not touched.

    ``now`` is the closing instant; without it the clock is read after the locks, so that no
    accepted order can be later. With ``due_at`` it closes only if it is still due then: the
    cutoff may have been moved meanwhile. False when nothing was closed (a doubled tick).
    """
    rows = locked(Stock.objects.filter(batch=batch).order_by("pk"))
    ids = [stock.pk for stock in rows]
    closed_at = now or timezone.now()  # noqa: TID251 - must be read after the locks
    mine = batches_to_close(now=due_at) if due_at else Batch.objects.all()
    closed = mine.filter(pk=batch.pk, state=Batch.State.OPEN).update(
        state=Batch.State.CLOSED, closed_at=closed_at
    )
    if not closed:
        return False
    Stock.objects.filter(pk__in=ids).update(is_open=False)
    batch.state, batch.closed_at = Batch.State.CLOSED, closed_at
    log("close_batch", batch, town_id=batch.group_buy.town_id, by=SYSTEM, now=closed_at)
    return True


def batches_to_close(*, now: datetime) -> QuerySet[Batch]:
    """Open batches whose last cutoff is five seconds past, the longest due first."""
    due = Batch.objects.filter(
        state=Batch.State.OPEN,
        until_link__lte=now - GRACE,
        until_heads__lte=now - GRACE,
    )
    return due.select_related("group_buy").order_by("until_heads", "pk")


def close_due(*, now: datetime, closed_at: datetime | None = None) -> list[int]:
    """Close every batch that is due, oldest first, however late; returns their ids.

    A batch that cannot be closed is logged by id and does not stop the others.
    """
    done = []
    for batch in batches_to_close(now=now):
        try:
            if close_batch(batch, now=closed_at, due_at=now):
                done.append(batch.pk)
        except Exception:
            logger.exception("batch %s could not be closed", batch.pk)
    return done
