"""Who a signed-in person is: the roles held, the places they hold for."""

from django.contrib.auth.models import AnonymousUser
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from groupbuy.community.models import Membership, User


def memberships_of(user: User | AnonymousUser) -> list[Membership]:
    """The active roles of ``user`` with their places; asked once per person object.

    A page's navigation, its heading and its permission all need them.
    """
    if not isinstance(user, User):
        return []
    if not hasattr(user, "_active_memberships"):
        user._active_memberships = list(  # type: ignore[attr-defined]  # noqa: SLF001 - our own note on the object
            user.memberships.filter(is_active=True)
            .select_related("town", "committee")
            .order_by("id")
        )
    return list(user._active_memberships)  # type: ignore[attr-defined]  # noqa: SLF001


def runs_a_town(user: User | AnonymousUser) -> bool:
    """Town staff of any town, or a superuser."""
    return bool(user.is_superuser) or any(
        m.role == Membership.Role.TOWN_STAFF for m in memberships_of(user)
    )


def looks_after_homes(user: User | AnonymousUser) -> bool:
    """Town staff or committee staff: may open staff pages at all."""
    return runs_a_town(user) or any(
        m.role == Membership.Role.COMMITTEE_STAFF for m in memberships_of(user)
    )


def has_phone(user: User) -> bool:
    """Whether a phone is enrolled as this person's second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def heads_a_building(user: User | AnonymousUser) -> bool:
    return any(m.role == Membership.Role.HEAD for m in memberships_of(user))


def place_name(user: User | AnonymousUser) -> str:
    """The town or committee this person works for; "" where there are several or none."""
    held = memberships_of(user)
    names = {str(m.committee or m.town) for m in held}
    return names.pop() if len(names) == 1 else ""
