"""The list of batches, a page at a time: what each came to, where its paper stands.

However many orders a day had, its line costs the same: a town's numbers stand in the stock
rows, which the gate keeps exact, and a committee's few orders are found by its compounds.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from catalog.models import Batch, Stock
from delivery.models import Paperwork
from delivery.queries.batches import batches_of
from delivery.queries.totals import added_up
from groupbuy.community.models import User
from groupbuy.community.queries.visible import compounds_of, towns_of
from orders.models import Order
from orders.states import OrderState

A_PAGE = 14


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One line of the list."""

    batch: Batch
    packages: int
    total_cents: int
    paperwork: Paperwork | None


@dataclass(frozen=True, slots=True)
class Page:
    """``newer`` and ``older`` are numbers of the pages beside it, where there are any."""

    rows: list[BatchRow]
    newer: int | None
    older: int | None


def recent(user: User, number: int = 1) -> Page:
    """The newest batches of this person's places, or those of an older page."""
    start = (number - 1) * A_PAGE
    newest = batches_of(user).order_by("-delivery_on", "-pk")
    batches = list(newest[start : start + A_PAGE + 1])
    shown = batches[:A_PAGE]
    came_to = sums_of(user, shown)
    return Page(
        rows=[row(batch, came_to) for batch in shown],
        newer=number - 1 if number > 1 else None,
        older=number + 1 if len(batches) > A_PAGE else None,
    )


def row(batch: Batch, came_to: dict[int, tuple[int, int]]) -> BatchRow:
    packages, cents = came_to.get(batch.pk, (0, 0))
    return BatchRow(batch, packages, cents, getattr(batch, "paperwork", None))


def sums_of(user: User, batches: Iterable[Batch]) -> dict[int, tuple[int, int]]:
    """Packages and cents of each batch, by its id: all of it, or what one looks after."""
    own = set(towns_of(user).values_list("pk", flat=True))
    whole = {batch.pk for batch in batches if batch.group_buy.town_id in own}
    part = {batch.pk for batch in batches} - whole
    return of_stock(whole) | of_orders(user, part)


def of_stock(batches: set[int]) -> dict[int, tuple[int, int]]:
    rows = (
        Stock.objects.filter(batch__in=batches)
        .order_by()
        .values_list("batch")
        .annotate(n=Sum("reserved"), cents=Sum(Stock.SOLD_CENTS))
    )
    return {batch: (n, cents) for batch, n, cents in rows}


def of_orders(user: User, batches: set[int]) -> dict[int, tuple[int, int]]:
    if not batches:
        return {}
    orders = Order.objects.filter(
        batch__in=batches,
        compound__in=list(compounds_of(user).values_list("pk", flat=True)),
        state=OrderState.STANDING,
    )
    found = added_up(orders, "batch")
    return {pk: (totals.packages, totals.total_cents) for pk, totals in found.items()}
