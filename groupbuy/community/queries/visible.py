"""Every staff query starts from the person: what they may see, and nothing else exists."""

from django.db.models import Q, QuerySet

from groupbuy.community.models import (
    Building,
    Committee,
    Compound,
    Membership,
    Town,
    User,
)


def towns_of(user: User) -> QuerySet[Town]:
    """Towns in which ``user`` is town staff; a superuser sees all."""
    if user.is_superuser:
        return Town.objects.all()
    return Town.objects.filter(
        memberships__user=user,
        memberships__role=Membership.Role.TOWN_STAFF,
        memberships__is_active=True,
    ).distinct()


def committees_of(user: User) -> QuerySet[Committee]:
    """Committees whose homes ``user`` looks after: the own ones, or all of the own town."""
    own = Membership.objects.filter(
        user=user, role=Membership.Role.COMMITTEE_STAFF, is_active=True
    ).values("committee")
    return Committee.objects.filter(Q(town__in=towns_of(user)) | Q(pk__in=own))


def compounds_of(user: User) -> QuerySet[Compound]:
    return Compound.objects.filter(committee__in=committees_of(user))


def buildings_of(user: User) -> QuerySet[Building]:
    """Buildings of the committees that ``user`` looks after."""
    return Building.objects.filter(compound__committee__in=committees_of(user))


def buildings_headed_by(user: User) -> QuerySet[Building]:
    """Buildings whose head ``user`` is."""
    own = Membership.objects.filter(
        user=user, role=Membership.Role.HEAD, is_active=True
    )
    return Building.objects.filter(pk__in=own.values("building"))
