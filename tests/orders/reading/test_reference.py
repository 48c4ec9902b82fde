"""The reference lines, read as the reference says."""

import json
from pathlib import Path
from typing import Any

import pytest

from orders.reading.shapes import Offer
from tests.orders.reading.score import judge
from tests.orders.reading.spelling import answers

LINES = Path(__file__).parent / "lines"
CASES: list[dict[str, Any]] = json.loads((LINES / "reference.json").read_text())
VERDICTS = {"OK": "order", "OK*": "order"}


def test_all_reference_lines_are_here() -> None:
    assert len(CASES) == 48


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_reference_line_is_read_as_it_says(case: dict[str, Any]) -> None:
    known = {"building": case.get("building", "")}
    if "offers" in case:
        known["offers"] = tuple(Offer(**one, limit=5) for one in case["offers"])

    said = answers(case["text"], **known)

    assert said == case["read"]
    disposition = case["disposition"]
    verdict = VERDICTS.get(disposition, disposition.lower())
    assert said[-1].split(" ")[0] == verdict


@pytest.mark.parametrize(
    "name", ["adversary.json", "adversary2.json", "examiner.json", "fourth.json"]
)
def test_lines_invented_to_mislead_are_never_accepted_wrongly(name: str) -> None:
    lines = judge(LINES / name)

    orders = [line for line in lines if line.wanted == "order"]
    others = [line for line in lines if line.wanted != "order"]
    assert [line.id for line in lines if line.is_wrongly_accepted] == []
    assert sum(line.is_right for line in orders) >= 0.95 * len(orders)
    assert sum(line.is_right for line in others) >= 0.85 * len(others)
    assert [line.lost for line in lines if line.lost] == []
