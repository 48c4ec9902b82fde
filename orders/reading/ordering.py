"""Is this line an order, word for word? Whatever is not certain goes to a person."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from orders.reading.entries import Entries, Entry
from orders.reading.filled import unsure_packages
from orders.reading.glue import is_glued
from orders.reading.homes import Place
from orders.reading.known import Known
from orders.reading.notes import softened
from orders.reading.numbers import MONEY
from orders.reading.outcome import Outcome, Scope, review, scoped, understood
from orders.reading.pieces import FIGURE, HOME, REST, WORDS, Piece, Taken
from orders.reading.remarks import Remarks
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.tokens import LETTERS
from orders.reading.words import Tag

_UNITS = 4  # below this a lone "2-502" under a header may be its unit
_SAID_BY = (
    (Tag.SAME, "same_as"),
    (Tag.OR, "alternatives"),
    (Tag.DOUBT, "doubt"),
    (Tag.VAGUE, "vague"),
    (Tag.RANGE, "range"),
    (Tag.ALL, "vague"),
    (Tag.CLAIM, "claim"),
)


_TELLING = {tag for tag, _ in _SAID_BY}


def ordering(
    taken: Taken, found: Entries, remarks: Remarks, known: Known, scope: Scope
) -> Outcome:
    """An order, or the first reason why a person should look."""
    homes = [_placed(entry, known, scope, taken) for entry in found.homes]
    read = [understood(entry) for entry in homes]
    fault = (
        (Why("other_day") if scope.past else None)
        or _words(taken, remarks)
        or unsure_packages(taken, homes)
        or _left(taken, remarks, known)
        or (found.fault and Why(found.fault))
        or next(filter(None, (_home(h, known, scope) for h in homes)), None)
        or _parts(homes)
        or _money(taken, homes, known)
        or _together(taken, homes)
        or _mixed(homes)
    )
    if fault:
        return Outcome(Verdict.REVIEW, fault, tuple(read))
    merged = _merged(read)
    if isinstance(merged, Why):
        return Outcome(Verdict.REVIEW, merged, tuple(read))
    if over := over_limit(merged, known):
        return Outcome(Verdict.REVIEW, over, tuple(merged))
    return Outcome(Verdict.ORDER, _accepted(merged), tuple(merged))


def _placed(entry: Entry, known: Known, scope: Scope, taken: Taken) -> Entry:
    entry.place = settled(entry.place, known, scope)
    return entry


def settled(place: Place, known: Known, scope: Scope) -> Place:
    """With what header, scope and roster add; 3502 may be a room of the scope or 3-502."""
    inside = rostered(scoped(place, scope), known)
    if place.building or not known.setting.homes or len(place.room) < 4:
        return inside
    outside = rostered(place, known)
    if not outside.building or outside.building == inside.building:
        return inside
    if known.rooms(inside.building, inside.room):
        return Place(room=place.room, unclear="run_together")
    return outside


def rostered(place: Place, known: Known) -> Place:
    """The unit from the roster, where a building has that room in one unit only."""
    if place.unit or place.unclear or not place.room:
        return place
    if not place.building and len(place.room) > 3:
        meant = known.run_together(place.room)
        return Place(*meant[0], assumed=("building",)) if len(meant) == 1 else place
    homes = known.rooms(place.building, place.room)
    if len(homes) == 1 and homes[0][1]:
        return Place(*homes[0], assumed=(*place.assumed, "unit"))
    return place


def _words(taken: Taken, remarks: Remarks) -> Why | None:
    tags = taken.tags & _TELLING
    if tags:
        noted = {i for first, last in remarks.notes for i in range(first, last)}
        said = [p for p in taken.of(WORDS) if p.first not in noted]
        tags = {p.tag for p in said if p.tag and not softened(taken, p)}
    for tag, code in _SAID_BY:
        if tag in tags:
            return Why(code)
    if "?" in taken.plain.text:
        return Why("doubt")
    return None


def _left(taken: Taken, remarks: Remarks, known: Known) -> Why | None:
    left = [p for p in remarks.left if not _blank(taken, p)]
    if not left:
        return None
    unknown = next((p for p in left if _letters(taken, p)), None)
    if unknown:
        return Why("unknown_package", {"what": taken.said(unknown)})
    said = " ".join(dict.fromkeys(taken.said(p) for p in left))
    return Why("left_over", {"what": said[:40]})


def _letters(taken: Taken, piece: Piece) -> bool:
    return piece.kind == REST and taken.tokens[piece.first].kind == LETTERS


def _blank(taken: Taken, piece: Piece) -> bool:
    return not taken.said(piece).strip()


def _home(entry: Entry, known: Known, scope: Scope) -> Why | None:
    place = entry.place
    if place.unclear:
        return Why(place.unclear)
    if not place.room:
        return Why("missing_room")
    if not place.building:
        return Why("header_unsure" if scope.unsure else "missing_building")
    home = (place.building, place.unit, place.room)
    if known.setting.homes:
        if home in known.setting.homes:
            return None
        many = len(known.rooms(place.building, place.room)) > 1 and not place.unit
        return Why("which_unit" if many else "not_in_roster", {"home": spelt(place)})
    return _doubtful(place, known, scope)


def _doubtful(place: Place, known: Known, scope: Scope) -> Why | None:
    """Without a roster: a building that may be the lane, or the unit of the header's."""
    if scope.units and not place.unit and "building" in place.assumed:
        return Why("which_unit", {"home": spelt(place)})
    if place.building == known.lane and scope.building != known.lane:
        return Why("lane_or_building", {"number": known.lane})
    other = scope.building and place.building != scope.building
    brief = place.short and not place.unit
    if other and brief and (place.spaced or _small(place.building)):
        return Why("unit_or_building", {"home": spelt(place)})
    return None


def _small(building: str) -> bool:
    return building.isdecimal() and int(building) <= _UNITS


def _parts(homes: Sequence[Entry]) -> Why | None:
    if not homes:
        return Why("missing_home")
    if any(not entry.items for entry in homes):
        return Why("missing_package")
    return None


def _money(taken: Taken, homes: Sequence[Entry], known: Known) -> Why | None:
    """A sum of money beside the packages must be what they cost, where that is known."""
    sums = [p.figure for p in taken.of(FIGURE) if p.figure and p.figure.kind == MONEY]
    if not sums:
        return None
    costs = Counter[str]()
    for item in (i for entry in homes for i in entry.items):
        price = known.offers[item.code].price_cents
        if not price:
            return None if len(sums) == 1 else Why("money")
        costs["all"] += price * item.quantity
    fits = len(sums) == 1 and int(sums[0].text) * 100 == costs["all"]
    return None if fits else Why("money")


def _together(taken: Taken, homes: Sequence[Entry]) -> Why | None:
    """Somebody orders for another home: which is whose must not be guessed."""
    tags = taken.tags
    proxy = Tag.PROXY in tags and not _for_another(taken)
    if len(homes) > 1 and (proxy or Tag.PLACE in tags):
        return Why("homes_unclear")
    return Why("run_together") if is_glued(taken, homes) else None


def _for_another(taken: Taken) -> bool:
    """6-304 A1，帮6-305订B1: behind a mark, each home with packages of its own."""
    homes = {p.first for p in taken.of(HOME)}
    for piece in (p for p in taken.of(WORDS) if p.tag == Tag.PROXY):
        helped = taken.said(piece) in ("帮", "替") and piece.last in homes
        marked = piece.first and taken.tokens[piece.first - 1].text in ",;。"
        if not (helped and marked):
            return False
    return True


def _mixed(homes: Sequence[Entry]) -> Why | None:
    """5-301 A1 302 B1 from the head of 8: is 302 there or here?"""
    for last, entry in pairwise(homes):
        said = "building" not in last.place.assumed
        other = last.place.building != entry.place.building
        if said and other and "building" in entry.place.assumed:
            return Why("header_unsure")
    return None


def _merged(read: Sequence[Understood]) -> list[Understood] | Why:
    """The same home twice on one line is one order with both."""
    merged: dict[tuple[str, str, str], Understood] = {}
    for order in read:
        key = (order.building, order.unit, order.room)
        if (before := merged.get(key)) is None:
            merged[key] = order
            continue
        if set(before.items) & set(order.items):
            return Why("package_twice")
        merged[key] = Understood(
            *key,
            items={**before.items, **order.items},
            name=before.name or order.name,
            phone=before.phone or order.phone,
            note="；".join(n for n in (before.note, order.note) if n),
            assumed=tuple(dict.fromkeys(before.assumed + order.assumed)),
        )
    return list(merged.values())


def over_limit(orders: Sequence[Understood], known: Known) -> Why | None:
    for order in orders:
        for code, quantity in order.items.items():
            limit = known.offers[code].limit
            if quantity > limit:
                args = {"code": code, "limit": str(limit), "said": str(quantity)}
                return Why("over_limit", args)
    return None


def _accepted(orders: Sequence[Understood]) -> Why:
    assumed = {word for order in orders for word in order.assumed}
    if not assumed:
        return Why("read")
    return Why("assumed_" + "_".join(sorted(assumed)))


def spelt(place: Place) -> str:
    return "-".join(part for part in (place.building, place.unit, place.room) if part)


__all__ = ["ordering", "over_limit", "review", "rostered", "spelt"]
