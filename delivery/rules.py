"""Who may touch a batch's paper: its town, its committees, and who holds a live link."""

from datetime import datetime

from catalog.models import Batch
from delivery.models import AccessLink
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
    """The committee, or a volunteer: their door has checked the token, this one its life."""
    if by.role == "volunteer":
        return AccessLink.objects.filter(
            kind=AccessLink.Kind.VOLUNTEER,
            batch=batch,
            compound=compound,
            revoked_at__isnull=True,
            expires_at__gt=now,
        ).exists()
    return may_look_after(by, compound.committee_id)
