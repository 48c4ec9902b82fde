"""Whoever holds an access link: known by nothing else, and free to do what it opens."""

from dataclasses import dataclass

from delivery.models.road import AccessLink
from groupbuy.community.models import Actor


@dataclass(frozen=True)
class Holder(Actor):
    """A volunteer or a supplier. Rules look at the link anew: it may be dead by now."""

    link_id: int = 0


def holder(link: AccessLink) -> Holder:
    return Holder(link.kind, link_id=link.pk)
