"""A chain on the screen: each line with its verdict, its parts marked, its homes in fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

from catalog.models import Stock
from groupbuy.shared.errors import Refused
from groupbuy.shared.phones import hidden
from orders.actions.chain_lines import mark
from orders.models import ChainLine, NoSuchHome
from orders.queries.chain_totals import Covered, PackageTotal, covered, package_totals
from orders.queries.chains import (
    BLANK,
    DECIDED,
    STANDS,
    Row,
    Work,
    is_elsewhere,
    link_orders,
)
from orders.queries.why import sentence
from orders.reading.fold import Home, Kind, key
from orders.reading.shapes import Why
from orders.states import LineState

FIELDS = ("unit", "room", "name", "note")


@dataclass
class RowFields:
    """One home of an open line, in fields; ``fault`` is beside field ``wrong``."""

    prefix: str
    row: Row
    stock: list[Stock]
    fault: str = ""
    wrong: str = ""
    nearest: list[tuple[str, str, str]] = field(default_factory=list)
    linked: str = ""
    with_unit: bool = True
    so_far: str = ""

    @property
    def room(self) -> str:
        return room_words((self.row["unit"], self.row["room"]))

    @property
    def contents(self) -> str:
        return codes(self.row["items"])

    @property
    def boxes(self) -> list[tuple[Stock, str, object]]:
        items = self.row["items"]
        return [
            (s, f"{self.prefix}-q-{s.code}", items.get(s.code, "")) for s in self.stock
        ]

    def typed(self, data: QueryDict) -> Row:
        said = {name: data.get(f"{self.prefix}-{name}", "")[:100] for name in FIELDS}
        items = {
            stock.code: str(data[name]).strip()[:6]
            for stock, name, _ in self.boxes
            if str(data.get(name, "")).strip()
        }
        return {**said, "items": items, "phone": self.row.get("phone", "")}


@dataclass
class LineView:
    """One line. ``is_open``: a person must decide, and its homes stand in fields; those of
    a line that counts are only ``said``."""

    line: ChainLine
    is_open: bool
    is_elsewhere: bool
    rows: list[RowFields]
    said: list[RowFields]
    refusal: str = ""
    total: Covered | None = None
    fault: str = ""
    shows_phones: bool = False
    is_as_ordered: bool = False  # accepted, and its homes hold just that already

    @property
    def text(self) -> str:
        """As it was pasted, telephone numbers by their ends only, but where one was asked for."""
        return self.line.text if self.shows_phones else hidden(self.line.text)

    @property
    def hides_phones(self) -> bool:
        return self.text != self.line.text

    @property
    def look(self) -> str:
        """The class that colours it; the word stands beside it."""
        if self.refusal:
            return "refused"
        aside = self.line.state == LineState.SET_ASIDE and not self.total
        return "aside" if aside and self.line.verdict != "demand" else self.line.verdict

    @property
    def counts(self) -> bool:
        return self.line.state in STANDS

    @property
    def wishes(self) -> list[str]:
        """Packages noted for a line that wishes for something."""
        return [code for row in self.line.understood for code in row["items"]]

    @property
    def why(self) -> str:
        return sentence(Why(self.line.why_code, self.line.why_args))

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The text in pieces: (piece, the part it was read as or "")."""
        text, at, found = self.text, 0, []
        for start, end, part in sorted(self.line.spans):
            if at <= start < end <= len(text):
                found += [(text[at:start], ""), (text[start:end], part)]
                at = end
        return [piece for piece in [*found, (text[at:], "")] if piece[0]]


class PasteSheet:
    """Everything the page shows of the newest paste, in a constant number of queries.

    Telephone numbers are hidden but in line ``phones_of``, whose look the log has.
    """

    def __init__(self, work: Work, *, phones_of: int = 0) -> None:
        self.work, self.phones_of = work, phones_of
        self.chain = work.chain
        self.stock = list(work.stock.values())

    @cached_property
    def linked(self) -> Mapping[Home, str]:
        found = link_orders(self.chain.batch, self.work.building)
        return {home: codes(items) for home, items in found.items()}

    @property
    def has_units(self) -> bool:
        """Where the roster knows no units, nobody is asked for one."""
        return not self.work.roster or any(unit for unit, _room in self.work.roster)

    @cached_property
    def lines(self) -> list[LineView]:
        return [self._line(line) for line in self.work.lines]

    @property
    def open(self) -> list[LineView]:
        return [line for line in self.lines if line.is_open]

    @property
    def wrong_totals(self) -> list[LineView]:
        return [line for line in self.lines if line.total and line.total.differs]

    @cached_property
    def taps(self) -> list[dict[str, object]]:
        """Homes that a person ticks, each as it is and as it would be."""
        shown = [wanted for wanted in self.work.fold.homes if wanted.is_asked]
        return [
            {
                "wanted": wanted,
                "room": room_words(wanted.home),
                "mark": mark(wanted),
                "was": codes(wanted.held),
                "will": codes(wanted.items),
                "lines": [
                    (line.number, hidden(line.text))
                    for line in self.work.lines
                    if line.number in wanted.lines
                ],
            }
            for wanted in shown
        ]

    @property
    def totals(self) -> list[PackageTotal]:
        return package_totals(self.work)

    @property
    def to_collect(self) -> int:
        return sum(total.cents for total in self.totals)

    @property
    def ready(self) -> int:
        return len(self.work.fold.ready)

    def typed(self, data: QueryDict) -> dict[int, list[Row]]:
        """What stands in the fields of open lines; a line that was not sent is left alone."""
        return {
            view.line.number: [row.typed(data) for row in view.rows]
            for view in self.open
            if any(f"{row.prefix}-room" in data for row in view.rows)
        }

    def refuse(self, number: int, refusal: Refused) -> bool:
        """Beside its field, or above the line's fields; False where no line is open."""
        n, _, name = refusal.field.partition("-")
        shown = [view for view in self.open if view.line.number == number]
        for view in shown:
            rows = [row for row in view.rows if row.prefix == f"{number}-{n}"]
            for row in rows:
                row.fault, row.wrong = str(refusal.sentence), name
                if isinstance(refusal, NoSuchHome):
                    row.nearest = refusal.nearest
            view.fault = "" if rows else str(refusal.sentence)
        return bool(shown)

    def _line(self, line: ChainLine) -> LineView:
        is_open = self.work.waits(line)
        rows = (self.work.rows(line) or [BLANK]) if is_open else []
        said = self.work.rows(line) if line.state in STANDS and not is_open else []
        homes = self.work.fold.of_line(line.number)
        refused = [self.chain.refused.get(key(w.home), {}) for w in homes]
        return LineView(
            line=line,
            is_open=is_open,
            is_elsewhere=is_elsewhere(line.understood, self.work.building.name),
            rows=[self._row(line, n, row) for n, row in enumerate(rows)],
            said=[self._row(line, n, row) for n, row in enumerate(said)],
            refusal=next((r["why"] for r in refused if r), ""),
            total=covered(self.work, line) if line.verdict == "check" else None,
            shows_phones=line.number == self.phones_of,
            is_as_ordered=line.state == LineState.ACCEPTED
            and bool(homes)
            and all(wanted.kind == Kind.UNCHANGED for wanted in homes),
        )

    def _row(self, line: ChainLine, n: int, row: Row) -> RowFields:
        linked = self.linked.get((row["unit"], row["room"]), "")
        decides = line.verdict in DECIDED and row["room"]
        so_far = self.work.so_far(line, row)[1] if decides else {}
        return RowFields(
            f"{line.number}-{n}",
            row,
            self.stock,
            linked=linked,
            with_unit=self.has_units or bool(row["unit"]),
            so_far=codes(so_far),
        )


def codes(items: Mapping[str, int]) -> str:
    """``A×1 B×2``."""
    return " ".join(f"{code}×{number}" for code, number in items.items())


def room_words(home: Home) -> str:
    return "-".join(part for part in home if part)
