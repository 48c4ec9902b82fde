"""A building's chain beside what its heads' orders hold: both sides of the fold, from rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef

from catalog.models import Batch, Stock
from groupbuy.community.models import Building
from groupbuy.shared.text import building_name, room_name, unit_name
from orders.models import Chain, ChainLine, Order
from orders.reading.fold import Entry, Fold, Held, Home, after, base_of, fold
from orders.states import Channel, LineState, OrderState

Row = dict[str, Any]  # one home of a line: unit, room, items, name, phone, note, base
DECIDED = {ChainLine.Verdict.AMEND, ChainLine.Verdict.CANCEL}
STANDS = {LineState.ACCEPTED, LineState.HANDED_IN, LineState.REFUSED}
BLANK: Row = {
    "unit": "",
    "room": "",
    "items": {},
    "name": "",
    "phone": "",
    "note": "",
    "change": None,
    "dropped": [],
}


def newest_chain(batch: Batch, building: Building) -> Chain | None:
    """The one paste that counts."""
    return Chain.objects.filter(batch=batch, building=building).order_by("-id").first()


def head_orders(batch: Batch, building: Building) -> list[Order]:
    """What heads' orders hold in this building, the oldest first; ``in_chain`` is annotated."""
    links = ChainLine.orders.through.objects.filter(order=OuterRef("pk"))
    return list(
        batch.orders.filter(
            in_building=building, channel=Channel.HEAD, state=OrderState.STANDING
        )
        .annotate(in_chain=Exists(links))
        .prefetch_related("lines__stock")
        .order_by("id")
    )


def link_orders(batch: Batch, building: Building) -> dict[Home, dict[str, int]]:
    """What homes of the building ordered by themselves: pieces by code, no names."""
    others = batch.orders.filter(
        compound=building.compound_id,
        building=building.name,
        state=OrderState.STANDING,
    ).exclude(channel=Channel.HEAD)
    found: dict[Home, dict[str, int]] = {}
    for order in others.prefetch_related("lines__stock"):
        _add(found.setdefault((order.unit, order.room), {}), order)
    return found


def _add(items: dict[str, int], order: Order) -> None:
    for line in order.lines.all():
        items[line.stock.code] = items.get(line.stock.code, 0) + line.quantity


def held_of(orders: Iterable[Order]) -> dict[Home, Held]:
    """``orders`` of ``head_orders`` by home; two of one home are summed."""
    by_home: dict[Home, list[Order]] = {}
    for order in orders:
        by_home.setdefault((order.unit, order.room), []).append(order)
    return {home: _held(found) for home, found in by_home.items()}


def _held(orders: list[Order]) -> Held:
    items: dict[str, int] = {}
    for order in orders:
        _add(items, order)
    in_chain = any(order.in_chain for order in orders)  # type: ignore[attr-defined]
    return Held(dict(sorted(items.items())), orders[0].note, in_chain)


@dataclass
class Work:
    """The newest paste, its lines, and everything they are compared with."""

    chain: Chain
    lines: list[ChainLine]
    orders: list[Order]
    roster: frozenset[Home]
    tries: Mapping[Home, int]
    _entries: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._entries = [e for line in self.lines for e in self.entries_of(line)]

    @property
    def building(self) -> Building:
        return self.chain.building

    @cached_property
    def stock(self) -> dict[str, Stock]:
        return {row.code: row for row in self.chain.batch.stock.all()}

    @cached_property
    def held(self) -> dict[Home, Held]:
        return held_of(self.orders)

    @cached_property
    def fold(self) -> Fold:
        return fold(self._entries, self.held, self.chain.agreed)

    def of_home(self, home: Home) -> list[Order]:
        return [order for order in self.orders if (order.unit, order.room) == home]

    def base(self, number: int, home: Home) -> dict[str, int] | None:
        """What the lines above this one come to for the home; None if they say nothing."""
        above = [entry for entry in self._entries if entry.line < number]
        return base_of(fold(above, {}, {}).of(home))

    def waits(self, line: ChainLine) -> bool:
        """Nobody has decided yet, or what was decided no longer fits the lines above."""
        if line.state == LineState.WAITING:
            return True
        decided = line.verdict in DECIDED and line.state in STANDS
        return decided and bool(self.fold.reopened([line.number]))

    def rows(self, line: ChainLine) -> list[Row]:
        """What the line comes to for each home here: as typed, or as the reader proposes.

        A proposal that was accepted over other lines than today's is made anew.
        """
        if line.corrected is not None and not self._is_stale(line):
            return list(line.corrected)
        return [self.proposed(line, row) for row in understood_here(line, self)]

    def _is_stale(self, line: ChainLine) -> bool:
        decided = [row for row in line.corrected or () if "base" in row]
        return line.verdict in DECIDED and any(
            row["base"] != self.base(line.number, (row["unit"], row["room"]))
            for row in decided
        )

    def proposed(self, line: ChainLine, row: Row) -> Row:
        if line.verdict not in DECIDED:
            return row
        base, seen = self.so_far(line, row)
        change = "set" if line.verdict == ChainLine.Verdict.CANCEL else row["change"]
        items = after(change or "set", row["items"], row["dropped"], seen)
        return row | {"items": items, "base": base}

    def so_far(
        self, line: ChainLine, row: Row
    ) -> tuple[dict[str, int] | None, dict[str, int]]:
        """What lines above say of the row's home (None: nothing), and what it comes to
        without this line: theirs, else what is handed in."""
        home = (row["unit"], row["room"])
        base, held = self.base(line.number, home), self.held.get(home)
        return base, base if base is not None else dict(held.items) if held else {}

    def entries_of(self, line: ChainLine) -> list[Entry]:
        if line.state == LineState.SET_ASIDE:
            return []
        waits = line.state == LineState.WAITING
        typed = None if waits else line.corrected
        rows = understood_here(line, self) if typed is None else typed
        return [self._entry(line, row, waits) for row in rows]

    def _entry(self, line: ChainLine, row: Row, waits: bool) -> Entry:
        return Entry(
            line=line.number,
            home=(row["unit"], row["room"]),
            items={} if waits else row["items"],
            name=row["name"],
            phone=row["phone"],
            note=row["note"],
            sets=line.verdict in DECIDED,
            base=row.get("base"),
            waits=waits,
            done=line.state == LineState.HANDED_IN,
        )


def work_of(chain: Chain) -> Work:
    """In a constant number of queries.

    ``tries`` is read before the orders: whoever hands in at the same moment then has either
    the order before their eyes, or its number, and never a second one.
    """
    tries = orders_so_far(chain.batch, chain.building)
    return Work(
        chain=chain,
        lines=list(chain.lines.all()),
        orders=head_orders(chain.batch, chain.building),
        roster=roster_of(chain.building),
        tries=tries,
    )


def orders_so_far(batch: Batch, building: Building) -> dict[Home, int]:
    """How many orders heads have made for each home, standing or ended."""
    made = batch.orders.filter(in_building=building, channel=Channel.HEAD).order_by()
    counted = made.values_list("unit", "room").annotate(count=Count("pk"))
    return {(unit, room): count for unit, room, count in counted}


def roster_of(building: Building) -> frozenset[Home]:
    return frozenset(building.households.values_list("unit", "room"))


def understood_here(line: ChainLine, work: Work) -> list[Row]:
    """The reader's homes in this building, named as orders name them."""
    own = work.building.name
    return [
        row | dict(zip(("unit", "room"), canonical(row, work.roster), strict=True))
        for row in line.understood
        if row["room"] and building_name(row["building"]) in {own, ""}
    ]


def is_elsewhere(understood: Iterable[Mapping[str, Any]], own: str) -> bool:
    """All homes that are named are in other buildings."""
    named = [building_name(row["building"]) for row in understood if row["building"]]
    return bool(named) and own not in named


def canonical(row: Mapping[str, Any], roster: frozenset[Home]) -> Home:
    """The home as the roster has it, where only one can be meant; else as written."""
    unit, room = unit_name(row["unit"]), room_name(row["room"])
    front, dash, back = room.partition("-")
    for meant in ((unit, room), (front, back) if dash and not unit else (unit, room)):
        if meant in roster:
            return meant
    same_room = [home for home in roster if home[1] == room and not unit]
    return same_room[0] if len(same_room) == 1 else (unit, room)
