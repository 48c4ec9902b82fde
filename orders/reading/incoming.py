"""Changes to goods that are no packages, or to another day's order."""

from collections.abc import Sequence

from orders.reading.pieces import BASKET, REST, WORDS, Piece, Taken
from orders.reading.shapes import Why
from orders.reading.tokens import HAN, LETTERS
from orders.reading.words import Tag

_BRINGING = (Tag.ADD, Tag.SET, Tag.DROP)
_NO_GOODS = {Tag.NOTICE, Tag.NOTE, Tag.HEAD, Tag.PARTY}
_PARTICLES = frozenset("了吧呢啊呀啦哦一下到成为")


def elsewhere(taken: Taken, words: Sequence[Piece]) -> Why | None:
    """Why a turning word may be about something else than this order's packages."""
    if other := _other_goods(taken, words):
        return Why("unknown_package", {"what": other})
    if _other_day(taken, words) or _unwanted_dish(taken, words):
        return Why("change_unclear")
    return None


def _other_goods(taken: Taken, words: Sequence[Piece]) -> str:
    """加牛奶, 换鸡蛋, 加一份牛奶: what comes in is no package, whatever stands before."""
    first = next((p.last for p in words if p.tag in _BRINGING), len(taken.tokens))
    while first < len(taken.tokens) and taken.tokens[first].tag == Tag.MEASURE:
        first += 1
    named = [p.first for p in taken.of(BASKET) if p.basket and p.basket.items]
    end = next((at for at in named if at >= first), len(taken.tokens))
    for piece in taken.of(REST):
        if first <= piece.first < end and taken.tokens[piece.first].kind in (
            HAN,
            LETTERS,
        ):
            said = taken.said(piece)
            if not all(c in _PARTICLES for c in said):
                return said
    behind = (p for p in taken.pieces if p.first == first and p.last <= end)
    return next((taken.said(p) for p in behind if p.tag in _NO_GOODS), "")


def _other_day(taken: Taken, words: Sequence[Piece]) -> bool:
    """A2 明天再订: another day's order, and A2 is still this day's."""
    if not any(p.tag in _BRINGING for p in words):
        return False
    days = (p for p in taken.pieces if p.tag in (Tag.DAY, Tag.WEEKDAY))
    return any(not taken.said(p).startswith("今") for p in days)


def _unwanted_dish(taken: Taken, words: Sequence[Piece]) -> bool:
    """不要肉 换B: B instead of the package, or of what is in it?"""
    nots = [p for p in taken.of(WORDS) if p.tag == Tag.NOT and p not in words]
    return any(taken.said(p) in ("不要", "别", "不吃", "没有") for p in nots)
