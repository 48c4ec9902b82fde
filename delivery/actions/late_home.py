"""Letting one late home of a head's chain in: before closing an order, after it a difference."""

from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from delivery.actions.correct_list import correct_list
from groupbuy.community.models import Actor
from groupbuy.shared import db
from orders.actions.let_in_late import let_in_chain_home
from orders.models import Chain, Order


@transaction.atomic
def let_home_in(
    chain: Chain, home_key: str, *, reason: str, by: Actor, now: datetime
) -> Order:
    """Town staff's. Raises SoldOut, or Refused when it has been let in before.

    An open day's row is not locked: closing takes the stock rows first.
    """
    batch = Batch.objects.get(pk=chain.batch_id)
    if batch.state == Batch.State.CLOSED:
        batch = db.locked(Batch.objects.filter(pk=batch.pk)).get()
    order = let_in_chain_home(chain, home_key, reason=reason, by=by, now=now)
    if batch.state == Batch.State.CLOSED:
        correct_list(batch, order, reason=reason, by=by, now=now)
    return order
