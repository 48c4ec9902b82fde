"""The order form before anything is typed: one page for all, with two places left open.

At nine o'clock everybody asks for it. Rendering it costs some 8 ms (thirty packages, hundreds
of compounds); so it is kept for a moment like the link, and each reader's copy gets only
its own submit key and CSRF token.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from groupbuy.shared import tokens
from orders.queries.page import Phase, current, phase, shared_group_buy
from orders.views.device import HOME
from orders.views.link_cache import LinkCache
from orders.views.sheet import fresh_sheet

FORM = "residents/order/form.html"
FORMS = LinkCache(seconds=settings.MOMENT_SECONDS)
KEY_MARK, CSRF_MARK = secrets.token_hex(16), secrets.token_hex(16)
KNOWN = {"c", "pick"}  # what may stand in the address of a plain form


class NotOpen(Exception):  # noqa: N818 - never leaves this file
    """There is no open day to order for."""


def fresh_form(request: HttpRequest, token: str) -> HttpResponseBase | None:
    """The empty form; None where this phone remembers its home, or no day is open."""
    asked = request.GET
    if HOME in request.COOKIES or not asked.keys() <= KNOWN:
        return None
    key = (
        token,
        asked.get("c", ""),
        tuple(asked.getlist("pick")),
        request.LANGUAGE_CODE,
        request.type_size,  # type: ignore[attr-defined]
    )
    try:
        kept = FORMS.get(key, lambda: body(request, token))
    except NotOpen:
        return None
    page = kept.body.replace(KEY_MARK.encode(), tokens.new_key().encode())
    return HttpResponse(page.replace(CSRF_MARK.encode(), get_token(request).encode()))


def body(request: HttpRequest, token: str) -> bytes:
    """Raises NotOpen."""
    now, group_buy = timezone.now(), shared_group_buy(token)
    if group_buy is None:
        raise NotOpen
    batch = current(list(group_buy.batches.order_by("-delivery_on")[:4]))
    if batch is None or phase(group_buy, batch, now=now) is not Phase.OPEN:
        raise NotOpen
    sheet = fresh_sheet(request, group_buy, batch, now=now)
    sheet.key = KEY_MARK
    context = sheet.context() | {"csrf_token": CSRF_MARK}
    return render_to_string(FORM, context, request=request).encode()
