"""Workbooks, read back: all lines, right sums, nothing that calculates."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from delivery.documents.excel import ListLine, lists_workbook, supply_workbook
from tests.delivery.documents.sample import supply

HOSTILE = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://evil.example")',
    "=cmd|' /C calc'!A0",
    "http://evil.example",
    "_x0041_",
]


def line(**more: object) -> ListLine:
    facts = {"compound": "嘉怡水岸", "gate": "南门", "building": "3号楼", "unit": ""}
    goods = {"room": "0201", "who": "", "code": "A", "title": "绿叶菜", "quantity": 2}
    return ListLine(**(facts | goods | more))  # type: ignore[arg-type]


def rows(book: bytes, sheet: str) -> list[list[object]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(book))
        .get_sheet_by_name(sheet)
        .to_python()
    )


def formulas(book: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        return sum(
            parts.read(n).count(b"<f>") + parts.read(n).count(b"<hyperlink")
            for n in sheets
        )


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_looks_like_a_formula_is_stored_as_typed_and_inert(typed: str) -> None:
    book = lists_workbook([line(note=typed, who=typed, room=typed)])

    assert formulas(book) == 0
    stored = rows(book, "明细")[1]
    assert [stored[4], stored[5], stored[9]] == [typed] * 3


def test_rooms_keep_their_zeros_and_numbers_are_numbers() -> None:
    stored = rows(lists_workbook([line(due_cents=4990)]), "明细")[1]

    assert stored[4] == "0201"
    assert stored[8] == 2
    assert stored[10] == 49.9


def test_totals_are_by_gate_and_package_and_over_all() -> None:
    book = lists_workbook(
        iter(
            [
                line(),
                line(room="301", quantity=3),
                line(gate="北门"),
                line(code="B", title="奶"),
            ]
        )
    )

    assert rows(book, "合计")[1:] == [
        ["嘉怡水岸", "南门", "A", "绿叶菜", 5],
        ["嘉怡水岸", "北门", "A", "绿叶菜", 2],
        ["嘉怡水岸", "南门", "B", "奶", 2],
        ["合计", "", "", "", 9],
    ]


def test_no_phone_of_a_resident_is_in_the_workbook() -> None:
    stored = rows(
        lists_workbook([line(note="打13798765432", who="王13798765432")]), "明细"
    )

    assert "13798765432" not in str(stored)


def test_broken_and_endless_text_does_not_stop_the_book() -> None:
    stored = rows(lists_workbook([line(note="\ud800" + "长" * 50_000)]), "明细")[1]

    assert stored[9] == "长" * 32_000


def test_a_book_that_is_given_up_leaves_none_of_its_rows_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def lines() -> Iterator[ListLine]:
        yield line(who="王阿姨")
        assert [path for path in tmp_path.rglob("*") if path.is_file()]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        lists_workbook(lines())

    assert list(tmp_path.iterdir()) == []


def test_a_supply_book_has_totals_and_a_column_for_each_package() -> None:
    book = supply_workbook(supply(2))

    assert rows(book, "合计")[1:] == [
        ["A", "绿叶菜套餐", 60],
        ["B", "耐储套餐", 24],
        ["合计", "", 84],
    ]
    assert rows(book, "各门")[0][6:] == ["A", "B", "合计"]
    assert rows(book, "各门")[1][6:] == [30, 12, 42]
    assert formulas(book) == 0


def test_an_english_book_has_english_headings() -> None:
    assert rows(lists_workbook([line()], language="en"), "Lines")[0][0] == "Compound"
