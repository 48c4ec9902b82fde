"""What the reader is told, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Offer:
    """One package of the day. ``price_cents`` and ``aliases`` are other ways to name it."""

    code: str
    name: str
    price_cents: int
    limit: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What is known before the first line is read.

    ``building`` is the one building in scope, if the paste is a head's own. ``address`` is
    the compound's ("紫龙路500弄"). ``homes`` is its roster as (building, unit, room); empty
    where there is none.
    """

    offers: tuple[Offer, ...]
    building: str = ""
    address: str = ""
    compound: str = ""
    homes: frozenset[tuple[str, str, str]] = frozenset()


class Verdict(StrEnum):
    ORDER = "order"
    AMEND = "amend"
    CANCEL = "cancel"
    CHECK = "check"
    DEMAND = "demand"
    IGNORE = "ignore"
    REVIEW = "review"


class Change(StrEnum):
    """What an ``amend`` line does to its home's order."""

    SET = "set"  # items become exactly these
    ADD = "add"  # items are added
    DROP = "drop"  # items go: all of a code where its number is 0
    SWAP = "swap"  # ``dropped`` codes go, items come in their place
    PLACE = "place"  # only where it is put changes; see note


@dataclass(frozen=True)
class Span:
    """Characters ``start`` to ``end`` of the line's text, and the part they were read as:
    building, unit, room, item, quantity, name, phone, note or word."""

    start: int
    end: int
    part: str


@dataclass(frozen=True)
class Understood:
    """One home's part of a line, in plain digits. ``items`` maps codes to quantities;
    ``assumed`` names what followed from elsewhere ("building", "quantity")."""

    building: str = ""
    unit: str = ""
    room: str = ""
    items: Mapping[str, int] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    note: str = ""
    assumed: tuple[str, ...] = ()
    change: Change | None = None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Why:
    """The reason as a word, with what its sentence names; doors say it in a language."""

    code: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One non-empty line as read: ``number`` counts from 1 over all lines of the text."""

    number: int
    text: str
    verdict: Verdict
    why: Why
    orders: tuple[Understood, ...] = ()
    spans: tuple[Span, ...] = ()
