"""What a row of a places file says; what is wrong with it, in a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from groupbuy.community.reading.table import Columns, Row, read_table
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import building_name, room_name, unit_name

T = TypeVar("T")
Fault = tuple[int, str]  # a row's number, and what is wrong with it

COMPOUND_COLUMNS: Columns = {
    "committee": ("居委会", "村委会", "居委", "居村委", "居委会名称"),
    "committee_code": ("居委会代码", "代码"),
    "compound": ("小区", "村", "小区名称", "小区/村"),
    "kind": ("类型",),
    "address": ("地址", "小区地址"),
    "gate": ("门", "大门"),
    "gate_address": ("门地址",),
}
ROSTER_COLUMNS: Columns = {
    "committee": COMPOUND_COLUMNS["committee"],
    "compound": COMPOUND_COLUMNS["compound"],
    "building": ("楼栋", "楼", "楼号", "组", "幢"),
    "unit": ("单元",),
    "room": ("室号", "房号", "室", "门牌", "房间"),
    "gate": ("门", "大门"),
    "bring_to_door": ("送上门",),
    "on_call_list": ("电话关照",),
}
COLUMNS = {**COMPOUND_COLUMNS, **ROSTER_COLUMNS}
SAMPLES = {
    "compounds": (
        "居委会,居委会代码,小区,类型,地址,门,门地址\n"
        "示例居委会,310112999001,品质苑,小区,元江路1号,东门,元江路1号东门\n"
        "示例居委会,310112999001,品质苑,小区,元江路1号,西门,华宁路8号\n"
        "示例村委会,310112999002,彭渡村,村,昆阳路2号,,\n"
    ),
    "roster": (
        "居委会,小区,楼栋,单元,室号,门,送上门,电话关照\n"
        "示例居委会,品质苑,3,,502,东门,,\n"
        "示例居委会,品质苑,6甲,1,101,西门,是,是\n"
    ),
}
YES, NO = (
    {"是", "Y", "YES", "1", "√", "TRUE", "有"},
    {"", "否", "N", "NO", "0", "FALSE"},
)
KINDS = {"": "estate", "小区": "estate", "ESTATE": "estate", "村": "village"}
KINDS |= {"VILLAGE": "village", "居民区": "estate", "自然村": "village"}


@dataclass(frozen=True)
class CompoundRow:
    number: int
    committee: str
    committee_code: str
    compound: str
    kind: str
    address: str
    gate: str
    gate_address: str


@dataclass(frozen=True)
class HomeRow:
    number: int
    committee: str
    compound: str
    building: str
    unit: str
    room: str
    gate: str
    bring_to_door: bool
    on_call_list: bool


class BadRows(Refused):
    """Nothing was brought in; ``rows`` are (number, reason), in the file's order.

    A row with several faults is there as often.
    """

    def __init__(self, rows: Iterable[Fault]) -> None:
        self.rows = sorted(rows)
        sentence = _("Nothing was brought in: %(count)s rows are wrong.")
        words = sentence % {"count": len({number for number, _reason in self.rows})}
        super().__init__(words, field="file", code="bad_rows")


def kind_of(data: bytes) -> str:
    """``roster`` for a file with a column of rooms, else ``compounds``."""
    rows = read_table(data, ROSTER_COLUMNS, [])
    return "roster" if rows and "room" in rows[0].cells else "compounds"


def compound_row(cells: "Cells") -> CompoundRow:
    return CompoundRow(
        number=cells.number,
        committee=cells.text("committee", 60, needed=True),
        committee_code=cells.text("committee_code", 20),
        compound=cells.text("compound", 60, needed=True),
        kind=cells.kind(),
        address=cells.text("address", 120),
        gate=cells.text("gate", 40),
        gate_address=cells.text("gate_address", 120),
    )


def home_row(cells: "Cells") -> HomeRow:
    return HomeRow(
        number=cells.number,
        committee=cells.text("committee", 60),
        compound=cells.text("compound", 60, needed=True),
        building=building_name(cells.text("building", 20, needed=True)),
        unit=unit_name(cells.text("unit", 10)),
        room=room_name(cells.text("room", 20, needed=True)),
        gate=cells.text("gate", 40),
        bring_to_door=cells.flag("bring_to_door"),
        on_call_list=cells.flag("on_call_list"),
    )


def each(
    rows: Iterable[Row], read: Callable[["Cells"], T]
) -> tuple[list[T], list[Fault]]:
    """Every row, and what is wrong in any cell: a wrong row is read, too, so that what the
    town's places have against it is named in the same answer."""
    faults: list[Fault] = []
    return [read(Cells(row, faults)) for row in rows], faults


class Cells:
    """One row's cells, taken out one by one; what is wrong with them joins ``faults``."""

    def __init__(self, row: Row, faults: list[Fault]) -> None:
        self._row, self._faults = row, faults
        self.number = row.number

    def text(self, name: str, longest: int, *, needed: bool = False) -> str:
        text = self._row[name]
        words = {"column": COLUMNS[name][0], "most": longest}
        if needed and not text:
            self._wrong(_("“%(column)s” is empty.") % words)
        if len(text) > longest:
            self._wrong(_("“%(column)s” is longer than %(most)s characters.") % words)
        return text

    def kind(self) -> str:
        text = self._row["kind"]
        if text.upper() not in KINDS:
            self._wrong(_("“%(text)s” is neither 小区 nor 村.") % {"text": text[:20]})
        return KINDS.get(text.upper(), "")

    def flag(self, name: str) -> bool:
        text = self._row[name].upper()
        if text not in YES | NO:
            words = {"column": COLUMNS[name][0], "text": text[:20]}
            sentence = _("“%(column)s” says “%(text)s”: please write 是 or 否.")
            self._wrong(sentence % words)
        return text in YES

    def _wrong(self, sentence: str) -> None:
        self._faults.append((self.number, sentence))
