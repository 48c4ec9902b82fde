"""Finding an order by what people say: "品质苑 3-502", "pzy 3-502", 4 digits, a number."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from catalog.models import ServedPlace, Stock
from groupbuy.community.models import Compound, User
from groupbuy.community.queries.visible import compounds_of
from groupbuy.shared.text import plain
from orders.models import Order
from orders.queries.orders import visible_to
from orders.states import OrderState

MOST = 50  # rows shown; who gets more writes more
_HOME_PART = re.compile(r"\d+[甲乙丙丁A-Z]?|[A-Z]\d+")
_HOME_WORDS = re.compile(r"号楼|单元|[号栋幢座组楼室户房门#]")
_FROM_DIGIT = re.compile(
    r"^(?P<place>[^\d]*?)\s*(?P<home>(?:(?<![A-Z])[A-Z](?=\d))?\d.*)?$", re.DOTALL
)


@dataclass(frozen=True)
class Asked:
    """A search taken apart; what was not said is empty."""

    place: str = ""
    home: tuple[str, ...] = ()
    phone_end: str = ""
    number: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.place or self.home or self.phone_end or self.number)


def understood(text: str) -> Asked:
    """``"品质苑3号楼502室"`` → place and (3, 502); ``"8000"`` → the end of a phone, too.

    Four digits alone may be a phone's end or a room; more digits are a phone or a number.
    """
    words = plain(text).upper()
    digits = re.sub(r"[\s-]", "", words)
    if digits.isdecimal() and len(digits) >= 4 and not _looks_like_home(words):
        home = (digits,) if len(digits) == 4 else ()
        return Asked(home=home, phone_end=digits, number=digits)
    match = _FROM_DIGIT.match(words)
    if match is None:
        return Asked(place=words, number=digits)
    home_text = re.sub(r"(\d+)号([甲乙丙丁])", r"\1\2", match["home"] or "")
    home_text = _HOME_WORDS.sub(" ", home_text)
    home = tuple(_HOME_PART.findall(home_text))
    return Asked(place=match["place"].strip(), home=home, number=digits)


def _looks_like_home(words: str) -> bool:
    """``3-502`` and ``3 1 502`` are homes; ``138 0013 8000`` and ``021-64091234`` are not."""
    parts = re.split(r"[\s-]+", words)
    return len(parts) > 1 and sum(map(len, parts)) < 7 and not words.startswith("0")


def found(user: User, text: str, stock: Stock | None = None) -> list[Order]:
    """At most ``MOST`` orders, the newest delivery first, then as people count homes.

    With ``stock`` only standing orders that hold it; all of them where nothing was typed.
    """
    asked = understood(text)
    if asked.is_empty and stock is None:
        return []
    matching = visible_to(user)
    if not asked.is_empty:
        matching = matching.filter(
            _by_number(asked) | _by_phone(asked) | _by_home(user, asked)
        )
    if stock is not None:
        matching = matching.filter(lines__stock=stock, state=OrderState.STANDING)
    shown = matching.select_related("compound__committee", "batch__group_buy")
    ordered = shown.prefetch_related("lines__stock").order_by(
        "-batch__delivery_on", "compound__name", "building_sort", "room_sort", "id"
    )
    return list(ordered[:MOST])


NOTHING = Q(pk__in=[])


def _by_number(asked: Asked) -> Q:
    return Q(number__iexact=asked.number) if asked.number else NOTHING


def _by_phone(asked: Asked) -> Q:
    if not asked.phone_end:
        return NOTHING
    return Q(phone__endswith=asked.phone_end)


def _by_home(user: User, asked: Asked) -> Q:
    if asked.phone_end or not (asked.place or asked.home):
        return Q(room=asked.home[0]) if asked.home else NOTHING
    where = Q(compound__in=_places(user, asked.place)) if asked.place else Q()
    return where & _home(asked.home)


def _places(user: User, place: str) -> QuerySet[Compound]:
    """Compounds by a part of the name, or by the first letters of their pinyin."""
    return compounds_of(user).filter(
        Q(name__icontains=place) | Q(initials__istartswith=place.replace(" ", ""))
    )


def _home(parts: tuple[str, ...]) -> Q:
    """Building, unit and room as far as they were said; one part alone may be either."""
    match parts:
        case ():
            return Q()
        case (only,):
            return Q(building=only) | Q(room=only)
        case (building, room):
            return Q(building=building, room=room)
        case _:
            building, unit, room, *_rest = parts
            return Q(building=building, unit=unit, room=room)


def choices(user: User, order: Order) -> tuple[QuerySet[Compound], list[Stock]]:
    """Where this order could move to, and what it could hold: the person's served compounds,
    and every row of its day that is on sale or already in it."""
    served = ServedPlace.objects.filter(group_buy=order.batch.group_buy_id)
    compounds = compounds_of(user).filter(pk__in=served.values("compound"))
    held = [line.stock_id for line in order.lines.all()]
    rows = Stock.objects.filter(batch=order.batch_id).filter(
        Stock.ON_SALE | Q(pk__in=held)
    )
    return compounds, list(rows.order_by("code"))
