"""Batches as staff see them: the town's own, or those that come to one's own compounds."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Batch, ServedPlace
from delivery.models import PickupList, Sheet, SupplyOrder
from groupbuy.community.models import Compound, User
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
    served = ServedPlace.objects.filter(compound__in=compounds_of(user))
    ordered = Order.objects.filter(
        batch=OuterRef(OuterRef("pk")),
        compound=OuterRef("pk"),
        state=OrderState.STANDING,
    )
    return Batch.objects.filter(
        Q(group_buy__town__in=towns_of(user))
        | Q(group_buy__in=served.values("group_buy"))
        | Exists(compounds_of(user).filter(Exists(ordered)))
    ).select_related("group_buy__town", "paperwork")


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


def orders_in(batch: Batch, places: Iterable[Place]) -> QuerySet[Order]:
    """Standing orders of one batch and these compounds, by their ids: for a whole day's
    orders, asking once more for each who may see it costs more than adding it up."""
    return Order.objects.filter(
        batch=batch, state=OrderState.STANDING, compound__in=[one.pk for one in places]
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
