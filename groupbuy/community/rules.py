"""Who may: asked by every verb that a person can call."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from groupbuy.community.models import Actor
from groupbuy.community.queries.visible import committees_of, towns_of
from groupbuy.shared.errors import NotAllowed, Refused

PROOF_HOLDS = timedelta(minutes=15)


def require(allowed: bool) -> None:
    """Raises NotAllowed unless ``allowed``."""
    if not allowed:
        raise NotAllowed


def has_proved(by: Actor, now: datetime) -> bool:
    """Whether whoever is signed in has shown who they are in the last quarter of an hour.

    Who came by a link or a machine's key has no password: the key is their proof, opens one
    compound or one scope, and dies.
    """
    if by.user is None:
        return True
    return (
        by.proved_at is not None and by.proved_at <= now <= by.proved_at + PROOF_HOLDS
    )


def require_proof(by: Actor, now: datetime) -> None:
    """Before personal data leaves (ASVS 7.5.3). Raises Refused with code "proof"."""
    if not has_proved(by, now):
        sentence = _("This holds residents' homes. Please type your password again.")
        raise Refused(sentence, code="proof")


def may_run_town(by: Actor, town_id: int) -> bool:
    """Town staff of this town, or the town's own clockwork."""
    if by.is_system:
        return True
    return by.user is not None and towns_of(by.user).filter(pk=town_id).exists()


def may_look_after(by: Actor, committee_id: int) -> bool:
    """Staff of this committee, or of its town."""
    if by.is_system:
        return True
    return by.user is not None and (
        committees_of(by.user).filter(pk=committee_id).exists()
    )


def may_head(by: Actor, building_id: int | None, committee_id: int) -> bool:
    """A head of this building, or who looks after its committee."""
    return building_id in by.buildings or may_look_after(by, committee_id)
