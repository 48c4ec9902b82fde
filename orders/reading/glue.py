"""Home and package written so close that a letter or number may belong to either."""

from collections.abc import Iterable, Sequence

from orders.reading.entries import Entry
from orders.reading.pieces import BASKET, Piece, Taken
from orders.reading.tokens import LETTERS, WORD


def is_glued(taken: Taken, homes: Sequence[Entry]) -> bool:
    ends = {entry.last: entry for entry in homes}
    return any(_glued(taken, piece, ends) for piece in taken.of(BASKET))


def _glued(taken: Taken, piece: Piece, homes: dict[int, Entry]) -> bool:
    """3-1012A may be 1012 A or 101 2A; 3-502A B1 may name a flat 502A; A 2 502 a home."""
    entry = homes.get(piece.first)
    if entry is None or not piece.basket or not piece.basket.items:
        return _spaced(piece, homes.values())
    token = taken.tokens[piece.first]
    first = piece.basket.items[0]
    if token.kind != LETTERS or not first.assumed:
        return False
    if "-" in entry.place.room:  # 4-301-2A
        return True
    if not entry.place.room.isdecimal():
        return False
    room = entry.place.room
    if len(room) == 4 and 1 <= int(room[1:3]) <= 12 and room[3] != "0":
        return True
    return taken.tokens[entry.last - 1].kind != WORD and _apart(taken, piece)


def _apart(taken: Taken, piece: Piece) -> bool:
    """502A B: the letter may be the flat's where more packages follow."""
    more = len(piece.basket.items) > 1 if piece.basket else False
    after = taken.tokens[piece.first + 1] if piece.first + 1 < piece.last else None
    return more and (after is None or after.text in (" ", ","))


def _spaced(piece: Piece, homes: Iterable[Entry]) -> bool:
    """A 2 502: the count may be the home's building; of a package without one."""
    if not piece.basket or not any(i.assumed for i in piece.basket.items[-1:]):
        return False
    follows = next((h for h in homes if h.first > piece.first), None)
    return follows is not None and follows.place.spaced
