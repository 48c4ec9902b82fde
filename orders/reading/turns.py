"""What a line with a turning word does to an order: each kind of change in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.reading.baskets import Item
from orders.reading.entries import Entry
from orders.reading.ordering import spelt
from orders.reading.outcome import Outcome, review, understood
from orders.reading.pieces import DROP, Piece, Taken
from orders.reading.shapes import Change, Understood, Verdict, Why
from orders.reading.words import Tag

_WHOLE = ("取消", "撤销", "撤单", "作废", "退单", "退订", "删除", "销单")


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


def turned(turn: Turn) -> Outcome:
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
        wanted = len(turn.homes) < 2 and _wanted(turn)
        return _set(turn) if wanted else review("change_unclear", _read(turn))
    return _dropped(turn)


def _wanted(turn: Turn) -> bool:
    """A1退掉，要B1: another package comes in the place of the one that goes."""
    first = turn.after[0].first
    other = not {i.code for i in turn.before} & {i.code for i in turn.after}
    return other and any(
        p.tag == Tag.WANT and p.last == first and turn.taken.said(p) in ("要", "我要")
        for p in turn.taken.pieces
    )


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
    if not turn.items and (turn.taken.of(DROP) or Tag.PLACE in turn.taken.tags):
        return put_elsewhere(turn.taken, turn.homes)
    if not turn.items:
        return review("missing_package", _read(turn))
    wrong = not turn.after and not turn.has(Tag.SET, Tag.CHANGE)
    if wrong or turn.has(Tag.ADD, Tag.DROP):  # A2写错了, and what is right?
        return review("change_unclear", _read(turn))
    old = {item.code for item in turn.before}
    new = _counts_of(turn.after or turn.before)
    gone = tuple(sorted(old - set(new)))
    return _amended(turn, Change.SWAP if gone else Change.SET, new, gone)


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


def put_elsewhere(taken: Taken, homes: Sequence[Entry]) -> Outcome:
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
