"""Rows folded into what a volunteer carries: gate, building, home, pieces."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from delivery.queries.rows import Row


@dataclass(slots=True)
class HomeOnList:
    """All orders of one home in one batch: packed together, handed over together.

    ``items`` maps a package code to pieces, in the order of codes; a correction may have
    left none. ``due_cents`` is what is still to be paid for all of them, ``orders`` maps
    ids to numbers, ``standing`` holds the ids of those that still bring something.
    """

    home_key: str
    unit: str
    room: str
    name: str
    note: str
    bring_to_door: bool
    due_cents: int
    items: dict[str, int]
    orders: dict[int, str]
    standing: list[int]
    corrections: list[int] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        return sum(self.items.values())


@dataclass(slots=True)
class BuildingOnList:
    name: str
    homes: list[HomeOnList]

    @property
    def pieces(self) -> int:
        return sum(home.pieces for home in self.homes)

    @property
    def codes(self) -> list[tuple[str, int]]:
        """Pieces of each package, by code: what to pile up for this building."""
        return sorted(counted(self.homes).items())


@dataclass(slots=True)
class GateOnList:
    """``expected`` maps a stock row's id to the pieces that must arrive at this gate."""

    gate_id: int
    expected: dict[int, int]
    buildings: list[BuildingOnList]


def counted(homes: Iterable[HomeOnList]) -> Counter[str]:
    total: Counter[str] = Counter()
    for home in homes:
        total.update(home.items)
    return +total


def gates(rows: Iterable[Row]) -> list[GateOnList]:
    """The gates of one compound's rows, which come in walking order."""
    return [gate(key, list(some)) for key, some in groupby(rows, attrgetter("gate_id"))]


def gate(gate_id: int, rows: list[Row]) -> GateOnList:
    expected: Counter[int] = Counter()
    for line in rows:
        expected[line.stock_id] += line.quantity
    return GateOnList(
        gate_id,
        dict(+expected),
        [
            BuildingOnList(
                name,
                [home(list(own)) for _, own in groupby(some, attrgetter("home_key"))],
            )
            for name, some in groupby(rows, attrgetter("building"))
        ],
    )


def home(rows: list[Row]) -> HomeOnList:
    """One home; the name and the notes are those given with its orders, each once."""
    items: dict[str, int] = {}
    pieces: dict[int, int] = {}
    for line in rows:
        items[line.code] = items.get(line.code, 0) + line.quantity
        pieces[line.order_id] = pieces.get(line.order_id, 0) + line.quantity
    due = {line.order_id: line.due_cents for line in rows}
    return HomeOnList(
        home_key=rows[0].home_key,
        unit=rows[0].unit,
        room=rows[0].room,
        name=once(line.name for line in rows),
        note=once(line.note for line in rows),
        bring_to_door=any(line.bring_to_door for line in rows),
        due_cents=sum(due.values()),
        items={code: n for code, n in sorted(items.items()) if n > 0},
        orders={line.order_id: line.order_number for line in rows},
        standing=[order_id for order_id, n in pieces.items() if n > 0],
        corrections=sorted({line.number for line in rows if line.number}),
    )


def once(texts: Iterable[str]) -> str:
    """What was said, each saying once, in the order of the orders."""
    return "；".join(dict.fromkeys(text for text in texts if text))
