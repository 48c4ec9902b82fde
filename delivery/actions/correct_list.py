"""Correcting paper after closing: a whole new version, or numbered differences once printed."""

from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from delivery.actions.access import make_links
from delivery.actions.differences import write_differences
from delivery.actions.supply_versions import renew_supply
from delivery.actions.versions import void_version, write_version
from delivery.models import Paperwork
from delivery.queries.sheets import count_stored, wanted
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_look_after, require
from groupbuy.shared import db
from orders.models import Order


@transaction.atomic
def correct_list(
    batch: Batch, order: Order, *, reason: str, by: Actor, now: datetime
) -> Paperwork | None:
    """Bring the paper in line with ``order`` as it stands now; None while nothing is built.

    Called in the transaction that withdrew the order or let it in, whose log has the
    reason. Doing it twice changes nothing: a difference is what the order says minus what
    the paper says.
    """
    require(may_look_after(by, order.compound.committee_id))
    batch = db.locked(Batch.objects.filter(pk=batch.pk)).get()
    paperwork = Paperwork.objects.filter(batch=batch).first()
    if paperwork is None:
        return None
    version = paperwork.version + 1
    if batch.pickup_lists.filter(printed_at__isnull=False).exists():
        suppliers = write_differences(batch, order, reason=reason, by=by, now=now)
        renew_supply(batch, suppliers, version=version, now=now)
    else:
        void_version(batch, now)
        write_version(batch, version, now)
    make_links(batch)
    town_id = batch.group_buy.town_id
    log("correct_list", order, town_id=town_id, by=by, now=now)
    return _to_render(paperwork, version, now)


def _to_render(paperwork: Paperwork, version: int, now: datetime) -> Paperwork:
    """The tick renders what is new; what did not change keeps its sheet."""
    paperwork.version, paperwork.built_at = version, now
    paperwork.rendered_at, paperwork.problem = None, ""
    paperwork.sheets_total = len(wanted(paperwork.batch, version))
    paperwork.sheets_done = count_stored(paperwork.batch, version)
    paperwork.save()
    return paperwork
