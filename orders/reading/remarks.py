"""What stands between home and packages: noise, remarks to keep, and what is left over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orders.reading.nicknames import is_estate, is_nickname
from orders.reading.notes import NOISE, TURNING, around, is_han, is_note, softened
from orders.reading.numbers import NOTE
from orders.reading.pieces import (
    BASKET,
    DROP,
    FIGURE,
    HOME,
    NAME,
    REST,
    WORDS,
    Piece,
    Taken,
)
from orders.reading.tokens import LETTERS, MARK, SIGN, SPACE, Token
from orders.reading.words import Tag

_QUIET = frozenset(",;。、!:()'._|…·")
_STARS = "*＊﹡∗"
_GLAD = frozenset(
    "🙏👉👈😊👍🌹😄😁❤💐🌸✅☑✔🎉😂😃😀🤝👏💪🌷🌺🥰😘😜☺😆🙂♥💕🌻🍀✨🌟⭐👌🤗😬😅🧧🏠🏡🚪📞📱☎🥬🥚🐔🍅🥕🥔🌽🐖🐟🥩🛒📦、▪●■◆★☆⬛▶"
)


@dataclass(frozen=True, slots=True)
class Remarks:
    """Notes and nicknames as token ranges, and the pieces that nothing explains."""

    notes: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int], ...]
    left: tuple[Piece, ...]


def remarks(taken: Taken, quiet: frozenset[str] = frozenset()) -> Remarks:
    """``quiet`` are tags that the caller has understood by itself."""
    notes: list[tuple[int, int]] = []
    names: list[tuple[int, int]] = []
    left: list[Piece] = []
    places = _name_places(taken)
    homes = {p.first for p in taken.pieces if p.kind == HOME}
    packages = {p.first for p in taken.pieces if p.kind == BASKET}
    called = {p.first: p.last for p in taken.pieces if _is_title(taken, p)}
    for clause in _clauses(taken):
        rest = [p for p in clause if not _noise(taken, p, quiet)]
        rest = [p for p in rest if not _before_home(p, homes)]
        rest += [p for p in clause if p.tag == Tag.PROXY and p.last in packages]
        if not rest:
            continue
        if is_note(taken, rest) and not _ordered_before(taken, clause):
            notes.append((clause[0].first, clause[-1].last))
        elif clause[0].first in places and _is_nickname(taken, clause, called):
            last = clause[-1].last
            names.append((clause[0].first, called.get(last, last)))
        elif not _is_estate(taken, rest):
            left += rest
    return Remarks(tuple(notes), tuple(names), tuple(left))


def _ordered_before(taken: Taken, clause: Sequence[Piece]) -> bool:
    """备注：之前订的: of an order that was given earlier."""
    wants = {p.last for p in clause if p.tag == Tag.WANT}
    return any(p.first in wants and taken.said(p)[0] in "的了过" for p in clause)


def _is_title(taken: Taken, piece: Piece) -> bool:
    """The 妈妈 of 豆豆妈妈 or 三毛妈妈; 王阿姨 is a name of its own."""
    if piece.kind != NAME:
        return False
    bare = taken.tokens[piece.first].tag == Tag.TITLE
    return bare or taken.tokens[piece.last - 1].text in ("妈妈", "爸爸")


def _name_places(taken: Taken) -> set[int]:
    """Where a nickname may begin: before the first home, or between home and packages."""
    places: set[int] = set()
    before, waiting = "", []
    for piece in taken.pieces:
        if piece.kind not in (HOME, BASKET, NAME, DROP, FIGURE):
            waiting.append(piece.first)
            continue
        if not before and piece.kind in (NAME, FIGURE):
            continue  # 豆豆|妈 5-101
        if (not before and piece.kind == HOME) or (before == HOME != piece.kind):
            places.update(waiting)
        waiting = []
        before = before if piece.kind in (NAME, FIGURE) else piece.kind
    return places


def _is_nickname(taken: Taken, clause: Sequence[Piece], called: dict[int, int]) -> bool:
    """The clause, with the 妈妈 behind it that stands for a name by itself."""
    last = clause[-1].last
    last = called.get(last, last)
    after = taken.tokens[last] if last < len(taken.tokens) else None
    if after is not None and (after.code or after.kind == LETTERS):
        return False  # 有机蔬菜 is other goods
    listed = bool(taken.opening.serial) or taken.opening.stamped
    listed = listed or (after is not None and after.text == ":")  # 百合：A1
    return is_nickname(taken.tokens[clause[0].first : last], listed=listed)


def _before_home(piece: Piece, homes: set[int]) -> bool:
    """邻居5-502, 我妈5-502: whose home it is, seen from the writer's."""
    return piece.tag in (Tag.OTHER_HOME, Tag.PARTY) and piece.last in homes


def _clauses(taken: Taken) -> Iterator[list[Piece]]:
    """Pieces between marks, homes and packages; behind 备注 all to the end is one."""
    clause: list[Piece] = []
    to_end = False
    for at, piece in enumerate(taken.pieces):
        if not to_end and _parts(taken, piece):
            if clause:
                yield clause
            clause = []
            if _loose(taken, at):
                yield [piece]
            continue
        clause.append(piece)
        to_end = to_end or piece.tag == Tag.NOTE_TAIL
    if clause:
        yield clause


def _parts(taken: Taken, piece: Piece) -> bool:
    if piece.kind in (HOME, BASKET, NAME, DROP):
        return True
    if piece.kind == FIGURE:
        return piece.figure is not None and piece.figure.kind != NOTE
    kind = taken.tokens[piece.first].kind
    return piece.kind == REST and kind in (SPACE, MARK)


def _loose(taken: Taken, at: int) -> bool:
    """A mark that is more than punctuation where it stands."""
    piece = taken.pieces[at]
    token = taken.tokens[piece.first]
    if piece.kind != REST or token.kind == SPACE:
        return False
    if token.text == "*" and taken.said(piece) not in _STARS:
        return True  # A2 ✖: struck out
    if token.text == "|":
        both = _beside(taken, at, -1), _beside(taken, at, 1)
        return all(p is not None and p.kind == BASKET for p in both)
    if token.text in "-=+/":
        return not _between(taken, at)
    return _odd(token, *around(taken, piece.first))


def _odd(token: Token, before: Token | None, after: Token | None) -> bool:
    """A mark that its neighbours make more than punctuation: 2.5, 2~3, 3#."""
    if token.text in _QUIET:
        return token.text == "." and _number(before) and _number(after)
    if token.text == "~":
        gentle = after is None or after.tag == Tag.NOISE
        return not gentle and after is not None and after.kind not in (SPACE, MARK)
    if token.text == "@":
        return after is None or after.kind == SPACE
    return token.text not in "*#" or _number(before) or _number(after)


def _number(token: Token | None) -> bool:
    return token is not None and bool(token.number)


def _between(taken: Taken, at: int) -> bool:
    """3-502-A2, A2+3-502: a sign joining two parts; or a bullet before the first."""
    piece = taken.pieces[at]
    before, after = _beside(taken, at, -1), _beside(taken, at, 1)
    sign = taken.tokens[piece.first].text
    if before is None:
        return sign == "-" and after is not None and after.kind == HOME
    if after is None:
        return False
    if sign == "-":
        glued = before.last == piece.first and after.first == piece.last
        kinds = (before.kind, after.kind)
        return glued and kinds in ((HOME, BASKET), (HOME, NAME), (NAME, BASKET))
    known = (HOME, BASKET, NAME, FIGURE, DROP, WORDS)
    return before.kind in known and after.kind in known and _whole(after)


def _beside(taken: Taken, at: int, step: int) -> Piece | None:
    """The next piece in that direction that is more than a space."""
    at += step
    while 0 <= at < len(taken.pieces):
        piece = taken.pieces[at]
        if piece.kind != REST or taken.tokens[piece.first].kind != SPACE:
            return piece
        at += step
    return None


def _whole(piece: Piece) -> bool:
    return piece.basket is None or piece.basket.fault != "missing_package"


def _noise(taken: Taken, piece: Piece, quiet: frozenset[str]) -> bool:
    if piece.kind == WORDS:
        return piece.tag in NOISE or piece.tag in quiet or softened(taken, piece)
    token = taken.tokens[piece.first]
    return piece.kind == REST and token.kind == SIGN and token.text in _GLAD


def _is_estate(taken: Taken, rest: Sequence[Piece]) -> bool:
    """嘉怡水岸: a compound's name in brackets or right before a home."""
    if len(rest) != 1 or not is_han(taken, rest[0]):
        return False
    said = taken.said(rest[0])
    if not is_estate(said) or any(c in TURNING for c in said):
        return False
    before, after = around(taken, rest[0].first)
    if before is not None and before.text == "(":
        return True
    gap = after is not None and after.kind == SPACE
    home = rest[0].last + 1 if gap else rest[0].last
    return any(p.first == home for p in taken.of(HOME))
