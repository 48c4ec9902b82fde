"""Lines that change or take back an order; a person taps before any of it happens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.reading.baskets import Item
from orders.reading.entries import Entries, Entry
from orders.reading.homes import Place
from orders.reading.known import Known
from orders.reading.ordering import over_limit, settled, spelt
from orders.reading.outcome import Outcome, Scope, review, understood
from orders.reading.pieces import BASKET, DROP, HOME, REST, WORDS, Piece, Taken
from orders.reading.remarks import Remarks
from orders.reading.shapes import Change, Understood, Verdict, Why
from orders.reading.tokens import HAN, LETTERS
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
_WHOLE = ("取消", "撤销", "撤单", "作废", "退单", "退订", "删除", "销单")
_TO_PLACE = ("放", "送", "挂", "摆")


@dataclass(frozen=True)
class Turn:
    """A line with its turning words: the items before the first, and those behind it."""

    taken: Taken
    homes: tuple[Entry, ...]
    words: tuple[Piece, ...]
    before: tuple[Item, ...]
    after: tuple[Item, ...]

    def has(self, *tags: str) -> bool:
        return any(piece.tag in tags for piece in self.words)

    @property
    def items(self) -> tuple[Item, ...]:
        return self.before + self.after


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
        return _place(taken, homes)
    turn = Turn(taken, homes, tuple(words), *_sides(taken, words[0].first))
    outcome = _turn(turn)
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
    if Tag.NOTE_TAIL in tags and words and taken.of(BASKET):
        return Why("change_unclear")
    faults = _faults(taken, words)
    if faults:
        return Why(faults[0])
    if left := [p for p in remarks.left if _counts(taken, p)]:
        what = taken.said(left[0])
        code = "unknown_package" if _kind(taken, left[0]) == LETTERS else "left_over"
        return Why(code, {"what": what})
    return _homeless(taken, homes, known)


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


def _turn(turn: Turn) -> Outcome:
    if turn.has(Tag.CANCEL, Tag.NOT) and not turn.has(Tag.SET, Tag.ADD):
        return _cancelled(turn)
    if len(turn.homes) > 1:
        return _moved(turn)
    if turn.has(Tag.SET, Tag.CHANGE, Tag.WRONG, Tag.CANCEL, Tag.NOT):
        return _set(turn)
    if turn.has(Tag.ADD):
        return _added(turn)
    return _dropped(turn)


def _cancelled(turn: Turn) -> Outcome:
    if turn.has(Tag.DROP, Tag.CHANGE, Tag.WRONG) and turn.items:
        return review("change_unclear", _read(turn))
    if not turn.items:
        orders = tuple(understood(entry, items={}) for entry in turn.homes)
        return Outcome(Verdict.CANCEL, Why("cancel", _home(turn)), orders)
    counted = [not item.assumed for item in turn.items]
    said = {turn.taken.said(piece) for piece in turn.words}
    if all(counted) and any(word.startswith(_WHOLE) for word in said):
        orders = tuple(understood(entry) for entry in turn.homes)
        return Outcome(Verdict.CANCEL, Why("cancel", _home(turn)), orders)
    if any(counted) and not all(counted):
        return review("change_unclear", _read(turn))
    if turn.before and turn.after:
        return review("change_unclear", _read(turn))
    return _dropped(turn)


def _dropped(turn: Turn) -> Outcome:
    """The packages named go; all of one where no number is said."""
    if len(turn.homes) > 1 or not turn.items:
        return review("change_unclear", _read(turn))
    items = {i.code: 0 if i.assumed else i.quantity for i in turn.items}
    return _amended(turn, Change.DROP, items)


def _added(turn: Turn) -> Outcome:
    if turn.before and turn.after:
        return review("change_unclear", _read(turn))
    if not turn.items:
        return review("missing_package", _read(turn))
    return _amended(turn, Change.ADD, _counts_of(turn.items))


def _set(turn: Turn) -> Outcome:
    if turn.has(Tag.ADD, Tag.DROP):
        return review("change_unclear", _read(turn))
    if not turn.items:
        if turn.taken.of(DROP) or Tag.PLACE in turn.taken.tags:
            return _place(turn.taken, turn.homes)
        return review("missing_package", _read(turn))
    old = {item.code for item in turn.before}
    new = _counts_of(turn.after)
    if not new and not turn.has(Tag.SET, Tag.CHANGE):
        return review("change_unclear", _read(turn))  # A2写错了, and what is right?
    if not new:
        return _amended(turn, Change.SET, _counts_of(turn.before))
    if old and old != set(new):
        gone = tuple(sorted(old - set(new)))
        return _amended(turn, Change.SWAP, new, gone)
    return _amended(turn, Change.SET, new)


def _counts_of(items: Sequence[Item]) -> dict[str, int]:
    return {item.code: item.quantity for item in items}


def _amended(
    turn: Turn, change: Change, items: dict[str, int], dropped: tuple[str, ...] = ()
) -> Outcome:
    guessed = change is not Change.DROP and any(i.assumed for i in turn.items)
    orders = [
        understood(entry, change=change, dropped=dropped, items=items)
        for entry in turn.homes
    ] or [Understood(items=items, change=change, dropped=dropped)]
    if guessed:
        orders = [replace(o, assumed=(*o.assumed, "quantity")) for o in orders]
    return Outcome(
        Verdict.AMEND, Why(f"amend_{change.value}", _home(turn)), tuple(orders)
    )


def _moved(turn: Turn) -> Outcome:
    """3-502写错了，是3-503 A2: the first home has nothing, the second has it all."""
    if len(turn.homes) > 2 or turn.has(Tag.ADD, Tag.DROP):
        return review("homes_unclear", _read(turn))
    old, new = turn.homes
    to = spelt(new.place)
    emptied = replace(understood(old, items={}, change=Change.SET), note=f"→ {to}")
    filled = understood(
        new, items=_counts_of(turn.items), change=Change.SET if turn.items else None
    )
    why = Why("amend_move", {"home": spelt(old.place), "to": to})
    if not turn.items:  # what it was stays what it is
        emptied = replace(emptied, change=Change.PLACE)
        return Outcome(Verdict.AMEND, why, (emptied,))
    return Outcome(Verdict.AMEND, why, (emptied, filled))


def _read(turn: Turn) -> tuple[Understood, ...]:
    return tuple(understood(entry) for entry in turn.homes)


def _home(turn: Turn) -> dict[str, str]:
    homes = "、".join(spelt(entry.place) for entry in turn.homes)
    return {"home": homes or f"#{turn.taken.opening.serial}"}


def _moves_place(taken: Taken, remarks: Remarks) -> bool:
    """No package, but where it should be put: 22:帮忙送到87-105."""
    if taken.of(BASKET) or not (taken.of(HOME) or taken.opening.serial):
        return False
    if taken.of(DROP):
        return True
    notes = (taken.between(first, last) for first, last in remarks.notes)
    return any(w in note[:4] for note in notes for w in _TO_PLACE)


def _place(taken: Taken, homes: Sequence[Entry]) -> Outcome:
    if len(homes) > 1:
        return review("homes_unclear", tuple(understood(e) for e in homes))
    said = "；".join(taken.said(piece) for piece in taken.of(DROP))
    if homes:
        order = understood(homes[0], change=Change.PLACE, items={})
        order = replace(order, note=order.note or taken.text.strip())
    else:
        order = Understood(change=Change.PLACE, note=said or taken.text.strip())
    home = spelt(homes[0].place) if homes else f"#{taken.opening.serial}"
    return Outcome(Verdict.AMEND, Why("amend_place", {"home": home}), (order,))
