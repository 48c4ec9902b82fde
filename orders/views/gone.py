"""Sold out: what most of a crowd hears once the last one is taken.

For a plain order the page differs from phone to phone in hidden fields only. It is kept for
a moment, one for all who chose the same, and each copy gets its own fields, submit key and CSRF
token. Byte for byte it is what the long way renders (tests/orders/views/test_gone.py).
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html_join

from catalog.models import Batch
from groupbuy.shared import prepared, tokens
from orders.actions.gate import shortage
from orders.models import SoldOut, Wish
from orders.queries.page import cards_of, served_compound
from orders.queries.shelf import left_of
from orders.states import Channel
from orders.views.frame import OPEN_PLACES, own
from orders.views.link_cache import LinkCache
from orders.views.refused import CONFLICT, SOLD_OUT, what_is_left
from orders.views.sheet import FRONT

PAGES = LinkCache(seconds=settings.MOMENT_SECONDS)
_OF_THIS_FORM = "SELECT id FROM orders_order WHERE submit_hash = %s"
FIELDS, KEY, CSRF = (secrets.token_hex(16) for _ in range(3))


@dataclass(frozen=True)
class Carried:
    """What the page needs of a form, in place of the ``sheet``; no more than its packages."""

    carried: list[tuple[str, object]]
    key: str = KEY
    again: str = ""


def gone(batch: Batch, wish: Wish, submit_key: str, *, now: datetime) -> SoldOut | None:
    """The refusal, where the rows said so a moment ago and say so still.

    None where there may be enough, where it is late, or where this form has become an order:
    then the verb decides. It spares a crowd's orders the attempt, which costs four times as much.
    """
    if now >= batch.until_link:
        return None
    left = left_of(batch.pk)
    if all(q <= left.get(pk, 0) for pk, q in wish.items.items()):
        return None
    short = shortage(wish.items, channel=Channel.LINK)
    if not short:
        return None
    if prepared.rows(_OF_THIS_FORM, [tokens.stored(submit_key)]):
        return None
    return SoldOut(short, short.values())


def gone_page(
    request: HttpRequest, batch: Batch, wish: Wish, refusal: SoldOut
) -> HttpResponse | None:
    """As `refused.sold_out` shows it; None for a form with a tick, or from elsewhere."""
    compound = served_compound(batch.group_buy, wish.compound_id)
    if compound is None or wish.name_in_feed:
        return None
    key = (
        batch.pk,
        tuple(wish.items.items()),
        refusal.stock_ids,
        request.LANGUAGE_CODE,
        request.type_size,  # type: ignore[attr-defined]
    )
    kept = PAGES.get(key, lambda: frame(request, batch, wish, refusal))
    told = request.POST
    fields = format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">\n',
        ((name, told[name]) for name in FRONT if told.get(name)),
    )
    values = {FIELDS: fields, KEY: told["key"], CSRF: get_token(request)}
    page = kept.cut(own(batch.group_buy, compound, request.LANGUAGE_CODE) | values)
    return HttpResponse(page, status=CONFLICT, headers={"X-Refused": refusal.code})


def frame(request: HttpRequest, batch: Batch, wish: Wish, refusal: SoldOut) -> bytes:
    """The page with places left open for what is one phone's own."""
    cards = cards_of(batch)
    items: list[tuple[str, object]] = [
        (f"q_{card.stock.pk}", wish.items.get(card.stock.pk, "")) for card in cards
    ]
    context = {
        "sheet": Carried(items),
        "fields": FIELDS,
        "group_buy": batch.group_buy,
        "batch": batch,
        "csrf_token": CSRF,
        **what_is_left(cards, wish.items, items, refusal),
        **OPEN_PLACES,
    }
    return render_to_string(SOLD_OUT, context, request=request).encode()
