"""The page of promises: each is shown by tests that exist, and no rule, bar or fault is left out."""

import re
from collections.abc import Iterator

from groupbuy.roof.verify import RULES
from tests.bench.limits import LIMITS
from tests.chaos.rows import ROWS as FAULTS_OF_THE_SITE
from tests.house.pages import NAMED, missing
from tests.house.source import ROOT
from tests.roof.verify.test_seeded_corruption import FAULTS

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SECTIONS = [
    *("Stock and lateness", "Nothing is lost", "Broken on purpose"),
    "Chains of building heads",
    *("People without a phone", "Paper", "Suppliers", "Privacy, and strangers"),
    *("Old eyes, old phones", "Speed", "Books", "Bad inputs", "Not promised"),
]
BY_NAME = ("Broken on purpose", "Speed", "Books")  # each row is a name of its own


def sections(page: str) -> dict[str, str]:
    """English title → text."""
    _intro, *parts = re.split(r"^## ", page, flags=re.M)
    return {part.partition(" ·")[0]: part for part in parts}


def rows(text: str) -> Iterator[list[str]]:
    """Cells of every row but headings."""
    table = re.findall(r"^\|(.*)\|$", text, re.M)
    for line in table:
        cells = [cell.strip() for cell in line.split("|")]
        if not set(cells[0]) <= set("-") and not cells[-1].endswith(
            ("凭据", "标准", "弄坏", "之后")
        ):
            yield cells


def unshown(page: str) -> list[str]:
    """Promises that no test shows."""
    found = []
    for title, text in sections(page).items():
        if title not in BY_NAME:
            found += [cells[0] for cells in rows(text) if not NAMED.search(cells[-1])]
    return found


def told(page: str, title: str) -> dict[str, list[str]]:
    """The first cell of each row of a section, without its quotes → the others."""
    return {first.strip("`"): rest for first, *rest in rows(sections(page)[title])}


def test_every_promise_is_shown_by_tests_that_exist() -> None:
    assert list(sections(PAGE)) == SECTIONS
    assert unshown(PAGE) == []
    assert missing(PAGE) == []


def test_every_promise_is_said_in_both_languages() -> None:
    one = [cells for text in sections(PAGE).values() for cells in rows(text)]
    assert len(one) > 100, "the rows are found"
    said = [" ".join(cells[:2]) for cells in one]
    assert [words for words in said if not CHINESE.search(words)] == []


def test_every_rule_of_the_books_stands_with_its_planted_fault() -> None:
    books = told(PAGE, "Books")
    assert list(books) == [rule.name for rule in RULES]
    assert set(books) == set(FAULTS)
    unlike = [
        rule.name for rule in RULES if not books[rule.name][0].startswith(rule.says)
    ]
    assert unlike == []
    assert f"these {len(RULES)} rules" in PAGE


def test_every_figure_of_the_bench_stands_with_its_bar() -> None:
    bars = {name: rest[-1] for name, rest in told(PAGE, "Speed").items()}
    assert bars == {
        limit.name: f"{'≥' if limit.at_least else '≤'} {limit.bar:,}"
        for limit in LIMITS
    }


def test_every_fault_of_the_chaos_run_stands_with_what_is_done() -> None:
    chaos = told(PAGE, "Broken on purpose")
    assert list(chaos) == list(FAULTS_OF_THE_SITE)
    unlike = [
        row.name
        for row in FAULTS_OF_THE_SITE.values()
        if not chaos[row.name][0].startswith(row.done)
    ]
    assert unlike == []


def test_a_promise_without_a_test_is_found() -> None:
    promise = "| It never rains. 从不下雨。 | | we hope so |"
    assert unshown(f"## Weather · 天气\n\n{promise}\n") == [
        "It never rains. 从不下雨。"
    ]
