"""The plain order in the fewest steps: what nine of ten residents send at nine o'clock.

A whole form, its CSRF cookie, plain digits, a home that is found at once. It costs a third of
the long way (``make bench``: form objects and templates are most of that), and ends in
the same verb. Whatever is not plain is None here: `ordering` looks at it again, at leisure, and
says what is wrong. So this file decides nothing and explains nothing.
"""

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from catalog.models import Batch
from groupbuy.community.models import RESIDENT
from groupbuy.shared.errors import Refused
from groupbuy.shared.phones import phone_number
from orders.actions.place_order import place_order
from orders.models import SoldOut, Wish
from orders.queries.page import MOMENT, shared_group_buy
from orders.queries.shelf import shelf_of
from orders.views.device import forget_home, keep_order
from orders.views.gone import gone, gone_page
from orders.views.origin import csrf_lost

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)
ID = re.compile(r"[0-9]{1,18}", re.ASCII)
STOCK_FIELD = re.compile(rf"q_{ID.pattern}", re.ASCII)
UNUSUAL = (
    "bump",
    "home",
    "again",
    "remember",
)  # fields that need more than a quick look


def quick_order(
    request: HttpRequest, token: str, *, now: datetime
) -> HttpResponseBase | Refused | None:
    """The way to the new order's page, or why the verb refused; None for the long way."""
    told = request.POST
    if told.get("step") != "place" or any(name in told for name in UNUSUAL):
        return None
    batch = day_of(token, told.get("batch", ""))
    wish = plain_wish(told, batch) if batch and request.COOKIES else None
    if batch is None or wish is None or csrf_lost(request):
        return None
    try:
        if refusal := gone(batch, wish, told["key"], now=now):
            raise refusal
        placed = place_order(
            batch, wish=wish, submit_key=told["key"], by=RESIDENT, now=now
        )
    except SoldOut as refusal:
        return gone_page(request, batch, wish, refusal) or refusal
    except Refused as refusal:
        return refusal
    mine = reverse("my-order", args=[placed.order.number])
    response = HttpResponseRedirect(f"{mine}?new=1")
    keep_order(request, response, placed.token)
    forget_home(response)
    return response


def day_of(token: str, number: str) -> Batch | None:
    """The batch of this group buy, up to a moment old: its rules the verb reads itself."""
    group_buy = shared_group_buy(token)
    if group_buy is None or not (number.isdecimal() and len(number) < 19):
        return None
    pk = int(number)

    def read() -> Batch | None:
        batches = group_buy.batches.select_related("group_buy__town")
        return batches.filter(pk=pk).first()

    return MOMENT.get(("day", group_buy.pk, pk), read)


def plain_wish(told: QueryDict, batch: Batch) -> Wish | None:
    """The wish of a form without anything doubtful in it."""
    compound = told.get("compound", "")
    try:
        phone = phone_number(told.get("phone", ""))
    except Refused:
        return None
    items = plain_items(told, batch)
    name, note = told.get("name", ""), told.get("note", "")
    if not items or not KEY.fullmatch(told.get("key", "")):
        return None
    if not ID.fullmatch(compound):
        return None
    if len(name) > 20 or len(note) > 60:
        return None
    return Wish(
        compound_id=int(compound),
        building=told.get("building", ""),
        unit=told.get("unit", ""),
        room=told.get("room", ""),
        items=items,
        name=name,
        phone=phone,
        note=note,
        name_in_feed=told.get("name_in_feed") == "on",
    )


def plain_items(told: QueryDict, batch: Batch) -> dict[int, int] | None:
    """Pieces by stock id; None if any number is not a plain one within its limit."""
    rows = shelf_of(batch.pk)
    items = {}
    for name in told:
        number = told.get(name, "") if name.startswith("q_") else ""
        if number in {"", "0"}:
            continue
        row = rows.get(int(name[2:])) if STOCK_FIELD.fullmatch(name) else None
        if row is None or not NUMBER.fullmatch(number):
            return None
        items[row.pk] = int(number)
        if not 0 < items[row.pk] <= row.limit:
            return None
    return items
