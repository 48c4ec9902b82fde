"""Staff, a head or a volunteer has a list of homes of one day before them."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from catalog.models import Batch
from groupbuy.community.actions.note_opening import note_opening
from groupbuy.community.models import Actor
from orders.actions.erase import kept_until
from orders.models import Order


def open_list(
    page: str, batch: Batch, *, homes: int, by: Actor, now: datetime, **where: Any
) -> None:
    """Write down that ``page`` (its address's name) showed so many homes; none, no line.

    ``where`` is ``compound_id``, ``part`` and, for a volunteer, ``link``.
    """
    if homes:
        note_opening(
            page,
            town_id=batch.group_buy.town_id,
            batch_id=batch.pk,
            homes=homes,
            by=by,
            now=now,
            until=kept_until(batch),
            **where,
        )


def open_found(orders: Iterable[Order], *, by: Actor, now: datetime) -> None:
    """What a search found, day by day."""
    shown = {(order.batch, order.compound_id, order.home_key) for order in orders}
    for batch, homes in Counter(batch for batch, *_home in shown).items():
        open_list("find-order", batch, homes=homes, by=by, now=now)
