"""Who may touch a batch's paper: its town, its committees, and who holds a live link."""

from datetime import datetime

from django.db.models import QuerySet

from catalog.models import Batch
from delivery.models import AccessLink, Handoff, Holder, Release, Sheet
from groupbuy.community.models import Actor, Compound
from groupbuy.community.rules import may_look_after, may_run_town


def may_run_batch(by: Actor, batch: Batch) -> bool:
    return may_run_town(by, batch.group_buy.town_id)


def may_run_link(by: Actor, link: AccessLink) -> bool:
    """The town; a volunteers' link also by the committee that it was made for."""
    if link.compound is None:
        return may_run_batch(by, link.batch)
    return may_look_after(by, link.compound.committee_id)


def may_deliver(by: Actor, batch: Batch, compound: Compound, now: datetime) -> bool:
    """The committee, or who holds the compound's own link of that day."""
    if isinstance(by, Holder):
        return _open(by, now).filter(batch=batch, compound=compound).exists()
    return may_look_after(by, compound.committee_id)


def may_fetch(by: Actor, sheet: Sheet, now: datetime) -> bool:
    """One compound's for whom it is delivered by; a whole day's for the town."""
    if sheet.compound is None:
        return may_run_batch(by, sheet.batch)
    return may_deliver(by, sheet.batch, sheet.compound, now)


def may_confirm(by: Actor, release: Release) -> bool:
    """Anybody who runs the town but whoever asked: a town of two people can do it.

    No superuser: they make accounts, so the second hand would be their own. A new account may:
    on a town's first day all are new, and who makes accounts can give one any age.
    """
    person = by.user
    if person is None or person.is_superuser or person.pk == release.asked_by_id:
        return False
    return may_run_batch(by, release.sheet.batch)


def may_acknowledge(by: Actor, handoff: Handoff, now: datetime) -> bool:
    """That very supplier by its link of that day; or the town, told by telephone."""
    if isinstance(by, Holder):
        own = _open(by, now).filter(batch=handoff.batch_id)
        return own.filter(supplier=handoff.supplier_id).exists()
    return may_run_batch(by, handoff.batch)


def _open(by: Holder, now: datetime) -> QuerySet[AccessLink]:
    """The holder's link, if it still opens anything."""
    return AccessLink.objects.filter(
        pk=by.link_id, revoked_at__isnull=True, expires_at__gt=now
    )
