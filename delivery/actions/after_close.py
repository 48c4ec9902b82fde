"""The two things that staff may still do to a closed day; the paper follows at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.actions.correct_list import correct_list
from groupbuy.community.models import Actor
from groupbuy.shared import db
from groupbuy.shared.errors import Refused
from orders.actions.cancel_order import withdraw
from orders.actions.let_in_late import let_in_late
from orders.models import Order, Wish


@transaction.atomic
def void_after_close(order: Order, *, reason: str, by: Actor, now: datetime) -> Order:
    """Take a false order off a closed day. Raises Refused while the day is open."""
    batch = _closed(order.batch)
    order = withdraw(order, reason=reason, by=by, now=now)
    correct_list(batch, order, reason=reason, by=by, now=now)
    return order


@transaction.atomic
def add_after_close(
    batch: Batch, *, wish: Wish, reason: str, by: Actor, now: datetime
) -> Order:
    """Let one order into a closed day, within the quota that is left.

    Raises SoldOut, NoSuchHome or another Refused.
    """
    batch = _closed(batch)
    order = let_in_late(batch, wish=wish, reason=reason, by=by, now=now)
    correct_list(batch, order, reason=reason, by=by, now=now)
    return order


def _closed(batch: Batch) -> Batch:
    """The batch, its row locked before any order or stock row."""
    batch = db.locked(Batch.objects.filter(pk=batch.pk)).get()
    if batch.state != Batch.State.CLOSED:
        raise Refused(_("This day is not closed yet."), code="not_closed")
    return batch
