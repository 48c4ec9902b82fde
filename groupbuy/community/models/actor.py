"""Who acts: a signed-in person, or a role that holds a link."""

from dataclasses import dataclass

from groupbuy.community.models.people import User


@dataclass(frozen=True)
class Actor:
    """``role`` is the word the log keeps; ``user`` only where somebody signed in."""

    role: str
    user: User | None = None

    @property
    def is_system(self) -> bool:
        return self.role == "system"


RESIDENT = Actor("resident")
VOLUNTEER = Actor("volunteer")
SUPPLIER = Actor("supplier")
SYSTEM = Actor("system")


def staff(user: User) -> Actor:
    return Actor("staff", user)
