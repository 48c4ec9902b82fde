"""The shared page of a group buy that is not published yet: its next day, as if it were open."""

from datetime import datetime

from catalog.models import GroupBuy
from catalog.queries.completeness import standing_offers
from catalog.queries.draft import next_batch, stock_row
from catalog.queries.rhythm import next_delivery_after
from groupbuy.shared.clock import day_of
from orders.queries.page import (
    Card,
    Page,
    next_on,
    phase,
    served_compounds,
    suppliers_of,
)


def draft_page(group_buy: GroupBuy, *, now: datetime) -> Page:
    """Every offer that was not withdrawn, also one that still lacks something."""
    day = next_delivery_after(group_buy, now)
    batch = next_batch(group_buy, day, now=now) if day else None
    cards = []
    for offer in standing_offers(group_buy):
        row = stock_row(offer)
        row.pk = offer.pk  # addresses on the page are made of it; nothing is saved
        items = list(row.version.items.all()) if row.version.pk else []
        cards.append(Card(row, items))
    return Page(
        group_buy=group_buy,
        phase=phase(group_buy, batch, now=now),
        batch=batch,
        cards=cards,
        suppliers=suppliers_of(cards, day or day_of(now)),
        compounds=served_compounds(group_buy),
        compound=None,
        arriving=[],
        called_off=[],
        next_on=next_on(group_buy, batch, now=now),
        feed=[],
    )
