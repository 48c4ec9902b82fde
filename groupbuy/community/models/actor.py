"""Who acts: a signed-in person, or a role that holds a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from groupbuy.community.models.people import User


@dataclass(frozen=True)
class Actor:
    """``role`` is the word the log keeps; ``user`` only where somebody signed in.

    A head acts for ``buildings`` (ids) only; ``head_link_id`` is the link they came by, and
    the log keeps it beside every act. ``proved_at`` is when somebody signed in last showed
    who they are: the password and, where a phone is enrolled, its code.
    """

    role: str
    user: User | None = None
    buildings: frozenset[int] = frozenset()
    head_link_id: int | None = None
    proved_at: datetime | None = None

    @property
    def is_system(self) -> bool:
        return self.role == "system"

    @property
    def is_head(self) -> bool:
        return self.role == "head"


RESIDENT = Actor("resident")
SYSTEM = Actor("system")


def staff(user: User, *, proved_at: datetime | None = None) -> Actor:
    return Actor("staff", user, proved_at=proved_at)


def head(
    buildings: Iterable[int], user: User | None = None, *, link_id: int | None = None
) -> Actor:
    """A building head, by account (``user``) or by a signed link (``link_id``)."""
    return Actor("head", user, frozenset(buildings), link_id)
