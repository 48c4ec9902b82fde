"""Lines that change or take back an order; a person taps before any of it happens."""

from collections.abc import Sequence
from dataclasses import replace

from orders.reading.baskets import Item
from orders.reading.entries import Entries, Entry
from orders.reading.filled import doubled
from orders.reading.homes import Place
from orders.reading.incoming import elsewhere
from orders.reading.known import Known
from orders.reading.ordering import over_limit, settled, spelt
from orders.reading.outcome import Outcome, Scope, review, understood
from orders.reading.pieces import BASKET, DROP, HOME, REST, WORDS, Piece, Taken
from orders.reading.remarks import Remarks
from orders.reading.shapes import Verdict, Why
from orders.reading.tokens import HAN, LETTERS
from orders.reading.turns import Turn, put_elsewhere, turned
from orders.reading.words import Tag

TURNS = (Tag.CANCEL, Tag.SET, Tag.CHANGE, Tag.WRONG, Tag.ADD, Tag.DROP)
QUIET = frozenset(
    (*TURNS, Tag.NOT, Tag.WEIGHT, Tag.EACH, Tag.HOMES, Tag.KEEP, Tag.FROM, Tag.ALL)
)
_UNSURE = {
    Tag.OR: "alternatives",
    Tag.DOUBT: "doubt",
    Tag.SAME: "same_as",
    Tag.VAGUE: "vague",
    Tag.ASK: "doubt",
    Tag.CLAIM: "claim",
}
_TO_PLACE = ("放", "送", "挂", "摆")


def is_change(taken: Taken, remarks: Remarks, words: Sequence[Piece]) -> bool:
    return bool(words) or _moves_place(taken, remarks)


def turning(taken: Taken, remarks: Remarks) -> list[Piece]:
    """The words that turn a line into a change; 不要香菜 and other remarks are none."""
    noted = {i for first, last in remarks.notes for i in range(first, last)}
    words = [p for p in taken.of(WORDS) if p.first not in noted]
    return [p for p in words if p.tag in TURNS or _unwanted(taken, p)]


def _unwanted(taken: Taken, piece: Piece) -> bool:
    """不要B, or 不要 with nothing behind it."""
    if piece.tag != Tag.NOT or taken.said(piece) != "不要":
        return False
    follows = [p for p in taken.pieces if p.first >= piece.last and _solid(taken, p)]
    return not follows or follows[0].kind in (BASKET, HOME)


def _solid(taken: Taken, piece: Piece) -> bool:
    return piece.kind != REST or taken.tokens[piece.first].kind in (HAN, LETTERS)


def changing(
    taken: Taken,
    found: Entries,
    remarks: Remarks,
    known: Known,
    scope: Scope,
    words: Sequence[Piece],
) -> Outcome:
    homes = tuple(_placed(entry, known, scope) for entry in found.homes)
    if fault := _fault(taken, remarks, words, homes, known):
        return Outcome(
            Verdict.REVIEW, fault, tuple(understood(entry) for entry in homes)
        )
    if not words:
        return put_elsewhere(taken, homes)
    turning = next((p for p in words if p.tag == Tag.SET), words[0])
    turn = Turn(taken, homes, tuple(words), *_sides(taken, turning.first))
    if any(doubled(items) for items in (turn.before, turn.after)):
        return review("package_twice", [understood(entry) for entry in homes])
    outcome = turned(turn)
    over = outcome.verdict is Verdict.AMEND and over_limit(outcome.orders, known)
    return Outcome(Verdict.REVIEW, over, outcome.orders) if over else outcome


def _sides(taken: Taken, at: int) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items before and behind the turning word, without those that are to stay.

    A从2份改为1份: a count behind it is that of the one package before it.
    """
    baskets = [p for p in taken.of(BASKET) if p.basket and not _kept(taken, p)]
    items = [i for p in baskets if p.basket for i in p.basket.items]
    before = tuple(i for i in items if i.first < at)
    after = tuple(i for i in items if i.first >= at)
    counts = [p.basket.bare for p in baskets if p.basket and p.first > at]
    counts = [count for count in counts if count]
    if len(before) == 1 and not after and counts:
        after = (before[0]._replace(quantity=counts[0], assumed=False),)
        before = ()
    return before, after


def _kept(taken: Taken, piece: Piece) -> bool:
    """A保留, A还要, 不是1份: named only to say that it is not meant."""
    behind = next((p for p in taken.pieces if p.first == piece.last), None)
    if behind is not None and (
        behind.tag == Tag.KEEP or taken.said(behind) in ("还要", "还是要")
    ):
        return True
    ahead = next((p for p in taken.pieces if p.last == piece.first), None)
    return ahead is not None and taken.said(ahead) in ("不是", "从", "由")


def _placed(entry: Entry, known: Known, scope: Scope) -> Entry:
    return replace(entry, place=settled(entry.place, known, scope))


def _fault(
    taken: Taken,
    remarks: Remarks,
    words: Sequence[Piece],
    homes: Sequence[Entry],
    known: Known,
) -> Why | None:
    tags = taken.tags
    if Tag.CANCEL in tags and all(taken.said(p) == "吧" for p in _doubts(taken)):
        tags = tags - {Tag.DOUBT}
    unsure = next((code for tag, code in _UNSURE.items() if tag in tags), "")
    if unsure or "?" in taken.plain.text:
        return Why(unsure or "doubt")
    if _negated(taken, words):
        return Why("negated")
    return (
        _meant(taken, words)
        or _unread(taken, remarks)
        or _homeless(taken, homes, known)
    )


def _meant(taken: Taken, words: Sequence[Piece]) -> Why | None:
    """What is to change must be one of the packages, and of this day."""
    if Tag.NOTE_TAIL in taken.tags and words and taken.of(BASKET):
        return Why("change_unclear")
    faults = _faults(taken, words)
    return Why(faults[0]) if faults else elsewhere(taken, words)


def _unread(taken: Taken, remarks: Remarks) -> Why | None:
    if left := [p for p in remarks.left if _counts(taken, p)]:
        what = taken.said(left[0])
        code = "unknown_package" if _kind(taken, left[0]) == LETTERS else "left_over"
        return Why(code, {"what": what})
    return None


def _doubts(taken: Taken) -> list[Piece]:
    return [p for p in taken.of(WORDS) if p.tag == Tag.DOUBT]


def _faults(taken: Taken, words: Sequence[Piece]) -> list[str]:
    """What is wrong with the packages; a bare count is not, where one is named before."""
    baskets = [p.basket for p in taken.of(BASKET) if p.basket]
    named = [i for b in baskets for i in b.items]
    ahead = len(named) == 1 and words and named[0].first < words[0].first
    return [b.fault for b in baskets if b.fault and not (ahead and b.bare)]


def _kind(taken: Taken, piece: Piece) -> str:
    return taken.tokens[piece.first].kind


def _counts(taken: Taken, piece: Piece) -> bool:
    """What cannot stay unread in a change: numbers, letters, signs."""
    return piece.kind != WORDS and _kind(taken, piece) != HAN


def _negated(taken: Taken, words: Sequence[Piece]) -> bool:
    """不取消, 不要改: not, right before the word that would turn the line."""
    behind = {p.last for p in taken.of(WORDS) if p.tag == Tag.NOT}
    return any(p.first in behind and p.tag in TURNS for p in words)


def _homeless(taken: Taken, homes: Sequence[Entry], known: Known) -> Why | None:
    if not homes:
        return None if taken.opening.serial else Why("missing_home")
    for entry in homes:
        place = entry.place
        if place.unclear:
            return Why(place.unclear)
        if not place.room:
            return Why("missing_room")
        if known.setting.homes and place.building and _unknown(place, known):
            return Why("not_in_roster", {"home": spelt(place)})
    return None


def _unknown(place: Place, known: Known) -> bool:
    home = (place.building, place.unit, place.room)
    return home not in known.setting.homes


def _moves_place(taken: Taken, remarks: Remarks) -> bool:
    """No package, but where it should be put: 22:帮忙送到87-105."""
    homes = [p for p in taken.of(HOME) if p.place.room or p.place.unclear]
    if taken.of(BASKET) or not (homes or taken.opening.serial):
        return False
    if taken.of(DROP):
        return True
    notes = (taken.between(first, last) for first, last in remarks.notes)
    return any(w in note[:4] for note in notes for w in _TO_PLACE)
