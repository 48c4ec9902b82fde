"""CSV files as offices save them."""

import pytest
from django.utils import translation

from groupbuy.community.reading.table import LARGEST, MOST_ROWS, read_table
from groupbuy.shared.errors import Refused

COLUMNS = {"compound": ("小区", "小区名称"), "room": ("室号",), "note": ("备注",)}
TABLE = "小区,室号\n品质苑,502\n"


def read(data):
    return [dict(r.cells) for r in read_table(data, COLUMNS, ["compound", "room"])]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("gb18030"),
        TABLE.replace("\n", "\r\n").encode(),
        "小区名称 ,室号\n “品质苑”,５０２\n".replace("“", "").replace("”", "").encode(),
        "compound,room\n品质苑,502\n".encode(),
    ],
    ids=[
        "utf8",
        "bom",
        "gb18030",
        "utf16",
        "semicolon",
        "tab",
        "crlf",
        "alias",
        "english",
    ],
)
def test_every_way_to_save_it_reads_the_same(data):
    assert read(data) == [{"compound": "品质苑", "room": "502"}]


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_ones_left_out():
    rows = read_table(
        "小区,室号\na,1\n,\nb,2\n".encode(), COLUMNS, ["compound", "room"]
    )

    assert [(row.number, row["compound"]) for row in rows] == [(2, "a"), (4, "b")]


def test_columns_nobody_asked_for_are_left_out():
    rows = read_table("小区,室号,电话\na,1,138\n".encode(), COLUMNS, ["compound"])

    assert "138" not in rows[0].cells.get("电话", "")
    assert rows[0]["电话"] == ""


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"a,b\0\n", "text file"),
        (b"\xff\xff\xff,\x80", "letters"),
        ("小区\n品质苑\n".encode(), "室号"),
        ('小区,室号\n"品质苑,502\n'.encode(), "quotation"),
        (b"x" * (LARGEST + 1), "5 MB"),
        (TABLE.encode() + b"a,1\n" * MOST_ROWS, str(MOST_ROWS)),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_the_name_of_its_fault(data, word):
    with translation.override("en"), pytest.raises(Refused, match=word) as refusal:
        read(data)
    assert refusal.value.field == "file"
