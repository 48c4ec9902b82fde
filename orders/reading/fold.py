"""A whole paste folded into what each home wants, beside what it holds. Pure.

The chain is sent again all day and its members edit their own entries, so a paste is never
added to what was handed in before: it says what each home wants now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from orders.reading.shapes import Change

Home = tuple[str, str]  # unit, room: one building is folded at a time
Items = Mapping[str, int]  # pieces by package code


@dataclass(frozen=True)
class Entry:
    """What one line says of one home.

    A line ``adds`` its items to the lines above, or (``sets``) a person has decided from it
    what the home gets in all, seeing ``base``: what the lines above came to. ``waits``:
    nobody has decided yet. ``done``: it was handed in before.
    """

    line: int
    home: Home
    items: Items = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    note: str = ""
    sets: bool = False
    base: Items | None = None
    waits: bool = False
    done: bool = False


@dataclass(frozen=True)
class Held:
    """What the head's orders hold for one home; ``in_chain`` if a line ever led to it."""

    items: Items
    note: str = ""
    in_chain: bool = True


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"  # a line says so
    VANISHED = "vanished"  # no line says anything any more
    UNCHANGED = "unchanged"
    NOTHING = "nothing"  # asks for nothing and holds nothing
    APART = "apart"  # ordered by the head beside the chain


@dataclass
class Wanted:
    """One home after the fold. ``doubts`` are lines that a person must decide first."""

    home: Home
    items: dict[str, int] = field(default_factory=dict)
    held: Items = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    note: str = ""
    kind: Kind = Kind.NOTHING
    lines: list[int] = field(default_factory=list)
    doubts: list[int] = field(default_factory=list)
    is_agreed: bool = False
    was_done: bool = False

    @property
    def said(self) -> dict[str, object]:
        """What a tap agrees to; another wish for the same home needs another tap."""
        return {"items": self.items, "note": self.note}

    @property
    def differs(self) -> bool:
        quiet = {Kind.UNCHANGED, Kind.NOTHING, Kind.APART}
        return self.kind not in quiet

    @property
    def is_ready(self) -> bool:
        """New and said once goes by itself; anything else needs a person's tap."""
        if self.doubts or not self.differs:
            return False
        return self.is_agreed or not self.is_asked

    @property
    def is_asked(self) -> bool:
        """Whether a person is asked, ticked already or not."""
        plain = self.kind == Kind.NEW and len(self.lines) == 1 and not self.was_done
        return self.differs and not self.doubts and not plain

    @property
    def needs_tap(self) -> bool:
        return self.is_asked and not self.is_agreed


@dataclass(frozen=True)
class Fold:
    """Every home of the paste or of the head's orders, in the order they are first named."""

    homes: tuple[Wanted, ...]

    @property
    def ready(self) -> list[Wanted]:
        return [home for home in self.homes if home.is_ready]

    @property
    def taps(self) -> list[Wanted]:
        return [home for home in self.homes if home.needs_tap]

    def of_line(self, line: int) -> list[Wanted]:
        return [home for home in self.homes if line in home.lines]

    def of(self, home: Home) -> Wanted | None:
        return next((found for found in self.homes if found.home == home), None)

    def reopened(self, lines: Iterable[int]) -> set[int]:
        """Of these decided lines, those whose base has changed since."""
        decided = set(lines)
        return {n for home in self.homes for n in home.doubts if n in decided}


def fold(
    entries: Iterable[Entry], held: Mapping[Home, Held], agreed: Mapping[str, object]
) -> Fold:
    """``entries`` in the order of their lines; ``agreed`` maps ``key(home)`` to ``said``."""
    homes: dict[Home, Wanted] = {}
    for entry in entries:
        _take(homes.setdefault(entry.home, Wanted(entry.home)), entry)
    for home in held:
        homes.setdefault(home, Wanted(home))
    for home, wanted in homes.items():
        _compare(wanted, held.get(home))
        wanted.is_agreed = agreed.get(key(home)) == wanted.said
    return Fold(tuple(homes.values()))


def key(home: Home) -> str:
    return "/".join(home)


def base_of(wanted: Wanted | None) -> dict[str, int] | None:
    """What lines so far came to; None if none has said anything of the home."""
    return dict(wanted.items) if wanted and wanted.lines else None


def after(change: str, items: Items, dropped: Iterable[str], base: Items) -> Items:
    """What ``base`` comes to after an ``amend`` line; ``change`` is the reader's word."""
    gone = set(dropped) - set(items)
    if change == Change.ADD:
        found = {c: base.get(c, 0) + items.get(c, 0) for c in [*base, *items]}
    elif change == Change.DROP:
        gone |= {code for code, number in items.items() if not number}
        found = {c: max(n - items.get(c, 0), 0) for c, n in base.items()}
    elif change == Change.SWAP:
        found = {**base, **items}
    elif change == Change.PLACE:
        found = dict(base)
    else:
        found = dict(items)
    return {c: n for c, n in sorted(found.items()) if n and c not in gone}


def _take(wanted: Wanted, entry: Entry) -> None:
    stale = entry.sets and entry.base != base_of(wanted)
    if entry.waits or stale:
        wanted.doubts.append(entry.line)
        return
    if entry.sets:
        wanted.items = {code: n for code, n in entry.items.items() if n}
        wanted.note = entry.note or wanted.note
    else:
        for code, number in entry.items.items():
            wanted.items[code] = wanted.items.get(code, 0) + number
        if entry.note and entry.note not in wanted.note:
            wanted.note = "；".join(filter(None, [wanted.note, entry.note]))
    wanted.name = entry.name or wanted.name
    wanted.phone = entry.phone or wanted.phone
    wanted.was_done = wanted.was_done or entry.done
    if entry.line not in wanted.lines:
        wanted.lines.append(entry.line)


def _compare(wanted: Wanted, held: Held | None) -> None:
    has = dict(held.items) if held else {}
    wanted.held = has
    wanted.items = dict(sorted(wanted.items.items()))
    if not wanted.lines and held:
        gone = Kind.VANISHED if held.in_chain else Kind.APART
        wanted.kind = gone
    elif held and not wanted.items:
        wanted.kind = Kind.CANCELLED
    elif held:
        same_note = not wanted.note or wanted.note == held.note
        same = wanted.items == has and same_note
        wanted.kind = Kind.UNCHANGED if same else Kind.CHANGED
    else:
        wanted.kind = Kind.NEW if wanted.items else Kind.NOTHING
