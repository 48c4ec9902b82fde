"""A batch in numbers: in all, by committee, and over the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.db.models.functions import TruncDay, TruncHour, TruncMinute

from groupbuy.community.models import Committee, Compound
from orders.models import Order

QUARTERS_UP_TO = timedelta(hours=8)
HOURS_UP_TO = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Totals:
    """``paid_cents`` may be more than is due where a paid order has shrunk."""

    orders: int = 0
    homes: int = 0
    packages: int = 0
    total_cents: int = 0
    paid_cents: int = 0

    @property
    def due_cents(self) -> int:
        return max(self.total_cents - self.paid_cents, 0)


@dataclass(frozen=True, slots=True)
class CompoundTotals:
    compound: Compound
    totals: Totals


@dataclass(frozen=True, slots=True)
class CommitteeTotals:
    committee: Committee
    totals: Totals
    compounds: list[CompoundTotals]


@dataclass(frozen=True, slots=True)
class Bar:
    """Orders placed from ``start`` on, for one quarter, hour or day."""

    start: datetime
    orders: int


def by_committee(orders: QuerySet[Order]) -> list[CommitteeTotals]:
    """The sums of each compound under its committee: three queries."""
    rows = orders.values("compound").annotate(
        n=Count("pk"),
        homes=Count("home_key", distinct=True),
        cents=Sum("total_cents"),
        paid=Sum("paid_cents"),
    )
    packages = dict(
        orders.values_list("compound")
        .annotate(n=Sum("lines__quantity", default=0))
        .order_by()
    )
    found = {
        row["compound"]: Totals(
            row["n"], row["homes"], packages[row["compound"]], row["cents"], row["paid"]
        )
        for row in rows
    }
    compounds = (
        Compound.objects.filter(pk__in=found)
        .select_related("committee")
        .order_by("committee__code", "committee", "name")
    )
    return [
        committee_totals(committee, [CompoundTotals(c, found[c.pk]) for c in some])
        for committee, some in groupby(compounds, lambda compound: compound.committee)
    ]


def committee_totals(
    committee: Committee, compounds: list[CompoundTotals]
) -> CommitteeTotals:
    return CommitteeTotals(committee, summed(c.totals for c in compounds), compounds)


def summed(many: Iterable[Totals]) -> Totals:
    rows = list(many)
    return Totals(
        orders=sum(t.orders for t in rows),
        homes=sum(t.homes for t in rows),
        packages=sum(t.packages for t in rows),
        total_cents=sum(t.total_cents for t in rows),
        paid_cents=sum(t.paid_cents for t in rows),
    )


def over_the_day(orders: QuerySet[Order]) -> list[Bar]:
    """How many orders came when, without gaps, as finely as fits one chart.

    Orders let in after closing are left out: they would stretch the day.
    """
    orders = orders.filter(late_reason="")
    ends = orders.aggregate(first=Min("placed_at"), last=Max("placed_at"))
    if ends["first"] is None:
        return []
    span = ends["last"] - ends["first"]
    if span <= QUARTERS_UP_TO:
        return bars(orders, TruncMinute("placed_at"), timedelta(minutes=15))
    if span <= HOURS_UP_TO:
        return bars(orders, TruncHour("placed_at"), timedelta(hours=1))
    return bars(orders, TruncDay("placed_at"), timedelta(days=1))


def bars(
    orders: QuerySet[Order], cut: TruncMinute | TruncHour | TruncDay, step: timedelta
) -> list[Bar]:
    counted: dict[datetime, int] = {}
    for moment, count in orders.values_list(cut).annotate(n=Count("pk")).order_by():
        start = (
            moment - timedelta(minutes=moment.minute % 15) if moment.minute else moment
        )
        counted[start] = counted.get(start, 0) + count
    first, last = min(counted), max(counted)
    starts = [first + step * n for n in range((last - first) // step + 1)]
    return [Bar(start, counted.get(start, 0)) for start in starts]
