"""The days of one building: what is open, what was handed in, what comes, the next round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from catalog.models import Batch, GroupBuy
from catalog.queries.rhythm import cutoffs, next_delivery, next_delivery_after, round_of
from groupbuy.community.models import Building
from groupbuy.shared.clock import day_of
from orders.models import Order
from orders.states import BY_HEADS, OrderState


@dataclass(frozen=True)
class Round:
    """One day by the rhythm: 第n轮, until when the heads order, when it comes."""

    number: int
    until_heads: datetime
    delivery_on: date


@dataclass(frozen=True)
class Day:
    """One batch as this building sees it. ``orders`` are all that stand, room by room."""

    batch: Batch
    orders: list[Order]
    now: datetime

    @property
    def number(self) -> int:
        return round_of(self.batch.group_buy, self.batch.delivery_on)

    @property
    def is_open(self) -> bool:
        """Heads may order and change."""
        is_running = self.batch.opens_at <= self.now < self.batch.until_heads
        return self.batch.state == Batch.State.OPEN and is_running

    @property
    def handed_in(self) -> list[Order]:
        """What heads and proxies brought, in the order it came."""
        mine = (order for order in self.orders if order.channel in BY_HEADS)
        return sorted(mine, key=lambda order: order.placed_at)

    @property
    def first_at(self) -> datetime:
        return self.handed_in[0].placed_at

    @property
    def last_at(self) -> datetime:
        return self.handed_in[-1].placed_at

    @property
    def homes(self) -> int:
        return len({order.home_key for order in self.handed_in})


@dataclass(frozen=True)
class Here:
    """One group buy that comes to the building: the open day, what is on its way, the next."""

    group_buy: GroupBuy
    open: Day | None
    coming: list[Day]
    next: Round | None


def days_in(shown: Iterable[Here]) -> list[Day]:
    """All days that a building's first page shows."""
    return [d for here in shown for d in (here.open, *here.coming) if d is not None]


def group_buys_for(building: Building) -> QuerySet[GroupBuy]:
    """Published, not over; serving the whole compound or this very building."""
    place = Q(places__building__isnull=True) | Q(places__building=building)
    return (
        GroupBuy.objects.filter(
            place,
            places__compound=building.compound_id,
            published_at__isnull=False,
            ended_at__isnull=True,
        )
        .select_related("town")
        .distinct()
    )


def here(building: Building, *, now: datetime) -> list[Here]:
    """Every group buy of this building, in four queries."""
    current = Q(state=Batch.State.OPEN) | Q(
        state=Batch.State.CLOSED, delivery_on__gte=day_of(now)
    )
    batches = Prefetch(
        "batches", Batch.objects.filter(current), to_attr="current_batches"
    )
    group_buys = list(group_buys_for(building).prefetch_related(batches))
    found = [b for g in group_buys for b in g.current_batches]
    orders = standing(building, found)
    return [_here(g, orders, now) for g in group_buys]


def _here(group_buy: GroupBuy, orders: list[Order], now: datetime) -> Here:
    days = [
        Day(batch, [o for o in orders if o.batch_id == batch.pk], now)
        for batch in group_buy.current_batches  # type: ignore[attr-defined]
    ]
    opened = [day for day in days if day.batch.state == Batch.State.OPEN]
    return Here(
        group_buy=group_buy,
        open=opened[0] if opened else None,
        coming=[day for day in days if day not in opened],
        next=next_round(group_buy, opened[0].batch if opened else None, now=now),
    )


def standing(building: Building, batches: Iterable[Batch]) -> list[Order]:
    """All orders of the building that stand, whoever made them, as people count rooms."""
    return list(
        Order.objects.filter(
            batch__in=list(batches),
            compound=building.compound_id,
            building=building.name,
            state=OrderState.STANDING,
        )
        .select_related("entered_by")
        .prefetch_related("lines__stock")
        .order_by("room_sort", "id")
    )


def to_give_back(building: Building, batch: Batch) -> list[Order]:
    """Heads' orders that were paid for and stand no longer: the money is the home's."""
    ended = batch.orders.filter(
        compound=building.compound_id,
        building=building.name,
        channel__in=BY_HEADS,
        paid_cents__gt=0,
    )
    return list(ended.exclude(state=OrderState.STANDING).order_by("room_sort"))


def next_round(
    group_buy: GroupBuy, batch: Batch | None, *, now: datetime
) -> Round | None:
    """The round after ``batch``; without one, the first that may still be ordered for."""
    day = next_delivery_after(group_buy, now)
    if day and batch and day <= batch.delivery_on:
        day = next_delivery(group_buy, batch.delivery_on)
    if day is None:
        return None
    return Round(round_of(group_buy, day), cutoffs(group_buy, day)[1], day)


def batch_for(building: Building, batch_id: int) -> Batch | None:
    """A batch, open or not, of a group buy that comes to this building."""
    found = Batch.objects.filter(pk=batch_id, group_buy__in=group_buys_for(building))
    return found.select_related("group_buy__town").first()
