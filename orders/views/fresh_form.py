"""The order form before anything is typed: one page for all, with places left open.

At nine o'clock everybody asks for it. Rendering it costs some 14 ms (thirty packages, hundreds
of compounds); so it is kept for a moment like the link, one for all compounds that are alike,
and each reader's copy gets only its own compound, submit key and CSRF token.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from catalog.models import GroupBuy
from groupbuy.community.models import Compound
from groupbuy.shared import tokens
from orders.queries.page import (
    Phase,
    codes_of,
    current,
    may_have_units,
    phase,
    served_by_number,
    shared_group_buy,
)
from orders.views.device import HOME
from orders.views.frame import OPEN_PLACES, own
from orders.views.link_cache import Kept, LinkCache
from orders.views.sheet import fresh_sheet

FORM = "residents/order/form.html"
FORMS = LinkCache(seconds=settings.MOMENT_SECONDS)
KEY_MARK, CSRF_MARK = secrets.token_hex(16), secrets.token_hex(16)
KNOWN = {"c", "pick"}  # what may stand in the address of a plain form


class NotOpen(Exception):  # noqa: N818 - never leaves this file
    """There is no open day to order for."""


@dataclass(frozen=True)
class Chosen:
    """The compound named by the address, one of several; ``likeness`` is what a form shows of
    it besides its name and whom to call."""

    compound: Compound
    likeness: tuple[str, bool]


def fresh_form(request: HttpRequest, token: str) -> HttpResponseBase | None:
    """The empty form; None where this phone remembers its home, or no day is open."""
    asked, group_buy = request.GET, shared_group_buy(token)
    if HOME in request.COOKIES or not asked.keys() <= KNOWN or group_buy is None:
        return None
    chosen = chosen_compound(group_buy, asked.get("c", ""))
    picks = picked(group_buy, asked.getlist("pick"))
    try:
        form = kept_form(request, group_buy, chosen, picks)
    except NotOpen:
        return None
    values = {KEY_MARK: tokens.new_key(), CSRF_MARK: get_token(request)}
    if chosen is None:
        return HttpResponse(form.cut(values))
    compound = chosen.compound
    page = form.cut(own(group_buy, compound, request.LANGUAGE_CODE) | values)
    return HttpResponse(page.replace(option(compound), option(compound, "selected")))


def picked(group_buy: GroupBuy, asked: Iterable[str]) -> frozenset[str]:
    """Only what is a package of these days: made-up ones would make any number of forms."""
    wanted = frozenset(asked)
    return wanted & codes_of(group_buy) if wanted else wanted


def kept_form(
    request: HttpRequest,
    group_buy: GroupBuy,
    chosen: Chosen | None,
    picks: frozenset[str],
) -> Kept:
    """Kept where at most one is picked, as our own pages do; sets of them are too many to keep.

    Raises NotOpen.
    """

    def made() -> bytes:
        return body(request, group_buy, chosen, picks)

    if len(picks) > 1:
        return Kept(made(), expires=0)
    key = (
        group_buy.token,
        chosen.likeness if chosen else None,
        picks,
        request.LANGUAGE_CODE,
        request.type_size,  # type: ignore[attr-defined]
    )
    return FORMS.get(key, made)


def chosen_compound(group_buy: GroupBuy, number: str) -> Chosen | None:
    """None, too, where there is but one: then nothing is to choose."""
    served = served_by_number(group_buy)
    found = served.get(number)
    if found is None or len(served) == 1:
        return None
    return Chosen(found, (found.kind, may_have_units([found])))


def option(compound: Compound, *words: str) -> bytes:
    """Its tag in the list of compounds, as `residents/order/address.html` writes it."""
    return " ".join([f'<option value="{compound.pk}"', *words]).encode() + b">"


def body(
    request: HttpRequest,
    group_buy: GroupBuy,
    chosen: Chosen | None,
    picks: frozenset[str],
) -> bytes:
    """The form; for a chosen compound of several, as for all that are like it.

    Raises NotOpen.
    """
    now = timezone.now()
    batch = current(list(group_buy.batches.order_by("-delivery_on")[:4]))
    if batch is None or phase(group_buy, batch, now=now) is not Phase.OPEN:
        raise NotOpen
    sheet = fresh_sheet(request, group_buy, batch, now=now, picks=picks)
    sheet.key = KEY_MARK
    context = sheet.context() | {"csrf_token": CSRF_MARK}
    if chosen is None:
        return render_to_string(FORM, context, request=request).encode()
    page = render_to_string(FORM, context | OPEN_PLACES, request=request).encode()
    return page.replace(option(chosen.compound, "selected"), option(chosen.compound))
