"""A CSV file as offices save it: any of three encodings, comma or semicolon, BOM or not."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain

LARGEST = 5_000_000  # bytes
MOST_ROWS = 50_000

Columns = Mapping[str, Sequence[str]]  # our name: the headings people use for it


@dataclass(frozen=True)
class Row:
    """One record; ``number`` counts as a spreadsheet does, the heading is row 1."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_table(data: bytes, columns: Columns, required: Sequence[str]) -> list[Row]:
    """The rows that are not blank, cells made plain; columns nobody asked for are left out.

    Raises Refused, beside ``file``, with the name of the fault.
    """
    records = _records(text_of(data))
    if not records:
        raise _refused(_("This file is empty."))
    names = [_name(heading, columns) for heading in records[0]]
    if absent := [columns[name][0] for name in required if name not in names]:
        sentence = _("The first row must name the columns. Missing: %(columns)s.")
        raise _refused(sentence % {"columns": "、".join(absent)})
    if len(records) > MOST_ROWS + 1:
        sentence = _("At most %(most)s rows at once, please; here are %(count)s.")
        raise _refused(sentence % {"most": MOST_ROWS, "count": len(records) - 1})
    return [
        Row(number, dict(zip(names, map(plain, record), strict=False)))
        for number, record in enumerate(records[1:], start=2)
        if any(cell.strip() for cell in record)
    ]


def text_of(data: bytes) -> str:
    """Decoded from UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030."""
    if len(data) > LARGEST:
        sentence = _("The file is larger than %(limit)s MB.")
        raise _refused(sentence % {"limit": LARGEST // 1_000_000})
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refused(_("This is an Excel file. Please save it as CSV first."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\0" in data:
        raise _refused(_("This is not a text file. Please save the table as CSV."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        sentence = _(
            "The letters of this file cannot be read. Please save it as UTF-8."
        )
        raise _refused(sentence) from wrong


def _records(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        records = list(reader)
    except csv.Error as wrong:
        sentence = _("Row %(number)s cannot be read: look for a quotation mark.")
        raise _refused(sentence % {"number": reader.line_num}) from wrong
    while records and not any(cell.strip() for cell in records[0]):
        records.pop(0)
    return records


def _name(heading: str, columns: Columns) -> str:
    wanted = plain(heading).lower().replace(" ", "_")
    known = {alias: name for name, aliases in columns.items() for alias in aliases}
    return known.get(wanted, wanted if wanted in columns else "")


def _refused(sentence: str) -> Refused:
    return Refused(sentence, field="file", code="file")
