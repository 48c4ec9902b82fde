"""Pieces of one line brought together: whose, what, and everything said beside it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from orders.reading.baskets import Basket, Item
from orders.reading.homes import Place
from orders.reading.known import Known
from orders.reading.numbers import MONEY, PHONE
from orders.reading.pieces import BASKET, DROP, FIGURE, HOME, NAME, Piece, Taken
from orders.reading.remarks import Remarks


@dataclass
class Entry:
    """One home's part of a line, still as read."""

    place: Place
    first: int
    last: int
    items: list[Item] = field(default_factory=list)
    name: str = ""
    phone: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Entries:
    """All homes of a line in order; ``fault`` why they cannot be told apart."""

    homes: tuple[Entry, ...]
    items: tuple[Item, ...]
    fault: str = ""


def entries(taken: Taken, remarks: Remarks, known: Known) -> Entries:
    homes = _homes(taken, known)
    baskets = [p for p in taken.of(BASKET) if p.basket]
    items = [i for p in baskets for i in p.basket.items] if baskets else []  # type: ignore[union-attr]
    fault = _share(homes, baskets)
    for piece in taken.pieces:
        _beside(taken, homes, piece)
    for first, last in remarks.names:
        if entry := _nearest(homes, first):
            entry.name = taken.between(first, last)
    for first, last in _noted(taken, remarks):
        if entry := _nearest(homes, first):
            entry.notes.append(taken.between(first, last).strip(" ,，:：;；。()（）、"))
    return Entries(tuple(homes), tuple(items), fault)


def _homes(taken: Taken, known: Known) -> list[Entry]:
    """Homes with what goes before them: the lane alone, 3号楼 named once for its rooms."""
    found: list[Entry] = []
    for piece in taken.of(HOME):
        place = piece.place
        if place == Place():
            continue
        if found and _is_lane(taken, found[-1], piece, known):
            found[-1] = Entry(place, found[-1].first, piece.last)
        elif found and _goes_before(found[-1].place, place, known):
            last = found.pop()
            place = _within(last.place, place, known)
            found.append(Entry(place, last.first, piece.last))
        else:
            found.append(Entry(place, piece.first, piece.last))
    return _opened(found)


def _is_lane(taken: Taken, before: Entry, after: Piece, known: Known) -> bool:
    """500，3，502: the compound's own number, written as a part of the home."""
    said, place = before.place, after.place
    bare = said.room == known.lane != "" and not said.building and not said.unit
    between = (
        taken.between(before.last, after.first) if before.last < after.first else ""
    )
    near = between.strip() in (",", "，", "、", "/", "+", "")
    return bare and near and bool(place.building and place.room) and place.short


def _goes_before(before: Place, after: Place, known: Known) -> bool:
    if before.unclear or after.unclear or before.room:
        return False
    return not after.building or before.building == known.lane != ""


def _within(before: Place, after: Place, known: Known) -> Place:
    if after.building:
        return after  # what stood before was the lane
    return Place(
        before.building,
        after.unit or before.unit,
        after.room,
        opened=True,
    )


def _opened(found: list[Entry]) -> list[Entry]:
    """3号楼：301 A1 302 B1: the building named with a colon holds for the line."""
    if not found or not found[0].place.opened:
        return found
    first = found[0].place
    for entry in found[1:]:
        place = entry.place
        if place.room and not place.building and not place.unclear:
            unit = place.unit or first.unit
            entry.place = Place(first.building, unit, place.room)
    return found


def _share(homes: Sequence[Entry], baskets: Sequence[Piece]) -> str:
    """Packages to the homes they belong to; a code where that is open."""
    if not homes:
        return ""
    if len(homes) == 1:
        homes[0].items += [i for p in baskets for i in _items(p)]
        return ""
    if baskets and baskets[0].first < homes[0].first:
        return _each_before(homes, baskets)
    for piece in baskets:
        if entry := _nearest(homes, piece.first):
            entry.items += _items(piece)
    return ""


def _items(piece: Piece) -> Sequence[Item]:
    basket: Basket | None = piece.basket
    return basket.items if basket else ()


def _each_before(homes: Sequence[Entry], baskets: Sequence[Piece]) -> str:
    """A2 3-502，B1 3-503: every package stands before its home."""
    if len(homes) != len(baskets):
        return "homes_unclear"
    at = 0
    for entry, piece in zip(homes, baskets, strict=True):
        if not at <= piece.first < entry.first:
            return "homes_unclear"
        entry.items += _items(piece)
        at = entry.last
    return ""


def _nearest(homes: Sequence[Entry], at: int) -> Entry | None:
    """The home that a name or remark stands behind; the first where it stands before all."""
    if not homes:
        return None
    return homes[max(bisect_right(homes, at, key=_begins) - 1, 0)]


def _begins(entry: Entry) -> int:
    return entry.first


def _beside(taken: Taken, homes: Sequence[Entry], piece: Piece) -> None:
    if piece.kind not in (NAME, FIGURE, DROP):
        return
    entry = _nearest(homes, piece.first)
    if entry is None:
        return
    if piece.kind == NAME and not entry.name:
        entry.name = taken.said(piece)
    elif piece.kind == FIGURE and piece.figure and piece.figure.kind == PHONE:
        entry.phone = entry.phone or piece.figure.text


def _noted(taken: Taken, remarks: Remarks) -> list[tuple[int, int]]:
    """Remarks, places and sums of money; 放7-103门口 and 已付60 are one each."""
    kept = [(p.first, p.last) for p in taken.pieces if _is_kept(p)]
    joined: list[tuple[int, int]] = []
    for first, last in sorted([*kept, *remarks.notes]):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _is_kept(piece: Piece) -> bool:
    money = piece.figure is not None and piece.figure.kind == MONEY
    return piece.kind == DROP or money
