"""Ticking off the call list: somebody rang this home up about this batch."""

from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Household
from groupbuy.community.rules import may_look_after, require
from orders.models import Call


@transaction.atomic
def mark_called(
    batch: Batch, household: Household, *, by: Actor, now: datetime
) -> Call:
    """The first tick counts, with its hour; a second changes nothing."""
    _may_call(by, household)
    call, is_new = Call.objects.get_or_create(
        batch=batch, household=household, defaults={"at": now, "by": by.user}
    )
    if is_new:
        town_id = batch.group_buy.town_id
        log("mark_called", household, town_id=town_id, by=by, now=now, batch=batch.pk)
    return call


@transaction.atomic
def unmark_called(
    batch: Batch, household: Household, *, by: Actor, now: datetime
) -> None:
    """The tick was a mistake: the home is to be called after all."""
    _may_call(by, household)
    gone, _models = Call.objects.filter(batch=batch, household=household).delete()
    if gone:
        town_id = batch.group_buy.town_id
        log("unmark_called", household, town_id=town_id, by=by, now=now, batch=batch.pk)


def _may_call(by: Actor, household: Household) -> None:
    require(may_look_after(by, household.building.compound.committee_id))
