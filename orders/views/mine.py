"""My order: for whoever holds its link, and then for that phone."""

import base64
import io
from collections.abc import Sequence
from datetime import datetime

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from groupbuy.community.models import RESIDENT
from groupbuy.shared import tokens
from groupbuy.shared.errors import Refused
from orders.actions.cancel_order import cancel_order
from orders.models import Order, OrderLine
from orders.queries.mine import Mine
from orders.queries.mine import mine as with_news
from orders.queries.orders import order_by_token, orders_by_tokens
from orders.queries.shown import shown, shown_order
from orders.views.device import helped_numbers, keep_order, order_tokens
from orders.views.frame import whom_to_call
from orders.views.help import help_for
from orders.views.origin import csrf_lost
from orders.views.ticket import is_ordinary, ticket


@never_cache
@require_safe
def my_order_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Swap the token in the address for this phone's cookie.

    From here on the address bar and a Referer hold the order's number only, which opens
    nothing by itself. The token stays in the link as it was sent, in the cookie, and in the
    page's own code, which is made to be kept in a screenshot.
    """
    found = order_by_token(token)
    if found is None:
        raise Http404
    response = redirect("my-order", number=found.number)
    keep_order(request, response, token)
    return response


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The orders of this phone, newest first, and apart from them those for neighbours."""
    orders = orders_by_tokens(order_tokens(request))
    listed = with_news(orders, now=timezone.now())
    numbers = helped_numbers(request)
    context = {
        "own": [one for one in listed if one.order.number not in numbers],
        "helped": [one for one in listed if one.order.number in numbers],
        "now": timezone.now(),
        "help": help_of(orders),
    }
    return render(request, "residents/mine/list.html", context)


@never_cache
@require_safe
def my_order(request: HttpRequest, number: str) -> HttpResponseBase:
    order, lines, token = looked_at(request, number)
    mine = shown(order, lines, now=timezone.now())
    if is_ordinary(request, mine):
        helped = number in helped_numbers(request)
        return ticket(request, mine, url=order_url(token), is_helped=helped)
    return order_page(
        request,
        order,
        now=mine.now,
        token=token,
        mine=mine,
        is_new=bool(request.GET.get("new", "")),
        is_changed=bool(request.GET.get("changed", "")),
    )


@csrf_exempt  # checked below, so that a lost cookie costs one more tap, not a refusal
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_order_cancel(request: HttpRequest, number: str) -> HttpResponseBase:
    """GET asks once more, POST cancels."""
    order, token = held(request, number)
    now = timezone.now()
    if request.method != "POST" or csrf_lost(request):
        return order_page(request, order, now=now, token=token, name="cancel")
    try:
        cancel_order(order, by=RESIDENT, now=now)
    except Refused as refusal:
        return order_page(
            request, order, now=now, token=token, status=409, refusal=refusal
        )
    return redirect("my-order", number=number)


@never_cache
@require_safe
def my_order_code(request: HttpRequest, number: str) -> HttpResponseBase:
    """The way back to this order as a picture, for the phone that holds it."""
    _order, _lines, token = looked_at(request, number)
    return HttpResponse(code_svg(order_url(token)), content_type="image/svg+xml")


def looked_at(request: HttpRequest, number: str) -> tuple[Order, list[OrderLine], str]:
    """The order, its lines and token, for a page only. Raises Http404 where it is not held."""
    by_hash = {tokens.stored(token): token for token in order_tokens(request)}
    found = shown_order(number, by_hash)
    if found is None:
        raise Http404
    return *found, by_hash[found[0].token_hash]


def held(request: HttpRequest, number: str) -> tuple[Order, str]:
    """The order and its token, if this phone holds it. Raises Http404 for all others."""
    by_hash = {tokens.stored(token): token for token in order_tokens(request)}
    for order in orders_by_tokens(by_hash.values()):
        if order.number == number:
            return order, by_hash[order.token_hash]
    raise Http404


def order_page(
    request: HttpRequest,
    order: Order,
    *,
    now: datetime,
    token: str,
    name: str = "order",
    status: int = 200,
    mine: Mine | None = None,
    **extra: object,
) -> HttpResponseBase:
    """One of an order's pages; made for a screenshot, with the way back as a code."""
    url = order_url(token)
    context = {
        "mine": mine or shown(order, now=now),
        "order": order,
        "batch": order.batch,
        "now": now,
        "is_helped": order.number in helped_numbers(request),
        "url": url,
        "code": reverse("my-order-code", args=[order.number])
        if request.COOKIES
        else code_uri(url),
        "help_footer": whom_to_call(
            help_for(order.batch.group_buy, order.compound), request.LANGUAGE_CODE
        )[0],
    }
    return render(
        request, f"residents/mine/{name}.html", context | extra, status=status
    )


def order_url(token: str) -> str:
    """The address that opens the order; as a code it is scanned by another phone."""
    return settings.SITE_URL + reverse("my-order-link", args=[token])


def code_svg(url: str) -> bytes:
    """Any mask makes a valid code; looking for the handsomest of eight costs 3 ms."""
    made = io.BytesIO()
    segno.make(url, micro=False, error="m", mask=4).save(
        made, kind="svg", scale=4, border=2
    )
    return made.getvalue()


def code_uri(url: str) -> str:
    """The same for a phone that takes no cookies: it could not ask for the picture."""
    packed = base64.b64encode(code_svg(url)).decode()
    return f"data:image/svg+xml;base64,{packed}"


def help_of(orders: Sequence[Order]) -> object:
    """Whom the owner of these orders calls: the committee of the newest one."""
    return help_for(orders[0].batch.group_buy, orders[0].compound) if orders else None
