"""My order as nearly everybody sees it: standing, not paid yet, its day still open.

After the rush everybody looks at the order just placed, again and again. Rendering the page
costs 1.2 ms, half of what the look costs; so it is rendered once in a moment for all orders
that are alike, with a stand-in order of marks that nobody can guess, and each reader's words
are put in their places in 0.05 ms. Nothing of an order is kept but which kinds of words it has. A
page so made is, byte for byte, the one rendered for it (tests/orders/views/test_ticket.py).
"""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from groupbuy.shared.clock import day_of
from groupbuy.shared.moment import Moment
from groupbuy.shared.money import yuan
from groupbuy.shared.web.reading import reading
from orders.models import Order, OrderLine
from orders.queries.mine import Mine
from orders.signals import OrderNews
from orders.templatetags.residents import in_threes, moment
from orders.views.frame import HELP, any_compound, own
from orders.views.link_cache import LinkCache

TICKETS = LinkCache(seconds=settings.MOMENT_SECONDS)
LINES = Moment(times=600)  # of stock rows that are frozen: none of them grows old
PLAIN = {"", "new=1", "changed=1"}  # what our own pages put into the address
NUMBER, URL, PLACED, CONTENTS, BUILDING, UNIT, ROOM, NAME = (
    secrets.token_hex(16) for _ in range(8)
)
TOTAL = 10**17 + secrets.randbelow(9 * 10**17)  # yuan


def is_ordinary(request: HttpRequest, mine: Mine) -> bool:
    """Whether the page differs from others' in words only."""
    is_due = mine.order.paid_cents == 0 < mine.order.total_cents
    plain = request.META.get("QUERY_STRING", "") in PLAIN
    return plain and is_due and mine.can_change and not mine.order.ended_reason


def ticket(
    request: HttpRequest, mine: Mine, *, url: str, is_helped: bool
) -> HttpResponse:
    """The page of an ordinary order, which ``url`` opens."""
    order, batch = mine.order, mine.order.batch
    key = (
        batch.pk,
        day_of(mine.now),  # the page says today and tomorrow
        request.LANGUAGE_CODE,
        request.type_size,  # type: ignore[attr-defined]
        request.META.get("QUERY_STRING", ""),
        is_helped,
        order.channel,
        order.compound.kind,
        bool(order.unit),
        bool(order.name),
    )
    kept = TICKETS.get(key, lambda: frame(request, mine, is_helped=is_helped))
    return HttpResponse(kept.cut(words(mine, url, request.LANGUAGE_CODE)))


def words(mine: Mine, url: str, language: str) -> Mapping[str, str]:
    """What one order's page has at the marks."""
    order = mine.order
    return own(order.batch.group_buy, order.compound, language) | {
        NUMBER: escape(order.number),
        in_threes(NUMBER): escape(in_threes(order.number)),
        URL: escape(url),
        PLACED: escape(moment(order.placed_at, mine.now)),
        CONTENTS: "".join(drawn(line, language) for line in mine.lines),
        BUILDING: escape(order.building),
        UNIT: escape(order.unit),
        ROOM: escape(order.room),
        NAME: escape(order.name),
        str(TOTAL): yuan(order.total_cents),
    }


def drawn(line: OrderLine, language: str) -> str:
    """So many of one package, in the current language: the same for all who have that many."""
    stock = line.stock
    key = (stock.code, stock.title, stock.version_id, line.quantity, language)
    name = "residents/mine/line.html"
    return LINES.get(key, lambda: render_to_string(name, {"line": line}))


def frame(request: HttpRequest, mine: Mine, *, is_helped: bool) -> bytes:
    """The page of an order alike, all of whose words are marks."""
    order = stand_in(mine.order)
    asked = HttpRequest()
    asked.path = reverse("my-order", args=[NUMBER])
    asked.GET = QueryDict(request.META.get("QUERY_STRING", ""))
    asked.LANGUAGE_CODE = request.LANGUAGE_CODE
    asked.type_size = request.type_size  # type: ignore[attr-defined]
    context = {
        "mine": Mine(order, [], OrderNews(), mine.now),
        "order": order,
        "batch": order.batch,
        "now": mine.now,
        "is_helped": is_helped,
        "is_new": "new" in asked.GET,
        "is_changed": "changed" in asked.GET,
        "url": URL,
        "code": reverse("my-order-code", args=[NUMBER]),
        "help_footer": HELP,
        "placed": PLACED,
        "drawn": CONTENTS,
        **reading(asked),
    }
    return render_to_string("residents/mine/order.html", context).encode()


def stand_in(order: Order) -> Order:
    """Like this one in what the page depends on, and with none of its words."""
    other = Order(
        number=NUMBER,
        channel=order.channel,
        building=BUILDING,
        unit=UNIT if order.unit else "",
        room=ROOM,
        name=NAME if order.name else "",
        total_cents=TOTAL * 100,
    )
    other.batch = order.batch
    other.compound = any_compound()
    other.compound.kind = order.compound.kind
    return other
