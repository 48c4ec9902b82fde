"""Lines that are no order: headers, notices, price lists, questions, wishes, chatter."""

from orders.reading.entries import Entries
from orders.reading.known import Known
from orders.reading.numbers import MONEY, NOTE, PHONE
from orders.reading.outcome import Outcome, Scope, ignored, review
from orders.reading.pieces import BASKET, FIGURE, HOME, NAME, REST, WORDS, Taken
from orders.reading.remarks import Remarks
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.tokens import HAN, LETTERS, MARK, SIGN, SPACE, WORD
from orders.reading.words import HEADS, LISTS, Tag

_WANTS = frozenset(
    ["想要", "想买", "希望", "求", "求购", "来点", "想吃", "想喝", "加点", "急求", "急需", "需求", "求加", "增加点"]
)
_ABOUT = frozenset(
    ["什么", "啥", "哪些", "哪个", "哪", "多少钱", "多少", "几斤", "几只", "几点", "怎么", "怎样", "如何", "为什么", "为啥", "何时", "什么时候", "啥时候", "谁", "有哪些", "区别", "哪种", "咋", "几", "几个", "几份", "几样"]
)
_ACTS = {
    Tag.CANCEL,
    Tag.SET,
    Tag.CHANGE,
    Tag.WRONG,
    Tag.ADD,
    Tag.DROP,
    Tag.SAME,
    Tag.VAGUE,
}
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


def set_aside(taken: Taken) -> Outcome | None:
    """Markup, examples and what its writer calls a duplicate."""
    solid = [t for t in taken.tokens if t.kind not in (SPACE, MARK, SIGN)]
    if not solid:
        return ignored("sender" if taken.opening.stamped else "markup")
    first = next((t for t in taken.tokens if t.kind not in (SPACE, MARK)), None)
    if first is not None and first.tag is Tag.EXAMPLE:
        return ignored("example")
    tags = taken.tags()
    if Tag.TWICE in tags and Tag.IGNORE in tags:
        return ignored("duplicate")
    if taken.plain.text.lstrip().startswith("="):
        return review("formula")
    return None


def asked(taken: Taken, found: Entries, remarks: Remarks) -> Outcome | None:
    """A wish or a question; None where an order may hide in it."""
    tags = taken.tags()
    words = {taken.tokens[p.first].text for p in taken.of(WORDS)}
    question = Tag.ASK in tags or any(t.text == "?" for t in taken.tokens)
    counted = any(not item.assumed for item in found.items) or _fault(taken)
    if counted or not (question or tags & {Tag.WISH, Tag.GONE}):
        return None
    if Tag.HOLDS in tags and question and "没有" not in words:
        return ignored("question")
    homes = [e for e in found.homes if e.place.room]
    if Tag.GONE in tags and (question or homes or Tag.WISH in tags):
        return _wish(found)
    if Tag.GONE in tags:
        return ignored("notice")
    if Tag.WISH in tags or ("还有" in words and not words & _ABOUT):
        longs = bool(words & _WANTS) and bool(found.items)
        return None if longs else _wish(found)
    if Tag.OR in tags or tags & _ACTS or (homes and found.items):
        return ignored("question") if words & _ABOUT and not homes else None
    if homes and not words & _ABOUT:
        return None
    if not words & _ABOUT and not _said(taken) and (found.items or homes):
        return None  # "A?"
    return ignored("question")


def _fault(taken: Taken) -> bool:
    return any(
        p.basket and p.basket.fault and p.basket.fault != "package_twice"
        for p in taken.of(BASKET)
    )


def _said(taken: Taken) -> bool:
    return any(t.kind == HAN for t in taken.tokens) or Tag.ASK in taken.tags()


def _wish(found: Entries) -> Outcome:
    orders = tuple(
        Understood(e.place.building, e.place.unit, e.place.room, name=e.name)
        for e in found.homes
        if e.place.room
    )
    return Outcome(Verdict.DEMAND, Why("demand"), orders)


def spoken(
    taken: Taken, found: Entries, remarks: Remarks, known: Known, scope: Scope
) -> Outcome | None:
    """A line without a room: header, contact, notice, price list or chatter."""
    if any(e.place.room or e.place.unclear for e in found.homes):
        return None
    tags = taken.tags()
    listed = taken.of(BASKET)
    if _contact(taken, found):
        unsure = bool(found.homes) and found.homes[0].place.building != scope.building
        header = Scope(scope.building, scope.unit, unsure=True) if unsure else None
        return Outcome(Verdict.IGNORE, Why("contact"), header=header)
    if (header := _header(taken, found)) is not None:
        return header
    if Tag.NOTICE in tags and not _hidden(taken):
        return ignored("notice")
    if listed:
        return ignored("prices") if not found.homes and _prices(taken, tags) else None
    if found.homes:
        return None
    return _chatter(taken, tags)


def _contact(taken: Taken, found: Entries) -> bool:
    """楼长王阿姨 138…: whom to call, not whom to bring to."""
    words = {taken.tokens[p.first].text for p in taken.of(WORDS)}
    figures = [p.figure.kind for p in taken.of(FIGURE) if p.figure]
    named = bool(taken.of(NAME)) or PHONE in figures
    return bool(words & HEADS) and named and not taken.of(BASKET)


def _header(taken: Taken, found: Entries) -> Outcome | None:
    if len(found.homes) != 1 or taken.of(BASKET) or taken.of(NAME):
        return None
    place = found.homes[0].place
    if not (place.building or place.unit):
        return None
    for piece in taken.pieces:
        token = taken.tokens[piece.first]
        plain = piece.kind == HOME or token.kind in (SPACE, MARK, SIGN)
        listed = piece.tag in _LISTED or token.text in LISTS
        dated = token.kind == HAN and token.text in ("月", "日", "年")
        if token.text == "?" or not (plain or listed or dated):
            return None
    return Outcome(
        Verdict.IGNORE,
        Why("header", {"building": place.building or place.unit}),
        header=Scope(place.building, place.unit),
    )


def _hidden(taken: Taken) -> bool:
    """A notice that may hide somebody's order: a count of a package with a name by it."""
    counted = any(
        p.basket and any(not i.assumed for i in p.basket.items)
        for p in taken.of(BASKET)
    )
    return counted and bool(taken.of(NAME))


def _prices(taken: Taken, tags: set[Tag]) -> bool:
    """A package with its price or contents, and nobody who wants one."""
    baskets = [p.basket for p in taken.of(BASKET) if p.basket]
    counted = any(not i.assumed for b in baskets for i in b.items)
    priced = Tag.MONEY in tags or any(
        p.figure and p.figure.kind == MONEY for p in taken.of(FIGURE)
    )
    held = bool(tags & {Tag.HOLDS, Tag.WEIGHT})
    told = sum(1 for p in taken.of(REST) if taken.tokens[p.first].kind == HAN)
    if taken.of(NAME) or tags & (_ACTS - {Tag.VAGUE}):
        return False
    if counted or any(b.fault == "quantity" for b in baskets):
        return priced and held
    return priced or held or (told > 0 and Tag.WANT not in tags)


def _chatter(taken: Taken, tags: set[Tag]) -> Outcome | None:
    """Words without any number, package or wish to have."""
    if Tag.LIST in tags and not taken.of(FIGURE) and not tags & _ACTS:
        return None if any(t.number for t in taken.tokens) else ignored("header_words")
    if any(t.number or t.kind == LETTERS for t in taken.tokens):
        quiet = all(_quiet(taken, p.first) for p in taken.pieces)
        return ignored("chatter") if quiet else None
    acts = tags & (_ACTS | {Tag.OR, Tag.MEASURE, Tag.PROXY})
    wants = any(t.text in _MINE for t in taken.tokens)
    return None if acts or wants else ignored("chatter")


_MINE = frozenset(["我要", "我订", "我买", "我来", "我报", "我家要", "我们要", "我家订", "要", "订", "买", "不要"])


def _quiet(taken: Taken, at: int) -> bool:
    token = taken.tokens[at]
    return (
        token.tag is Tag.CHAT
        or token.kind in (SPACE, MARK, SIGN, WORD, HAN)
        or (
            token.kind == LETTERS
            and token.text not in ("A", "B", "C")
            and len(token.text) > 2
        )
    )


__all__ = ["NOTE", "asked", "set_aside", "spoken"]
