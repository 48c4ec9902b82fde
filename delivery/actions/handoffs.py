"""交接: the supply order was sent, and the supplier says that it has it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from delivery.models import Handoff
from delivery.rules import may_acknowledge, may_run_batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared.errors import Refused


@transaction.atomic
def send_handoff(handoff: Handoff, *, by: Actor, now: datetime) -> Handoff:
    """Staff has sent the link or the file; the first time counts."""
    require(may_run_batch(by, handoff.batch))
    _check_current(handoff)
    if Handoff.objects.filter(pk=handoff.pk, sent_at__isnull=True).update(sent_at=now):
        town_id = handoff.batch.group_buy.town_id
        log("send_handoff", handoff, town_id=town_id, by=by, now=now)
    handoff.refresh_from_db()
    return handoff


@transaction.atomic
def acknowledge(handoff: Handoff, *, by: Actor, now: datetime) -> Handoff:
    """The supplier says by its link, or tells the town: received; so it was also sent.

    The first time counts. Raises Refused for a version that was replaced.
    """
    require(may_acknowledge(by, handoff, now))
    _check_current(handoff)
    waiting = Handoff.objects.filter(pk=handoff.pk)
    waiting.filter(sent_at__isnull=True).update(sent_at=now)
    if waiting.filter(acknowledged_at__isnull=True).update(acknowledged_at=now):
        town_id = handoff.batch.group_buy.town_id
        log("acknowledge", handoff, town_id=town_id, by=by, now=now)
    handoff.refresh_from_db()
    return handoff


def _check_current(handoff: Handoff) -> None:
    """A replaced version must not be confirmed by a page that stood open."""
    current = handoff.batch.supply_orders.filter(
        supplier=handoff.supplier_id, version=handoff.version, void_at__isnull=True
    )
    if not current.exists():
        raise Refused(
            _("The supply order has changed. Please look at the new one."), code="void"
        )
