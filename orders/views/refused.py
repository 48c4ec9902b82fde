"""When a submitted order cannot be taken as it is: why, and the one button that helps."""

from collections.abc import Mapping, Sequence

from django.http.response import HttpResponseBase

from groupbuy.shared.errors import Refused
from orders.forms import field_of
from orders.models import OtherBody, SoldOut, TooLate
from orders.queries.page import Card, Phase, current, phase
from orders.views.sheet import Sheet, moved_to

CONFLICT, INVALID = 409, 422
SOLD_OUT = "residents/order/sold_out.html"


def refused(sheet: Sheet, refusal: Refused) -> HttpResponseBase:
    if isinstance(refusal, TooLate):
        response = too_late(sheet, refusal)
    elif isinstance(refusal, SoldOut):
        response = sold_out(sheet, refusal)
    elif isinstance(refusal, OtherBody):
        response = sheet.page(
            "residents/order/sent_before.html", CONFLICT, refusal=refusal
        )
    else:
        refusal = sheet.refuse(refusal)
        response = sheet.page("residents/order/form.html", INVALID)
    response["X-Refused"] = refusal.code  # for machines that order through this form
    return response


def too_late(sheet: Sheet, refusal: Refused) -> HttpResponseBase:
    """The basket is kept: for the next day if that is open, on the screen in any case."""
    batch = current(list(sheet.group_buy.batches.order_by("-delivery_on")[:4]))
    after = None
    if batch and phase(sheet.group_buy, batch, now=sheet.now) is Phase.OPEN:
        after = moved_to(sheet, batch)
    template = "residents/order/late.html"
    return sheet.page(template, CONFLICT, after=after, refusal=refusal)


def sold_out(sheet: Sheet, refusal: SoldOut) -> HttpResponseBase:
    """What is gone, and one button that orders the rest without it."""
    told = what_is_left(sheet.cards, sheet.form.items(), sheet.carried(), refusal)
    return sheet.page(SOLD_OUT, CONFLICT, **told)


def what_is_left(
    cards: Sequence[Card],
    items: Mapping[int, int],
    carried: Sequence[tuple[str, object]],
    refusal: SoldOut,
) -> dict[str, object]:
    """What of ``items`` (pieces by stock id) can still be had, and the form for just that."""
    lines = [
        (card, wanted, can_have(card, wanted, refusal))
        for card in cards
        if (wanted := items.get(card.stock.pk, 0))
    ]
    rest = {field_of(card): left or "" for card, _wanted, left in lines}
    return {
        "lines": lines,
        "rest": (dict(carried) | rest).items(),
        "rest_total": sum(c.stock.price_cents * left for c, _wanted, left in lines),
    }


def can_have(card: Card, wanted: int, refusal: SoldOut) -> int:
    """All of it, or of what was refused as many as are left this moment."""
    gone = card.stock.pk in refusal.stock_ids
    return min(wanted, max(card.most, 0), max(wanted - 1, 0)) if gone else wanted
