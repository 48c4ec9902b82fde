"""A line taken apart: every token belongs to exactly one piece."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from orders.reading.atoms import run
from orders.reading.baskets import Basket, basket
from orders.reading.homes import Place, place
from orders.reading.known import Known
from orders.reading.numbers import MONEY, PHONE, Figure, figure
from orders.reading.opening import Opening
from orders.reading.people import name_at
from orders.reading.places import Step, walk
from orders.reading.plain import Plain
from orders.reading.tokens import (
    CHINESE_NUMBER,
    CIRCLED_NUMBER,
    HAN,
    LETTERS,
    MARK,
    NUMBER,
    SPACE,
    WORD,
    Token,
)
from orders.reading.words import Tag

HOME, DROP, BASKET, NAME, FIGURE, WORDS, REST = (
    "home",
    "drop",
    "basket",
    "name",
    "figure",
    "word",
    "rest",
)


NOWHERE = Place()
_HOUSEHOLDS = ("家", "户", "人", "口")
_BUILDINGS = (Tag.BUILDING, Tag.ROOM_LABEL)


class Piece(NamedTuple):
    kind: str
    first: int  # token
    last: int
    place: Place = NOWHERE
    basket: Basket | None = None
    figure: Figure | None = None
    tag: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Taken:
    """One line, its tokens behind the opening, and the pieces they make."""

    number: int
    text: str
    plain: Plain
    opening: Opening
    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]

    def of(self, kind: str) -> Sequence[Piece]:
        return self._by_kind.get(kind, ())

    @cached_property
    def tags(self) -> set[str]:
        return {p.tag for p in self.pieces if p.tag}

    @cached_property
    def _by_kind(self) -> dict[str, list[Piece]]:
        found: dict[str, list[Piece]] = {}
        for piece in self.pieces:
            found.setdefault(piece.kind, []).append(piece)
        return found

    def said(self, piece: Piece) -> str:
        """The piece as it was typed."""
        return self.between(piece.first, piece.last)

    def between(self, first: int, last: int) -> str:
        start, end = self.span(first, last)
        return self.text[start:end]

    def span(self, first: int, last: int) -> tuple[int, int]:
        at = self.plain.at
        return at[self.tokens[first].start], at[self.tokens[last - 1].end - 1] + 1


def pieces(tokens: Sequence[Token], known: Known) -> list[Piece]:
    found: list[Piece] = []
    here = 0
    while here < len(tokens):
        piece = _piece(tokens, here, known)
        found.append(piece)
        here = piece.last
    return found


Maker = Callable[[Sequence[Token], int, Known], Piece | None]


def _piece(tokens: Sequence[Token], at: int, known: Known) -> Piece:
    token = tokens[at]
    if token.tag is not None and token.tag not in _BEGINNING:
        return Piece(WORDS, at, at + 1, tag=token.tag)
    for make in _MAKERS.get(token.kind, ()):
        if piece := make(tokens, at, known):
            return piece
    return Piece(REST, at, at + 1)


def _figure(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    priced = tokens[at].number and tokens[at].number in known.prices
    if priced and run(tokens, at, known, lambda _: True):
        return None
    found = figure(tokens, at)
    return Piece(FIGURE, at, found.last, figure=found) if found else None


def _drop(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    """放3-502: a home where the goods are put, not whose they are."""
    if tokens[at].tag != Tag.PLACE:
        return None
    after = at + 1
    while after < len(tokens) and tokens[after].kind == SPACE:
        after += 1
    if after < len(tokens) and (home := _home(tokens, after, known)):
        return Piece(DROP, at, home.last, place=home.place)
    return Piece(WORDS, at, at + 1, tag=Tag.PLACE)


def _road(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    """紫龙路 before its number; another road than the compound's is another place."""
    if tokens[at].tag == Tag.ROAD_KNOWN:
        return Piece(WORDS, at, at + 1, tag=Tag.NOISE)
    named = tokens[at].kind == HAN and at + 2 < len(tokens)
    if named and tokens[at + 1].tag == Tag.ROAD and tokens[at + 2].number:
        other = bool(known.road) and known.road != tokens[at].text + tokens[at + 1].text
        if other:
            return Piece(HOME, at, at + 2, place=Place(unclear="other_lane"))
        return Piece(WORDS, at, at + 2, tag=Tag.NOISE)
    return None


def _home(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    token = tokens[at]
    lettered = token.kind == LETTERS and len(token.text) == 1
    lettered = lettered and _names_building(tokens, at + 1)
    if not (token.number or lettered or token.tag == Tag.ROOM_NAME):
        return None
    if at and (tokens[at - 1].kind == LETTERS or _behind_sign(tokens, at)):
        return None
    found = walk(tokens, at)
    if found and len(found.steps) > 1 and figure(tokens, found.steps[1].first):
        return None  # A套餐1 138 0013 8000
    said = place(found, known) if found else None
    if found is None or said is None or _counted_on(tokens, found.last):
        return None
    return Piece(HOME, at, found.last, place=said, steps=found.steps)


def _names_building(tokens: Sequence[Token], at: int) -> bool:
    """Whether A座 or A # may go on here."""
    behind = tokens[at] if at < len(tokens) else None
    return behind is not None and (
        behind.kind == SPACE or behind.text == "#" or behind.tag in _BUILDINGS
    )


def _behind_sign(tokens: Sequence[Token], at: int) -> bool:
    """A number behind a dash or tilde belongs to what stands before it."""
    return tokens[at - 1].kind == MARK and tokens[at - 1].text in "-~" and at > 1


def _counted_on(tokens: Sequence[Token], at: int) -> bool:
    """502份, 200元: a number of goods or money."""
    spelt = tokens[at - 1].kind == CHINESE_NUMBER and len(tokens[at - 1].text) > 3
    if spelt and at < len(tokens) and tokens[at].text in _HOUSEHOLDS:
        return True  # 六零二一家
    units = (Tag.MEASURE, Tag.MONEY, Tag.WEIGHT, Tag.AGE)
    floor = at < len(tokens) and tokens[at].text in ("楼", "层")
    return floor or (at < len(tokens) and tokens[at].tag in units)


def _basket(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    def stops(here: int) -> bool:
        if here == at:  # this one was neither
            return False
        return bool(figure(tokens, here)) or _home(tokens, here, known) is not None

    found = run(tokens, at, known, stops)
    if found is None:
        return None
    if _floor_mark(tokens, found.last):
        return Piece(HOME, at, found.last, place=Place(unclear="floor_mark"))
    return Piece(BASKET, at, found.last, basket=basket(found))


def _floor_mark(tokens: Sequence[Token], at: int) -> bool:
    """B1-03: what looks like a package with a count goes on as a room."""
    return (
        at + 1 < len(tokens)
        and tokens[at - 1].kind == NUMBER
        and at > 1
        and tokens[at - 2].kind == LETTERS
        and tokens[at].text == "-"
        and bool(tokens[at + 1].number)
    )


def _name(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    last = name_at(tokens, at)
    return Piece(NAME, at, last) if last > at else None


def _word(tokens: Sequence[Token], at: int, known: Known) -> Piece | None:
    token = tokens[at]
    if token.kind == WORD and token.tag:
        return Piece(WORDS, at, at + 1, tag=token.tag)
    return None


_BEGINNING = {  # words that more than themselves may begin with
    Tag.PHONE,
    Tag.TAIL,
    Tag.DAY,
    Tag.TITLE,
    Tag.PLACE,
    Tag.ROAD_KNOWN,
    Tag.ROOM_NAME,
    Tag.PACKAGE,
    Tag.EACH,
    Tag.MONEY,
}
_COUNTED: tuple[Maker, ...] = (_figure, _name, _home, _basket)
_MAKERS: dict[str, tuple[Maker, ...]] = {
    NUMBER: _COUNTED,
    CHINESE_NUMBER: _COUNTED,
    CIRCLED_NUMBER: _COUNTED,
    LETTERS: (_home, _basket),
    HAN: (_name, _road),
    MARK: (_figure,),
    WORD: (_figure, _name, _drop, _road, _home, _basket, _word),
}

__all__ = ["MONEY", "PHONE", "Piece", "Taken", "pieces"]
