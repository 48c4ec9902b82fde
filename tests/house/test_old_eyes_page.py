"""The page about old eyes names tests and measures that exist, and every measure."""

import re

from tests.house.pages import missing
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "old-eyes.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.M)
MEASURES = {
    *re.findall(r"^    (\w+): \(", (ROOT / "tests/browser/eyes.js").read_text(), re.M)
}
CHANGES = {"open", "size", "undo"}  # of the page, not of its faults


def test_every_row_is_held_by_a_test_that_exists_or_by_a_person() -> None:
    rows = dict(ROW.findall(PAGE))
    assert list(rows) == [str(number) for number in range(1, 25)]
    held = [n for n, row in rows.items() if "`tests/" in row or "a person" in row]
    assert held == list(rows)
    assert missing(PAGE) == []


def test_every_measure_stands_in_a_row() -> None:
    named = {
        m for found in re.findall(r"\[([\w, ]+)\]", PAGE) for m in found.split(", ")
    }
    assert named == MEASURES - CHANGES


def test_a_test_that_was_renamed_is_missed() -> None:
    assert missing("`tests/browser/test_axe.py::test_gone`") != []
