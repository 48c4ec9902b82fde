"""Whether the packages of a line fill its homes in one way only."""

from collections.abc import Sequence

from orders.reading.baskets import Item
from orders.reading.entries import Entry
from orders.reading.numbers import MONEY
from orders.reading.pieces import BASKET, FIGURE, HOME, WORDS, Piece, Taken
from orders.reading.shapes import Why
from orders.reading.tokens import SPACE
from orders.reading.words import Tag

_PEOPLE = ("家", "户", "人", "口", "位", "代", "户人家", "个人")
_TIES = frozenset("+*=:(")


def unsure_packages(taken: Taken, homes: Sequence[Entry]) -> Why | None:
    """Why the packages of a line cannot be taken as they stand."""
    baskets = taken.of(BASKET)
    if not all(_sums(taken, p) for p in taken.of(WORDS) if p.tag == Tag.SUM):
        return Why("sum")
    if any(doubled(entry.items) for entry in homes):
        return Why("package_twice")
    beside = any(_behind_remark(taken, p) for p in baskets[1:])
    beside = beside or any(
        _of_people(taken, p) or _open_count(taken, p) for p in baskets
    )
    if beside or (len(baskets) > 1 and any(_aside(taken, p) for p in baskets)):
        return Why("quantity_unclear")
    return _faulty(taken, homes) or _each(baskets, homes)


def _faulty(taken: Taken, homes: Sequence[Entry]) -> Why | None:
    """What is wrong with a basket by itself; a count that adds up the line is not."""
    meant = sum(item.quantity for entry in homes for item in entry.items)
    for piece in taken.of(BASKET):
        if piece.basket and piece.basket.fault:
            summed = _is_sum(taken, piece)
            if not summed or not meant:
                return Why(piece.basket.fault)
            if piece.basket.bare != meant:
                return Why("sum")
    return None


def _each(baskets: Sequence[Piece], homes: Sequence[Entry]) -> Why | None:
    each = any(p.basket and p.basket.each for p in baskets)
    single = [h for h in homes if len(h.items) == 1]
    if each and single and all(len(h.items) < 2 for h in homes):
        return Why("each_unclear")
    return None


def doubled(items: Sequence[Item]) -> bool:
    """A1 已付A2: one package at two places of the line."""
    return len({item.code for item in items}) < len(items)


def _behind_remark(taken: Taken, piece: Piece) -> bool:
    """A1 送B, A1 已付B1: brought or paid, or given with it, or ordered as well?"""
    ahead = next((p for p in taken.of(WORDS) if p.last == piece.first), None)
    if ahead is not None and taken.said(ahead) == "代订" and _behind_home(taken, ahead):
        return False  # 503的我代订B1
    return ahead is not None and ahead.tag in (Tag.NOTE, Tag.PLACE)


def _behind_home(taken: Taken, piece: Piece) -> bool:
    """Only whose it is stands between the home and the word."""
    before = [p for p in taken.pieces if p.last <= piece.first]
    while before and before[-1].tag == Tag.NOISE:
        before.pop()
    return bool(before) and before[-1].kind == HOME


def _of_people(taken: Taken, piece: Piece) -> bool:
    """A两家, A2人: a count of homes or people, and of packages only by chance."""
    tokens = taken.tokens
    counted = bool(tokens[piece.last - 1].number) and not tokens[piece.last - 1].code
    return counted and piece.last < len(tokens) and tokens[piece.last].text in _PEOPLE


def _open_count(taken: Taken, piece: Piece) -> bool:
    """B共2, A(2元), A+2点: what stands behind a package without a count may be its own."""
    tokens, at = taken.tokens, piece.last
    if piece.basket is None or not any(i.assumed for i in piece.basket.items[-1:]):
        return False
    while at < len(tokens) and (tokens[at].kind == SPACE or tokens[at].text in _TIES):
        at += 1
    if at >= len(tokens) or at == piece.last:
        glued = at < len(tokens) and tokens[at].tag == Tag.SUM
        return glued and tokens[at + 1 : at + 2] != () and tokens[at + 1].number != "1"
    tied = any(t.text in _TIES for t in tokens[piece.last : at])
    figure = any(p.first == at for p in taken.of(FIGURE))
    return tied and (figure or tokens[at].tag == Tag.SUM)


def _aside(taken: Taken, piece: Piece) -> bool:
    """(B) beside another package: maybe instead of it."""
    tokens = taken.tokens
    opens = piece.first > 0 and tokens[piece.first - 1].text == "("
    return opens and piece.last < len(tokens) and tokens[piece.last].text == ")"


def _sums(taken: Taken, piece: Piece) -> bool:
    """共3份, 共60元: what it adds up is this line's own."""
    after = next((p for p in taken.pieces if p.first == piece.last), None)
    if after is None:
        return False
    money = after.figure is not None and after.figure.kind == MONEY
    return money or (after.basket is not None and after.basket.bare > 0)


def _is_sum(taken: Taken, piece: Piece) -> bool:
    """A1 B2 共3份: a count that only adds up the line."""
    ahead = next((p for p in taken.of(WORDS) if p.last == piece.first), None)
    return ahead is not None and ahead.tag == Tag.SUM
