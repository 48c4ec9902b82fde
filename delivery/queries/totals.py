"""A batch in numbers: in all, by committee, and over the day.

Each is one statement over the day's orders, however many: nothing is counted in Python but
compounds and quarters of an hour. What would need all orders sorted, the number of homes,
is read from the lists once they are there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from delivery.models import Difference
from delivery.queries.batches import Place
from delivery.queries.paper import CompoundPaper
from groupbuy.shared import db
from orders.models import Order

QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
QUARTERS_UP_TO = timedelta(hours=8)
HOURS_UP_TO = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Totals:
    """``homes`` is None until the lists are built; ``paid_cents`` may be more than is due
    where a paid order has shrunk."""

    orders: int = 0
    homes: int | None = None
    packages: int = 0
    total_cents: int = 0
    paid_cents: int = 0

    @property
    def due_cents(self) -> int:
        return max(self.total_cents - self.paid_cents, 0)


@dataclass(frozen=True, slots=True)
class CompoundTotals:
    compound: Place
    totals: Totals


@dataclass(frozen=True, slots=True)
class CommitteeTotals:
    name: str
    totals: Totals
    compounds: list[CompoundTotals]


@dataclass(frozen=True, slots=True)
class Bar:
    """Orders placed from ``start`` on, for one quarter, hour or day."""

    start: datetime
    orders: int


def by_committee(
    orders: QuerySet[Order],
    places: Iterable[Place],
    homes: Mapping[int, int] | None = None,
) -> list[CommitteeTotals]:
    """The sums of each of ``places``, which come sorted by committee.

    One query, and one more while an older release's orders are among them.
    """
    found = added_up(orders, "compound", homes)
    rows = [CompoundTotals(one, found[one.pk]) for one in places if one.pk in found]
    return [
        of_committee(list(some))
        for _pk, some in groupby(rows, lambda row: row.compound.committee_id)
    ]


def of_committee(rows: list[CompoundTotals]) -> CommitteeTotals:
    name = rows[0].compound.committee
    return CommitteeTotals(name, summed(row.totals for row in rows), rows)


def added_up(
    orders: QuerySet[Order], by: str, homes: Mapping[int, int] | None = None
) -> dict[int, Totals]:
    """The sums of each ``"compound"`` or ``"batch"`` by its id; ``homes`` likewise."""
    sums = list(
        orders.order_by()
        .values_list(by)
        .annotate(n=Count("*"), told=Count("pieces"), pieces=Sum("pieces", default=0))
        .annotate(cents=Sum("total_cents"), paid=Sum("paid_cents"))
    )
    is_untold = any(n > told for _pk, n, told, *_ in sums)
    untold = pieces_of_lines(orders, by) if is_untold else {}
    return {
        pk: Totals(
            orders=n,
            homes=None if homes is None else homes.get(pk, 0),
            packages=pieces + untold.get(pk, 0),
            total_cents=cents,
            paid_cents=paid,
        )
        for pk, n, _told, pieces, cents, paid in sums
    }


def pieces_of_lines(orders: QuerySet[Order], by: str) -> dict[int, int]:
    """Of the orders that an older release wrote: their lines say it."""
    old = orders.filter(pieces=None).order_by().values_list(by)
    return dict(old.annotate(n=Sum("lines__quantity", default=0)))


def homes_of(
    orders: QuerySet[Order],
    papers: Mapping[int, CompoundPaper],
    changes: Iterable[Difference],
) -> dict[int, int]:
    """By compound: as its list says, counted anew where something changed after printing."""
    found = {pk: paper.pickup_list.homes for pk, paper in papers.items()}
    changed = {change.compound_id for change in changes}
    if changed:
        now = orders.filter(compound__in=changed).order_by().values_list("compound")
        found |= dict.fromkeys(changed, 0)
        found |= dict(now.annotate(n=Count("home_key", distinct=True)))
    return found


def summed(many: Iterable[Totals]) -> Totals:
    """A home is of one compound, so sums over compounds are all; None stays None."""
    rows = list(many)
    homes = [t.homes for t in rows if t.homes is not None]
    return Totals(
        orders=sum(t.orders for t in rows),
        homes=sum(homes) if homes else None,
        packages=sum(t.packages for t in rows),
        total_cents=sum(t.total_cents for t in rows),
        paid_cents=sum(t.paid_cents for t in rows),
    )


def over_the_day(orders: QuerySet[Order]) -> list[Bar]:
    """How many orders came when, without gaps, as finely as fits one chart: one query.

    Orders let in after closing are left out: they would stretch the day.
    """
    in_time = orders.filter(late_reason="").order_by()
    placed = in_time.values_list(db.Quarter("placed_at")).annotate(n=Count("*"))
    quarters = {start_of(number): n for number, n in placed}
    if not quarters:
        return []
    span = max(quarters) - min(quarters)
    if span <= QUARTERS_UP_TO:
        return bars(quarters, QUARTER)
    counted: Counter[datetime] = Counter()
    for start, n in quarters.items():
        hour = start.replace(minute=0)
        counted[hour if span <= HOURS_UP_TO else hour.replace(hour=0)] += n
    return bars(counted, HOUR if span <= HOURS_UP_TO else DAY)


def start_of(quarter: int) -> datetime:
    """In the town's time zone, where an hour and a day begin."""
    return timezone.localtime(datetime.fromtimestamp(quarter * 15 * 60, UTC))


def bars(counted: Mapping[datetime, int], step: timedelta) -> list[Bar]:
    first, last = min(counted), max(counted)
    starts = [first + step * n for n in range((last - first) // step + 1)]
    return [Bar(start, counted.get(start, 0)) for start in starts]
