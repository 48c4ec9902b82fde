"""Lines without anybody's order: headers, contacts, notices, price lists, chatter."""

from dataclasses import replace

from orders.reading.entries import Entries
from orders.reading.homes import Place
from orders.reading.numbers import MONEY, NOTE, PHONE
from orders.reading.outcome import Outcome, Scope, ignored
from orders.reading.pieces import (
    BASKET,
    FIGURE,
    HOME,
    NAME,
    NOWHERE,
    REST,
    WORDS,
    Piece,
    Taken,
)
from orders.reading.shapes import Verdict, Why
from orders.reading.tokens import HAN, LETTERS, MARK, SIGN, SPACE
from orders.reading.words import HEADS, LISTS, PAST, Tag, listed

_ACTS = {
    Tag.CANCEL,
    Tag.SET,
    Tag.CHANGE,
    Tag.WRONG,
    Tag.ADD,
    Tag.DROP,
    Tag.SAME,
}
_MAYBE = _ACTS | {Tag.IGNORE, Tag.VAGUE, Tag.OR, Tag.MEASURE, Tag.PROXY, Tag.ALL}
_LISTED = {
    Tag.LIST,
    Tag.NOISE,
    Tag.CHAT,
    Tag.DAY,
    Tag.ABOVE,
    Tag.COMPOUND,
    Tag.WANT,
    Tag.ROAD_KNOWN,
}
_TOLD = {
    Tag.EXAMPLE,
    Tag.ROOM_LABEL,
    Tag.PACKAGE,
    Tag.MEASURE,
    Tag.NOTE_TAIL,
    Tag.PLACE,
}
_TELLING = frozenset("年月日写填按在请发报注明标清楚好格式如下于从此往起")
_MINE = listed("我要 我订 我买 我来 我报 我家要 我们要 我家订 要 订 买 不要")


def board(taken: Taken, found: Entries, scope: Scope) -> Outcome | None:
    """What such a line is; None where it may be an order after all."""
    if _contact(taken, found):
        introduced = _introduced(taken, found)
        return _heads(found.homes[0].place) if introduced else _contacts(found, scope)
    if any(e.place.room or e.place.unclear for e in found.homes):
        return None
    return _header(taken, found) or _told(taken, found, scope)


def _told(taken: Taken, found: Entries, scope: Scope) -> Outcome | None:
    tags = taken.tags
    if Tag.NOTICE in tags and not _hidden(taken):
        return ignored("notice")
    if _address(taken):
        return ignored("header_words")
    if _goods(taken):
        return ignored("prices")
    if taken.of(BASKET):
        prices = not found.homes and _prices(taken, tags)
        return ignored("prices") if prices else None
    return None if found.homes else _chatter(taken, tags, scope)


def _contact(taken: Taken, found: Entries) -> bool:
    """楼长王阿姨 138…: whom to call, not whom to bring to."""
    if taken.of(BASKET):
        return False
    phone = any(p.figure and p.figure.kind == PHONE for p in taken.of(FIGURE))
    named = bool(taken.of(NAME))
    heads = {p.last for p in taken.of(WORDS) if taken.said(p) in HEADS}
    if any(e.place.room for e in found.homes):
        return phone and any(p.first in heads for p in taken.of(NAME))
    return bool(heads) and (phone or named)


def _introduced(taken: Taken, found: Entries) -> bool:
    """三号楼 楼长王阿姨: a heading that says who looks after the building."""
    if len(found.homes) != 1 or taken.of(FIGURE) or not found.homes[0].place.building:
        return False
    first, last = found.homes[0].first, found.homes[0].last
    gap = last < len(taken.tokens) and taken.tokens[last].kind in (SPACE, MARK)
    others = (p for p in taken.pieces if p.kind not in (HOME, NAME))
    alone = all(_listed(taken, p, told=False) or taken.said(p) in HEADS for p in others)
    return first == 0 and gap and alone


def _contacts(found: Entries, scope: Scope) -> Outcome:
    building = next((e.place.building for e in found.homes), "")
    unsure = bool(building) and building != scope.building
    header = Scope(scope.building, scope.unit, unsure=True) if unsure else None
    return Outcome(Verdict.IGNORE, Why("contact"), header=header)


def _header(taken: Taken, found: Entries) -> Outcome | None:
    """A building, or a unit, and nothing but words for lists beside it."""
    if len(found.homes) != 1 or taken.of(BASKET) or taken.of(NAME):
        return None
    place = found.homes[0].place
    if not (place.building or place.unit):
        return None
    kept = (
        any(taken.said(p) in LISTS for p in taken.of(WORDS)) or "(" in taken.plain.text
    )
    if not all(_listed(taken, piece, told=kept) for piece in taken.pieces):
        return None
    return _heads(place)


def _heads(place: Place) -> Outcome:
    why = Why("header", {"building": place.building})
    return Outcome(
        Verdict.IGNORE,
        why if place.building else Why("header_unit", {"unit": place.unit}),
        header=Scope(place.building, place.unit),
    )


def _listed(taken: Taken, piece: Piece, *, told: bool) -> bool:
    """A word for a list; where it is one, also how and until when to write in it."""
    token = taken.tokens[piece.first]
    if token.text == "?":
        return False
    if piece.kind == HOME or token.kind in (SPACE, MARK, SIGN):
        return True
    han = token.kind == HAN and all(
        c in (_TELLING if told else "年月日") for c in token.text
    )
    if told and (piece.tag in _TOLD or (piece.figure and piece.figure.kind == NOTE)):
        return True
    return piece.tag in _LISTED or token.text in LISTS or han


def _goods(taken: Taken) -> bool:
    """青菜2斤、土豆3斤: what a package holds, by weight."""
    tokens = taken.tokens
    numbers = [
        i
        for i, token in enumerate(tokens)
        if token.number and (i + 1 == len(tokens) or tokens[i + 1].kind != HAN)
    ]
    weighed = {p.first for p in taken.of(WORDS) if p.tag == Tag.WEIGHT}
    return len(numbers) > 1 and all(i + 1 in weighed for i in numbers)


def _address(taken: Taken) -> bool:
    """紫龙路500弄, and no building."""
    solid = [p for p in taken.pieces if p.kind != REST and p.tag != Tag.NOISE]
    return bool(solid) and all(p.kind == HOME and p.place == NOWHERE for p in solid)


def _hidden(taken: Taken) -> bool:
    """A notice that may hide somebody's order: a count of a package with a name by it."""
    baskets = [p.basket for p in taken.of(BASKET) if p.basket]
    counted = any(not item.assumed for basket in baskets for item in basket.items)
    return counted and bool(taken.of(NAME))


def _prices(taken: Taken, tags: set[str]) -> bool:
    """A package with its price or contents, and nobody who wants one."""
    if taken.of(NAME) or tags & _ACTS:
        return False
    baskets = [p.basket for p in taken.of(BASKET) if p.basket]
    priced = Tag.MONEY in tags or any(
        p.figure and p.figure.kind == MONEY for p in taken.of(FIGURE)
    )
    held = bool(tags & {Tag.HOLDS, Tag.WEIGHT})
    counted = any(not i.assumed for b in baskets for i in b.items)
    if counted or any(b.fault == "quantity" for b in baskets):
        return priced and held
    told = any(taken.tokens[p.first].kind == HAN for p in taken.of(REST))
    named = any(b.items for b in baskets)
    return priced or held or (told and named and Tag.WANT not in tags)


def _calm(piece: Piece) -> bool:
    """A name or a time; its numerals count nothing."""
    timed = piece.figure is not None and piece.figure.kind == NOTE
    return piece.kind == NAME or timed


def _headed(taken: Taken) -> bool:
    """昨天的接龙：, or 今天接龙: a heading of a day's rows."""
    words = {taken.said(p) for p in taken.of(WORDS)}
    if words & PAST and taken.plain.text.rstrip().endswith(":"):
        return True
    dated = bool(words & (PAST | {"今天", "今日"}))
    return dated and taken.plain.text.rstrip(" :()").endswith(tuple(LISTS))


def _chatter(taken: Taken, tags: set[str], scope: Scope) -> Outcome | None:
    """Words without any number, package or wish to have."""
    calm = {i for p in taken.pieces if _calm(p) for i in range(p.first, p.last)}
    numbered = any(t.number for i, t in enumerate(taken.tokens) if i not in calm)
    lettered = any(t.kind == LETTERS and len(t.text) < 3 for t in taken.tokens)
    if numbered or lettered:
        return None
    if not tags & _ACTS and (Tag.LIST in tags or _headed(taken)):
        past = any(taken.said(p) in PAST for p in taken.of(WORDS))
        header = None if past == bool(scope.past) else replace(scope, past=past)
        return replace(ignored("header_words"), header=header)
    wants = any(t.text in _MINE for t in taken.tokens)
    return None if wants or tags & _MAYBE else ignored("chatter")
