"""One compound's orders of one batch as its committee works them: by building, paid or due."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When

from catalog.models import Batch, ServedPlace
from groupbuy.community.models import Compound, User
from groupbuy.community.queries.visible import compounds_of
from orders.models import Order
from orders.queries.orders import with_same_home
from orders.states import OrderState


@dataclass(frozen=True)
class Money:
    """Standing orders only; cents."""

    orders: int
    due_cents: int
    paid_cents: int

    @property
    def total_cents(self) -> int:
        return self.due_cents + self.paid_cents


@dataclass(frozen=True)
class BuildingOrders:
    name: str
    orders: list[Order]
    money: Money
    packages: int


def compounds_with_committee(user: User) -> QuerySet[Compound]:
    return (
        compounds_of(user)
        .select_related("committee__town")
        .order_by("committee__code", "name")
    )


def compound_batches(compound: Compound) -> list[Batch]:
    """What the committee has in hand: every open batch, and each group buy's last closed one.

    Only group buys that serve the compound; open ones first.
    """
    served = ServedPlace.objects.filter(compound=compound).values("group_buy")
    serving = Batch.objects.filter(group_buy__in=served)
    batches = (
        serving.exclude(state=Batch.State.CALLED_OFF)
        .select_related("group_buy__town")
        .annotate(rank=_open_first())
        .order_by("rank", "-delivery_on", "-id")
    )
    return _open_and_last_closed(batches[:40])


def _open_first() -> Case:
    is_open = When(state=Batch.State.OPEN, then=Value(0))
    return Case(is_open, default=Value(1), output_field=IntegerField())


def _open_and_last_closed(batches: Iterable[Batch]) -> list[Batch]:
    kept: list[Batch] = []
    seen: set[int] = set()
    for batch in batches:
        if batch.state == Batch.State.OPEN:
            kept.append(batch)
        elif batch.group_buy_id not in seen:
            seen.add(batch.group_buy_id)
            kept.append(batch)
    return kept


def compound_orders(batch: Batch, compound: Compound) -> QuerySet[Order]:
    """Standing orders, building by building and room by room as people count."""
    standing = batch.orders.filter(compound=compound, state=OrderState.STANDING)
    return (
        with_same_home(standing)
        .prefetch_related("lines__stock")
        .order_by("building_sort", "room_sort", "id")
    )


def by_building(orders: Iterable[Order]) -> list[BuildingOrders]:
    """``orders`` must come sorted by building, as ``compound_orders`` gives them."""
    return [
        _building(name, list(of_one))
        for name, of_one in groupby(orders, key=lambda order: order.building)
    ]


def _building(name: str, orders: list[Order]) -> BuildingOrders:
    return BuildingOrders(
        name=name,
        orders=orders,
        money=Money(
            orders=len(orders),
            due_cents=sum(order.due_cents for order in orders),
            paid_cents=sum(order.paid_cents for order in orders),
        ),
        packages=sum(line.quantity for o in orders for line in o.lines.all()),
    )


def to_give_back(batch: Batch, compound: Compound) -> list[Order]:
    """Orders that were paid for and no longer stand: their money is to be given back."""
    ended = batch.orders.filter(compound=compound, paid_cents__gt=0)
    return list(
        ended.exclude(state=OrderState.STANDING).order_by("building_sort", "room_sort")
    )


def compound_money(batch: Batch, compound: Compound) -> Money:
    """The sums under the table, for one compound."""
    return money_of(batch.orders.filter(compound=compound))


def money_of(orders: QuerySet[Order]) -> Money:
    found = orders.filter(state=OrderState.STANDING).aggregate(
        orders=Count("pk"), total=Sum("total_cents"), paid=Sum("paid_cents")
    )
    paid = found["paid"] or 0
    return Money(
        orders=found["orders"],
        due_cents=(found["total"] or 0) - paid,
        paid_cents=paid,
    )


@dataclass(frozen=True)
class CompoundRow:
    """One line of the overview: a compound of the person's, with the day's open orders."""

    compound: Compound
    orders: int
    due_cents: int


def overview(user: User) -> list[CompoundRow]:
    """The person's compounds with what is ordered and due in the open batches: two queries.

    Orders are found by the open batches: a town's compounds have those of years.
    """
    rows = list(compounds_with_committee(user))
    running = Order.objects.filter(
        batch__state=Batch.State.OPEN,
        compound__in=[row.pk for row in rows],
        state=OrderState.STANDING,
    )
    due = Sum(F("total_cents") - F("paid_cents"))
    found = running.order_by().values_list("compound").annotate(n=Count("*"), due=due)
    sums = {pk: (orders, cents) for pk, orders, cents in found}
    return [CompoundRow(row, *sums.get(row.pk, (0, 0))) for row in rows]
