"""Workbooks that open safely anywhere: text stays text, whatever it begins with.

A cell is a string or a number by its type here, never by what it looks like; text that
a spreadsheet could take for a formula is also marked as quoted, so that editing
the cell does not wake it up.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from delivery.documents.ink import without_phones
from delivery.documents.shapes import SupplyData
from delivery.documents.words import WORDS
from delivery.documents.workshop import workshop

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠|%")
LONGEST = 32_000  # characters; Excel ends a cell at 32,767


class ListLine(NamedTuple):
    """One package of one home; `due_cents` is what is unpaid of this line alone."""

    compound: str
    gate: str
    building: str
    unit: str
    room: str
    who: str
    code: str
    title: str
    quantity: int
    note: str = ""
    due_cents: int = 0
    order_number: str = ""


class Book:
    """A workbook written once from top to bottom, in little memory: rows wait in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.out,
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.text = self.book.add_format({"num_format": "@"})
        self.quoted = self.book.add_format({"num_format": "@", "quote_prefix": True})
        self.money = self.book.add_format({"num_format": "0.00"})
        self.heading = self.book.add_format({"bold": True, "bottom": 1})

    def sheet(self, name: str, headings: Sequence[str]) -> "Rows":
        """A sheet with its headings, kept in sight."""
        rows = Rows(self, self.book.add_worksheet(name))
        rows.add(headings, style=self.heading)
        rows.sheet.freeze_panes(1, 0)
        rows.sheet.set_column(0, len(headings) - 1, 14)
        return rows

    def close(self) -> None:
        self.book.close()

    def content(self) -> bytes:
        """The finished file, once it is closed."""
        return self.out.getvalue()


@contextmanager
def new_book() -> Iterator[Book]:
    """A book whose rows, homes among them, are cleared away even if its writer is killed."""
    with workshop() as folder, closing(Book(folder)) as book:
        yield book


class Rows:
    """One sheet, row after row."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet, self.next = book, sheet, 0

    def add(self, cells: Iterable[Any], style: Format | None = None) -> None:
        """The next row; a float is money in yuan, an int a count, all else text."""
        for column, value in enumerate(cells):
            if isinstance(value, str):
                if value:
                    text, risky = storable(value)
                    usual = self.book.quoted if risky else self.book.text
                    self.sheet.write_string(self.next, column, text, style or usual)
            elif isinstance(value, float):
                self.sheet.write_number(self.next, column, value, self.book.money)
            else:
                self.sheet.write_number(self.next, column, value)
        self.next += 1


@lru_cache(maxsize=512)  # places and titles stand in every line
def storable(text: str) -> tuple[str, bool]:
    """As typed, but for what a file cannot hold: lone surrogates, and no end. And whether a
    spreadsheet could take it for a formula."""
    text = text.encode("utf-8", "ignore").decode()[:LONGEST]
    return text, text.startswith(DANGEROUS)


def lists_workbook(lines: Iterable[ListLine], *, language: str = "zh") -> bytes:
    """Every line of the lists, and a sheet of totals by compound and gate."""
    with new_book() as book:
        write_lists(book, lines, WORDS[language])
    return book.content()


def write_lists(book: Book, lines: Iterable[ListLine], words: dict[str, str]) -> None:
    names = ("compound", "gate", "building", "unit", "room", "who", "code", "package")
    more = ("quantity", "note", "to_pay", "order_number")
    rows = book.sheet(words["lists_sheet"], [words[n] for n in names + more])
    totals: Counter[tuple[str, str, str, str]] = Counter()
    for x in lines:
        who, note = without_phones(x.who), without_phones(x.note)
        home = (x.compound, x.gate, x.building, x.unit, x.room, who)
        goods = (x.code, x.title, x.quantity, note, x.due_cents / 100, x.order_number)
        rows.add((*home, *goods))
        totals[x.compound, x.gate, x.code, x.title] += x.quantity
    heads = ("compound", "gate", "code", "package", "quantity")
    sums = book.sheet(words["totals_sheet"], [words[n] for n in heads])
    for place, quantity in totals.items():
        sums.add((*place, quantity))
    sums.add((words["sum"], "", "", "", totals.total()))


def supply_workbook(data: SupplyData, *, language: str = "zh") -> bytes:
    """A supplier's grand totals, then its gates with a column for each package."""
    with new_book() as book:
        write_supply(book, data, WORDS[language])
    return book.content()


def write_supply(book: Book, data: SupplyData, words: dict[str, str]) -> None:
    heads = [words[n] for n in ("code", "package", "quantity")]
    totals = book.sheet(words["totals_sheet"], heads)
    for t in data.totals:
        totals.add((t.code, t.title, t.quantity))
    totals.add((words["sum"], "", sum(t.quantity for t in data.totals)))
    codes = [t.code for t in data.totals]
    places = ("compound", "gate", "address", "contact", "phone", "window")
    gates = book.sheet(
        words["gates_sheet"], [*(words[n] for n in places), *codes, words["sum"]]
    )
    for at in data.stops:
        pieces = dict(at.items)
        place = (at.compound, at.gate, at.address, at.contact.name, at.contact.phone)
        counted = [pieces.get(code, 0) for code in codes]
        gates.add((*place, at.window, *counted, sum(counted)))
