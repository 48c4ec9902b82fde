"""The grid as it is filled in: rows of homes, what was typed in each, nothing of it lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import QueryDict

from catalog.models import Batch, Stock
from groupbuy.community.models import Building
from groupbuy.shared.errors import Refused
from orders.actions.heads.save_grid import Entry
from orders.forms import quantity
from orders.queries.heads.grid import Slot, quantities, seen, shelf, slots
from orders.reading.typed_home import clearest

CHUNK = 20  # homes in one fold of the page


@dataclass(frozen=True)
class Cell:
    name: str
    stock: Stock
    value: str
    last: int


class Row:
    """One home. Fields are named ``unit/room~stock id``; ``~was`` tells what it had shown."""

    def __init__(self, slot: Slot, stock: list[Stock], data: QueryDict | None) -> None:
        self.slot, self.stock, self.fault = slot, stock, ""
        held = quantities(slot.order)
        self.values = {row.pk: str(held.get(row.pk, "")) for row in stock}
        self.name = slot.order.name if slot.order else ""
        self.door = slot.to_door or bool(slot.order and slot.order.bring_to_door)
        self.paid = False
        self.was = f"{seen(slot.order)}|{self._said()}"
        self.posted = ""
        if data is not None and self.field("was") in data:
            self._read(data)

    @property
    def key(self) -> str:
        return f"{self.slot.unit}/{self.slot.room}"

    def field(self, name: object) -> str:
        return f"{self.key}~{name}"

    def _read(self, data: QueryDict) -> None:
        self.values = {
            row.pk: data.get(self.field(row.pk), "").strip()[:6] for row in self.stock
        }
        self.name = data.get(self.field("name"), "")
        self.door = self.slot.to_door or self.field("door") in data
        self.paid = self.field("paid") in data
        self.posted = data.get(self.field("was"), "")

    def _said(self) -> str:
        amounts = [value if value != "0" else "" for value in self.values.values()]
        return "|".join([*amounts, str(int(self.door)), self.name])

    @property
    def is_changed(self) -> bool:
        """Whether somebody touched the row; the page may show an older order than there is."""
        return bool(self.posted) and (
            self.paid or self.posted.partition("|")[2] != self._said()
        )

    @property
    def is_dirty(self) -> bool:
        """Whether it shows something that is not saved."""
        return self.paid or self.was.partition("|")[2] != self._said()

    def entry(self) -> Entry:
        """Raises ValidationError for an amount that is no number."""
        amounts = {pk: quantity(value) for pk, value in self.values.items()}
        return Entry(
            unit=self.slot.unit,
            room=self.slot.room,
            items={pk: number for pk, number in amounts.items() if number},
            seen=self.posted.partition("|")[0],
            name=self.name,
            bring_to_door=self.door,
            paid=self.paid,
        )

    def same_again(self) -> None:
        self.values = {
            row.pk: str(self.slot.last.get(row.pk, "")) for row in self.stock
        }

    @property
    def cells(self) -> list[Cell]:
        return [
            Cell(
                self.field(row.pk),
                row,
                self.values[row.pk],
                self.slot.last.get(row.pk, 0),
            )
            for row in self.stock
        ]

    @property
    def was_field(self) -> str:
        return self.field("was")

    @property
    def name_field(self) -> str:
        return self.field("name")

    @property
    def door_field(self) -> str:
        return self.field("door")

    @property
    def paid_field(self) -> str:
        return self.field("paid")


class GridSheet:
    """All rows of one building and batch; ``data`` is what was sent, if anything was."""

    def __init__(
        self, batch: Batch, building: Building, data: QueryDict | None, *, first: str
    ) -> None:
        self.batch, self.building, self.data = batch, building, data
        self.stock = shelf(batch)
        self.first = first  # the home asked for, on top
        self.added = self._added()
        self.rows = self._rows(self.data)

    def _rows(self, data: QueryDict | None) -> list[Row]:
        known = slots(self.batch, self.building)
        have = {(slot.unit, slot.room) for slot in known}
        new = [Slot(*place) for place in self.added if place not in have]
        return [Row(slot, self.stock, data) for slot in [*new, *known]]

    def _added(self) -> list[tuple[str, str]]:
        """Rooms written in by hand, where there is no roster to take them from."""
        if self.data is None or self.building.compound.has_roster:
            return []
        kept = [
            (unit, room)
            for unit, _slash, room in (
                said.partition("/") for said in self.data.getlist("room")
            )
        ]
        return [place for place in dict.fromkeys([*kept, *self._new()]) if fits(place)]

    def _new(self) -> Iterable[tuple[str, str]]:
        data = self.data or QueryDict()
        typed = data.get("new-unit", ""), data.get("new-room", "")
        own = self.building.name
        _building, unit, room = clearest(own, *typed, {own})
        if room:
            yield unit, room

    @property
    def is_adding(self) -> bool:
        return any(self._new())

    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.is_changed]

    def entries(self) -> list[Entry]:
        """What is to be saved; an amount that is no number becomes its row's fault."""
        found = []
        for row in self.changed():
            try:
                found.append(row.entry())
            except ValidationError as fault:
                row.fault = fault.messages[0]
        return found

    def refuse(self, refused: dict[tuple[str, str], Refused]) -> None:
        """Rows as they are now; the faulty ones keep what was typed, with the reason."""
        faults = {row.key: row.fault for row in self.rows if row.fault}
        faults |= {
            f"{unit}/{room}": str(refusal.sentence)
            for (unit, room), refusal in refused.items()
        }
        typed = {row.key: row for row in self._rows(self.data)}
        self.rows = [
            typed[row.key] if row.key in faults else row for row in self._rows(None)
        ]
        for row in self.rows:
            row.fault = faults.get(row.key, "")

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.rows if row.fault]

    @property
    def top(self) -> list[Row]:
        """What a head looks for first: asked for, unsaved, refused, ordered, last time's."""
        rows = [row for row in self.rows if self._is_first(row)]
        return sorted(rows, key=lambda row: (row.key != self.first, not row.fault))

    def _is_first(self, row: Row) -> bool:
        place = row.slot.unit, row.slot.room
        said = row.key == self.first or place in self.added
        return bool(said or row.fault or row.is_dirty or row.slot.is_busy)

    @property
    def folds(self) -> list[list[Row]]:
        """The other homes, twenty to a fold."""
        rest = [row for row in self.rows if not self._is_first(row)]
        return [rest[at : at + CHUNK] for at in range(0, len(rest), CHUNK)]


def fits(place: tuple[str, str]) -> bool:
    """Short enough for a home, and not a field's name in disguise."""
    unit, room = place
    return bool(room) and len(unit) <= 10 and len(room) <= 20 and "~" not in unit + room
