"""The lines of pickup lists in the order in which people walk: building, room, package."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from catalog.models import Batch
from delivery.models import Difference, PickupLine, PickupList
from groupbuy.community.models import Compound
from orders.states import OrderState


class Row(NamedTuple):
    """One package for one home; ``number`` is set where it is a correction after printing.

    A tuple, since a day has hundreds of thousands of them.
    """

    compound_id: int
    gate_id: int
    home_key: str
    building: str
    unit: str
    room: str
    building_sort: str
    room_sort: str
    stock_id: int
    code: str
    quantity: int
    note: str
    bring_to_door: bool
    order_id: int
    order_number: str
    name: str
    due_cents: int
    number: int | None = None


PIECES = 500  # packages; lists with fewer are read together

ON_LIST = (
    "pickup_list__compound_id",
    "gate_id",
    "home_key",
    "building",
    "unit",
    "room",
    "building_sort",
    "room_sort",
    "stock_id",
    "code",
    "quantity",
    "note",
    "bring_to_door",
    "order_id",
    "order__number",
    "order__name",
    "order__state",
    "order__total_cents",
    "order__paid_cents",
)
IN_DIFFERENCE = (
    "compound_id",
    "gate_id",
    *(f"order_line__order__{name}" for name in ON_LIST[2:8]),
    "stock_id",
    "stock__code",
    "delta",
    "order_line__order__note",
    "order_line__order__bring_to_door",
    "order_line__order_id",
    *(f"order_line__{name}" for name in ON_LIST[14:]),
)


def row(values: tuple, number: int | None = None) -> Row:
    """From ``ON_LIST`` values: what is due is nothing when the order has ended."""
    *fixed, state, total, paid = values
    due = max(total - paid, 0) if state == OrderState.STANDING else 0
    return Row(*(*fixed, due, number))


def rows_of_lists(list_ids: list[int]) -> Iterator[Row]:
    """As printed: one query, list by list, gate by gate, room by room."""
    lines = (
        PickupLine.objects.filter(pickup_list__in=list_ids)
        .order_by(
            "pickup_list_id",
            "gate_id",
            "building_sort",
            "building",
            "room_sort",
            "home_key",
            "order_id",
            "code",
        )
        .values_list(*ON_LIST)
    )
    return map(row, lines)


def rows_by_list(
    lists: Iterable[PickupList],
) -> Iterator[tuple[PickupList, list[Row]]]:
    """Current lists of one batch, each beside its rows; small ones are read together.

    No more at once: PostgreSQL would rather read every order there is than find many of
    them one by one. Nothing is open while the caller writes.
    """
    for some in few_at_once(lists):
        rows = rows_of_lists([one.pk for one in some])
        by_compound = groupby(rows, attrgetter("compound_id"))
        found = {compound_id: list(own) for compound_id, own in by_compound}
        for one in some:
            yield one, found[one.compound_id]


def few_at_once(lists: Iterable[PickupList]) -> Iterator[list[PickupList]]:
    some: list[PickupList] = []
    for one in lists:
        some.append(one)
        if sum(x.packages for x in some) >= PIECES:
            yield some
            some = []
    if some:
        yield some


def rows_today(batch: Batch, compound: Compound) -> list[Row]:
    """As things stand: the current list and every correction after it, in walking order."""
    lines = PickupLine.objects.filter(
        pickup_list__batch=batch,
        pickup_list__compound=compound,
        pickup_list__void_at__isnull=True,
    ).values_list(*ON_LIST)
    changes = Difference.objects.filter(batch=batch, compound=compound).values_list(
        "number", *IN_DIFFERENCE
    )
    found = [row(values) for values in lines]
    found += [row(values, number) for number, *values in changes]
    return sorted(found, key=walking_order)


def walking_order(line: Row) -> tuple:
    return (
        line.gate_id,
        line.building_sort,
        line.building,
        line.room_sort,
        line.home_key,
        line.order_id,
        line.code,
    )
