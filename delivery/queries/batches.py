"""Batches as staff see them: the town's own, or those that come to one's own compounds."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Batch, ServedPlace
from delivery.models import PickupList, Sheet, SupplyOrder
from groupbuy.community.models import Compound, Membership, User
from groupbuy.community.queries.people import memberships_of
from groupbuy.community.queries.visible import compounds_of, towns_of
from orders.models import Order
from orders.states import OrderState


class Place(NamedTuple):
    """A compound by name: a town has hundreds, and a page needs no more of them."""

    pk: int
    name: str
    committee_id: int
    committee: str


def batches_of(user: User) -> QuerySet[Batch]:
    """All of the own town; for a committee those that serve its compounds, or have orders
    of theirs: looked up compound by compound, never among all orders there ever were."""
    whole = Q(group_buy__town__in=towns_of(user))
    batches = Batch.objects.select_related("group_buy__town", "paperwork")
    if not holds(user, Membership.Role.COMMITTEE_STAFF):
        return batches.filter(whole)
    served = ServedPlace.objects.filter(compound__in=compounds_of(user))
    ordered = Order.objects.filter(
        batch=OuterRef(OuterRef("pk")),
        compound=OuterRef("pk"),
        state=OrderState.STANDING,
    )
    return batches.filter(
        whole
        | Q(group_buy__in=served.values("group_buy"))
        | Exists(compounds_of(user).filter(Exists(ordered)))
    )


def orders_of(user: User) -> QuerySet[Order]:
    """Standing orders of the compounds this person looks after."""
    return Order.objects.filter(
        state=OrderState.STANDING, compound__in=compounds_of(user)
    )


def places_in(user: User, batch: Batch) -> list[Place]:
    """Compounds of the batch's town that this person looks after, committee by committee."""
    mine = compounds_of(user).filter(committee__town=batch.group_buy.town_id)
    by_committee = mine.order_by("committee__code", "committee", "name")
    names = by_committee.values_list("pk", "name", "committee", "committee__name")
    return [Place(*row) for row in names]


def orders_in(user: User, batch: Batch, places: Iterable[Place]) -> QuerySet[Order]:
    """Standing orders of one batch in this person's ``places``.

    Made for a whole day's orders: nothing is asked for each of them that can be asked once.
    All of a batch are of its town, so whoever runs that sees all; others by ids.
    """
    standing = Order.objects.filter(batch=batch, state=OrderState.STANDING)
    if runs(user, batch.group_buy.town_id):
        return standing
    return standing.filter(compound__in=[one.pk for one in places])


def runs(user: User, town_id: int) -> bool:
    """Whether this person is staff of the town itself."""
    return user.is_superuser or holds(user, Membership.Role.TOWN_STAFF, town_id)


def holds(user: User, role: str, town_id: int | None = None) -> bool:
    """Whether the role is held, in that town or in any."""
    return any(
        held.role == role and town_id in (None, held.town_id)
        for held in memberships_of(user)
    )


def lists_of(user: User) -> QuerySet[PickupList]:
    """Current pickup lists of the compounds this person looks after."""
    return PickupList.objects.filter(
        void_at__isnull=True, compound__in=compounds_of(user)
    ).select_related("compound__committee", "batch__group_buy__town")


def supply_of(user: User) -> QuerySet[SupplyOrder]:
    """Current supply orders: town staff's only, since a committee buys nothing."""
    return SupplyOrder.objects.filter(
        void_at__isnull=True, batch__group_buy__town__in=towns_of(user)
    ).select_related("supplier", "batch__group_buy__town")


def sheets_of(user: User) -> QuerySet[Sheet]:
    """Stored documents: a compound's for who looks after it, the rest for the town."""
    return Sheet.objects.filter(
        Q(compound__in=compounds_of(user))
        | Q(compound__isnull=True, batch__group_buy__town__in=towns_of(user))
    ).select_related("batch__group_buy", "compound", "supplier")


def compounds_served(user: User, batch: Batch) -> QuerySet[Compound]:
    """Compounds that this batch comes to and that this person looks after."""
    served = ServedPlace.objects.filter(group_buy=batch.group_buy_id)
    return compounds_of(user).filter(pk__in=served.values("compound"))
