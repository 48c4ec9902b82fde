"""What a row of a places file says; what is wrong with it, in a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from groupbuy.community.reading.table import Columns, Row, read_table
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import building_name, room_name, unit_name

T = TypeVar("T")

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

    @property
    def home(self) -> tuple[str, str, str, str, str]:
        return self.committee, self.compound, self.building, self.unit, self.room


class BadRows(Refused):
    """Nothing was brought in; ``rows`` are (number, reason), in the file's order."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self.rows = sorted(rows)
        sentence = _("Nothing was brought in: %(count)s rows are wrong.")
        words = sentence % {"count": len(self.rows)}
        super().__init__(words, field="file", code="bad_rows")


def kind_of(data: bytes) -> str:
    """``roster`` for a file with a column of rooms, else ``compounds``."""
    rows = read_table(data, ROSTER_COLUMNS, [])
    return "roster" if rows and "room" in rows[0].cells else "compounds"


def compound_row(row: Row) -> CompoundRow:
    """Raises Refused with the reason, without the row's number."""
    return CompoundRow(
        number=row.number,
        committee=_text(row, "committee", 60, needed=True),
        committee_code=_text(row, "committee_code", 20),
        compound=_text(row, "compound", 60, needed=True),
        kind=_kind(row["kind"]),
        address=_text(row, "address", 120),
        gate=_text(row, "gate", 40),
        gate_address=_text(row, "gate_address", 120),
    )


def home_row(row: Row) -> HomeRow:
    """Raises Refused with the reason, without the row's number."""
    return HomeRow(
        number=row.number,
        committee=_text(row, "committee", 60),
        compound=_text(row, "compound", 60, needed=True),
        building=building_name(_text(row, "building", 20, needed=True)),
        unit=unit_name(_text(row, "unit", 10)),
        room=room_name(_text(row, "room", 20, needed=True)),
        gate=_text(row, "gate", 40),
        bring_to_door=_flag(row, "bring_to_door"),
        on_call_list=_flag(row, "on_call_list"),
    )


def each(rows: Iterable[Row], read: Callable[[Row], T]) -> list[T]:
    """Every row read; raises BadRows with all that are wrong, not only the first."""
    good: list[T] = []
    bad: list[tuple[int, str]] = []
    for row in rows:
        try:
            good.append(read(row))
        except Refused as refusal:
            bad.append((row.number, refusal.sentence))
    if bad:
        raise BadRows(bad)
    return good


def _text(row: Row, name: str, longest: int, *, needed: bool = False) -> str:
    columns = {**COMPOUND_COLUMNS, **ROSTER_COLUMNS}
    words = {"column": columns[name][0], "most": longest}
    if needed and not row[name]:
        raise Refused(_("“%(column)s” is empty.") % words)
    if len(row[name]) > longest:
        raise Refused(_("“%(column)s” is longer than %(most)s characters.") % words)
    return row[name]


def _kind(text: str) -> str:
    if text.upper() not in KINDS:
        raise Refused(_("“%(text)s” is neither 小区 nor 村.") % {"text": text[:20]})
    return KINDS[text.upper()]


def _flag(row: Row, name: str) -> bool:
    text = row[name].upper()
    if text not in YES | NO:
        words = {"column": ROSTER_COLUMNS[name][0], "text": text[:20]}
        raise Refused(_("“%(column)s” says “%(text)s”: please write 是 or 否.") % words)
    return text in YES
