"""The latest orders of a day, as everybody may see them: no home, no name unless wished."""

from dataclasses import dataclass
from datetime import datetime

from catalog.models import Batch
from orders.models import Order, OrderLine
from orders.states import OrderState

SHOWN = 12


@dataclass(frozen=True)
class FeedEntry:
    """``name`` is masked (魏**), or empty where its owner did not tick so."""

    name: str
    contents: str
    at: datetime


def feed(batch: Batch) -> list[FeedEntry]:
    """The newest standing orders: two queries, whatever the day's size."""
    newest = list(
        Order.objects.filter(batch=batch, state=OrderState.STANDING)
        .order_by("-pk")
        .values_list("pk", "name", "name_in_feed", "placed_at")[:SHOWN]
    )
    lines = OrderLine.objects.filter(order__in=[pk for pk, *_ in newest])
    contents: dict[int, list[str]] = {}
    codes = lines.order_by("stock__code").values_list(
        "order", "stock__code", "quantity"
    )
    for pk, code, quantity in codes:
        contents.setdefault(pk, []).append(f"{code}×{quantity}")
    return [
        FeedEntry(masked(name) if wished else "", " ".join(contents.get(pk, [])), at)
        for pk, name, wished, at in newest
    ]


def masked(name: str) -> str:
    """``魏女士`` → ``魏**``: always two stars, so its length says nothing."""
    return f"{name[0]}**" if name else ""
