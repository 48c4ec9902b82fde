"""One small town for each death, and its books as plain data that two towns can share."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F

from catalog.models import Batch, Stock
from delivery.models import Handoff, PickupLine, Sheet, SupplyLine
from groupbuy.community.models import (
    Actor,
    Compound,
    LogEntry,
    Town,
    staff,
)
from orders.models import HomeUse, Order, Wish
from tests import factories as make

NOON = make.NOON
LATER = NOON + timedelta(hours=7)  # 19:00: whatever is due of this day is due by now
Books = dict[str, Any]


@dataclass
class World:
    """品质苑 with two gates; 3-501 holds A×2 B×1, 12-201 A×1; A is 永辉's, B 光明's."""

    town: Town
    compound: Compound
    batch: Batch
    order: Order
    staff: Actor

    @property
    def day(self) -> Batch:
        return Batch.objects.select_related("group_buy").get(pk=self.batch.pk)

    @property
    def fresh_order(self) -> Order:
        found = Order.objects.select_related("batch__group_buy", "compound__committee")
        return found.get(pk=self.order.pk)

    @property
    def key(self) -> str:
        """The submit key of this town's one form."""
        return f"form-{self.town.pk}"

    def wish(self, room: str = "502", **items: int) -> Wish:
        stock = {row.code: row.pk for row in self.batch.stock.all()}
        wanted = {stock[code]: n for code, n in items.items()}
        return Wish(self.compound.pk, "3", room, wanted, phone="13800000000")


def world() -> World:
    town = make.make_town()
    compound = make.make_compound(make.make_committee(town), "品质苑")
    compound.has_roster = True
    compound.save()
    north = make.make_gate(compound, "北门")
    make.make_building(compound, "3", ["501", "502", "503", "504", "505"], gate=north)
    make.make_building(compound, "12", ["201"])
    buy = make.make_group_buy(town, [compound])
    for code, supplier, title in (("A", "永辉", "蔬菜包"), ("B", "光明", "牛奶包")):
        package = make.make_package(make.make_supplier(town, supplier), title)
        make.make_offer(buy, code, package=package, daily_quota=9)
    batch = make.make_batch(buy, codes="AB")
    order = make.make_order(batch, compound, "3-501", items={"A": 2, "B": 1})
    make.make_order(batch, compound, "12-201", items={"A": 1})
    return World(town, compound, batch, order, staff(make.make_town_staff(town)))


def books(world: World) -> Books:
    """Everything that a story of this town can have changed, without ids and instants."""
    town = world.town
    days = Batch.objects.filter(group_buy__town=town)
    return {
        "days": _rows(days, "delivery_on", "state", "called_off_reason"),
        "stock": _rows(
            Stock.objects.filter(batch__in=days),
            "batch__delivery_on",
            *("code", "title", "price_cents", "quota", "household_limit", "is_open"),
            *("reserved", "reserved_heads", "called_off_reason"),
        ),
        "homes": _rows(
            HomeUse.objects.filter(stock__batch__in=days, quantity__gt=0),
            *("stock__code", "quantity"),
        ),
        "orders": sorted((order.home, *_order(order)) for order in _orders(world)),
        "lists": _rows(
            PickupLine.objects.filter(pickup_list__batch__in=days),
            *("pickup_list__version", "building", "room", "gate__name", "code"),
            *("quantity", "pickup_list__homes", "pickup_list__packages"),
            off=F("pickup_list__void_at"),
        ),
        "supply": _rows(
            SupplyLine.objects.filter(supply_order__batch__in=days),
            *("supply_order__version", "supply_order__supplier__name", "gate__name"),
            *("stock__code", "quantity", "supply_order__packages"),
            off=F("supply_order__void_at"),
        ),
        "handoffs": _rows(
            Handoff.objects.filter(batch__in=days),
            *("supplier__name", "version", "sent_at", "acknowledged_at"),
        ),
        "links": days.filter(links__isnull=False).values("links").count(),
        "log": Counter(
            LogEntry.objects.filter(town=town).values_list("verb", flat=True)
        ),
    }


def _orders(world: World) -> Any:
    found = Order.objects.filter(batch__group_buy__town=world.town)
    return found.prefetch_related("lines__stock").order_by("pk")


def _order(order: Order) -> tuple[Any, ...]:
    items = sorted((line.stock.code, line.quantity) for line in order.lines.all())
    lines = sorted(order.chain_lines.values_list("number", "state"))
    return (
        *(order.state, order.channel, order.total_cents, order.pieces),
        *(order.paid_cents, order.ended_reason, order.late_reason),
        *(tuple(items), tuple(lines)),
    )


def _rows(found: Any, *fields: str, off: Any = None) -> list[tuple[Any, ...]]:
    """In any order: sets of rows, not lists, are what the books are about."""
    if off is not None:
        found = found.annotate(off=off)
        return sorted(
            ((*row[:-1], row[-1] is None) for row in found.values_list(*fields, "off")),
            key=repr,
        )
    return sorted(found.values_list(*fields), key=repr)


def shelf(world: World) -> tuple[Counter[tuple[Any, ...]], set[str], set[str]]:
    """The stored documents' keys; the files that rows name; the files that are there."""
    sheets = Sheet.objects.filter(batch__group_buy__town=world.town)
    keys = Counter(
        sheets.values_list("kind", "version", "compound__name", "supplier__name")
    )
    named = set(sheets.values_list("file", flat=True))
    there = set()
    for pk in Batch.objects.filter(group_buy__town=world.town).values_list(
        "pk", flat=True
    ):
        if default_storage.exists(str(pk)):
            there |= {f"{pk}/{name}" for name in default_storage.listdir(str(pk))[1]}
    return keys, named, there
