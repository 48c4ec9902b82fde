"""What one supplier brings where: sums by gate, and no person's datum to be found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from catalog.models import Stock
from delivery.models import SupplyLine, SupplyOrder
from groupbuy.community.models import Gate


@dataclass(slots=True)
class GateLoad:
    """One stop: pieces of each stock row."""

    gate: Gate
    lines: list[SupplyLine] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class Total:
    """All pieces of one stock row, over all gates."""

    stock: Stock
    quantity: int


def with_lines(orders: Iterable[int]) -> list[SupplyOrder]:
    """Supply orders by id, each with its lines, gates and compounds: three queries."""
    lines = SupplyLine.objects.select_related(
        "stock", "gate__compound__committee"
    ).order_by(
        "gate__compound__committee__code", "gate__compound__name", "gate", "stock__code"
    )
    return list(
        SupplyOrder.objects.filter(pk__in=orders)
        .select_related("supplier", "batch__group_buy__town")
        .prefetch_related(Prefetch("lines", lines))
        .order_by("supplier__name")
    )


def loads(order: SupplyOrder) -> list[GateLoad]:
    """Its stops in the order of committees and compounds."""
    found: dict[int, GateLoad] = {}
    for line in order.lines.all():
        found.setdefault(line.gate_id, GateLoad(line.gate)).lines.append(line)
    return list(found.values())


def totals(order: SupplyOrder) -> list[Total]:
    """Its grand total, by code."""
    sums: dict[int, int] = {}
    stock: dict[int, Stock] = {}
    for line in order.lines.all():
        stock[line.stock_id] = line.stock
        sums[line.stock_id] = sums.get(line.stock_id, 0) + line.quantity
    made = [Total(stock[pk], quantity) for pk, quantity in sums.items()]
    return sorted(made, key=lambda total: total.stock.code)
