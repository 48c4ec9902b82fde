"""What a building's orders come to: pieces of each package, cents due and paid."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import Order


@dataclass(frozen=True)
class Totals:
    homes: int
    codes: list[tuple[str, int]]  # pieces by code
    due_cents: int
    paid_cents: int


def totals(orders: Iterable[Order]) -> Totals:
    """``orders`` with their lines and stock rows prefetched."""
    pieces: dict[str, int] = {}
    due = paid = 0
    homes = set()
    for order in orders:
        homes.add(order.home_key)
        due, paid = due + order.due_cents, paid + order.paid_cents
        for line in order.lines.all():
            code = line.stock.code
            pieces[code] = pieces.get(code, 0) + line.quantity
    return Totals(len(homes), sorted(pieces.items()), due, paid)
