"""The day's numbers: what is open, what it came to so far, and what it would be closed now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Length

from catalog.models import Batch, Stock
from catalog.queries.visible import batches_of
from groupbuy.community.models import User
from orders.models import Order, OrderLine
from orders.states import Channel, OrderState

SOON = timedelta(hours=1)  # from here on the time left is shown in amber


@dataclass(frozen=True)
class TimeLeft:
    """What remains until a cutoff; ``None`` hours and minutes once it has passed."""

    until: datetime
    hours: int
    minutes: int
    is_soon: bool
    is_over: bool


@dataclass(frozen=True)
class DayNumbers:
    """One batch so far; packages and money from its stock rows, so they are never stale."""

    orders: int
    homes: int
    packages: int
    money_cents: int
    link: TimeLeft
    heads: TimeLeft

    @property
    def is_over(self) -> bool:
        return self.link.is_over and self.heads.is_over


def open_batches(user: User) -> QuerySet[Batch]:
    """What can be ordered from now, the nearest cutoff first."""
    still_open = batches_of(user).filter(state=Batch.State.OPEN)
    return still_open.order_by("until_link", "group_buy__title", "id")


def table_of(batch: Batch) -> QuerySet[Stock]:
    """The batch's rows as the table shows them, each with ``waiting``: devices that want it."""
    return (
        batch.stock.select_related("supplier", "batch__group_buy")
        .annotate(waiting=Count("demands"))
        .order_by(Length("code"), "code")
    )


def time_left(until: datetime, now: datetime) -> TimeLeft:
    """Rounded down to the minute: nobody is promised a second too many."""
    rest = max(until - now, timedelta(0))
    minutes = int(rest.total_seconds()) // 60
    return TimeLeft(
        until=until,
        hours=minutes // 60,
        minutes=minutes % 60,
        is_soon=timedelta(0) < rest <= SOON,
        is_over=now >= until,
    )


def day_numbers(batch: Batch, now: datetime) -> DayNumbers:
    counted = standing(batch).aggregate(
        orders=Count("pk"), homes=Count("home_key", distinct=True)
    )
    sold = batch.stock.aggregate(packages=Sum("reserved"), money=Sum(Stock.SOLD_CENTS))
    return DayNumbers(
        orders=counted["orders"],
        homes=counted["homes"],
        packages=sold["packages"] or 0,
        money_cents=sold["money"] or 0,
        link=time_left(batch.until_link, now),
        heads=time_left(batch.until_heads, now),
    )


def standing(batch: Batch) -> QuerySet[Order]:
    return batch.orders.filter(state=OrderState.STANDING)


def totals_by_supplier(batch: Batch) -> list[Mapping[str, Any]]:
    """Per supplier: ``name``, ``packages``, ``money`` (cents), by name."""
    rows = batch.stock.filter(reserved__gt=0).values("supplier", "supplier__name")
    return list(
        rows.annotate(
            name=F("supplier__name"),
            packages=Sum("reserved"),
            money=Sum(Stock.SOLD_CENTS),
        )
        .order_by("name")
        .values("name", "packages", "money")
    )


def totals_by_compound(batch: Batch) -> list[Mapping[str, Any]]:
    """Per compound with orders: ``name``, ``orders``, ``homes``, ``packages``, ``money``."""
    lines = OrderLine.objects.filter(
        order__batch=batch, order__state=OrderState.STANDING
    )
    return list(
        lines.values("order__compound")
        .annotate(
            name=F("order__compound__name"),
            orders=Count("order", distinct=True),
            homes=Count("order__home_key", distinct=True),
            packages=Sum("quantity"),
            money=Sum(F("quantity") * F("stock__price_cents")),
        )
        .order_by("name")
        .values("name", "orders", "homes", "packages", "money")
    )


def orders_with(stock: Stock) -> QuerySet[Order]:
    """Standing orders that would lose this package."""
    return Order.objects.filter(lines__stock=stock, state=OrderState.STANDING)


@dataclass(frozen=True)
class Holders:
    """How many homes hold a package: those of the link, and those of heads and helpers."""

    by_link: int
    by_heads: int


def holders(stock: Stock) -> Holders:
    by_link = Q(channel=Channel.LINK)
    found = orders_with(stock).aggregate(
        by_link=Count("home_key", filter=by_link, distinct=True),
        by_heads=Count("home_key", filter=~by_link, distinct=True),
    )
    return Holders(**found)
