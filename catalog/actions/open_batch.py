"""Opening the next day of a group buy: what is sold, copied and frozen."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from catalog.models import Batch, GroupBuy
from catalog.queries.completeness import offers_to_open
from catalog.queries.draft import stock_row
from catalog.queries.rhythm import cutoffs, next_delivery, next_delivery_after
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM
from groupbuy.shared import db

logger = logging.getLogger(__name__)


@transaction.atomic
def open_batch(group_buy: GroupBuy, *, now: datetime) -> Batch | None:
    """Open the next delivery day not opened yet, with one stock row per offer.

    None when nothing is due: not published, ended, one still open, no day left in the
    rhythm, or another process was faster. Offers that are not complete, whose supplier
    is suspended or whose papers do not last to the delivery day stay out.
    """
    day = _next_day(group_buy, now)
    if day is None or not group_buy.published_at or group_buy.ended_at:
        return None
    if Batch.objects.filter(group_buy=group_buy, state=Batch.State.OPEN).exists():
        return None
    until_link, until_heads = cutoffs(group_buy, day)
    batch_id = db.insert(
        Batch,
        {
            "group_buy_id": group_buy.pk,
            "delivery_on": day,
            "state": Batch.State.OPEN,
            "opens_at": now,
            "until_link": until_link,
            "until_heads": until_heads,
            "window_from": group_buy.window_from,
            "window_to": group_buy.window_to,
            "notice": "",
            "called_off_reason": "",
        },
    )
    if batch_id is None:
        return None
    batch = Batch.objects.select_related("group_buy").get(pk=batch_id)
    _copy_offers(batch)
    log("open_batch", batch, town_id=group_buy.town_id, by=SYSTEM, now=now)
    return batch


def _next_day(group_buy: GroupBuy, now: datetime) -> date | None:
    """The first day of the rhythm that can still be ordered for and has no batch yet."""
    day = next_delivery_after(group_buy, now)
    last = group_buy.batches.aggregate(last=Max("delivery_on"))["last"]
    if day and last and day <= last:
        day = next_delivery(group_buy, last)
    return day


def _copy_offers(batch: Batch) -> None:
    """Code, version, price, limit and quota, frozen from now on."""
    for offer in offers_to_open(batch.group_buy, on=batch.delivery_on):
        row = stock_row(offer)
        row.batch = batch
        row.save()


def open_due(*, now: datetime) -> list[int]:
    """Open what is due in every published group buy; one that fails does not stop others."""
    published = GroupBuy.objects.filter(
        published_at__isnull=False, ended_at__isnull=True
    ).exclude(batches__state=Batch.State.OPEN)
    opened = []
    for group_buy in published:
        try:
            batch = open_batch(group_buy, now=now)
        except Exception:
            logger.exception("group buy %s could not open its next day", group_buy.pk)
            continue
        if batch is not None:
            opened.append(batch.pk)
    return opened
