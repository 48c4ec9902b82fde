"""What lines mean beside each other: headers, repeats, a home's sum, totals."""

import pytest

from orders.reading.shapes import Verdict
from tests.orders.reading.spelling import answer, answers, lines


def test_a_header_names_the_building_until_the_next() -> None:
    text = "3号楼：\n301 A1\n302、A2\n303：B1\n5号楼\n301 A1"

    assert answers(text) == [
        "ignore",
        "order 3-301 A1",
        "order 3-302 A2",
        "order 3-303 B1",
        "ignore",
        "order 5-301 A1",
    ]
    assert lines(text)[1].orders[0].assumed == ("building",)


def test_a_header_of_a_unit_stays_in_its_building() -> None:
    assert answer("3号楼\n2单元\n301 A1") == "order 3-2-301 A1"


def test_list_numbers_under_a_header_are_not_buildings() -> None:
    assert answers("3号楼：\n1. 301 A1\n2、302 A1")[1:] == [
        "order 3-301 A1",
        "order 3-302 A1",
    ]


def test_a_building_of_its_own_wins_over_the_header() -> None:
    assert answer("3号楼：\n12号301 A1") == "order 12-301 A1"


@pytest.mark.parametrize("line", ["2-301 A1", "2 301 A1"])
def test_under_a_header_a_short_number_may_be_its_unit(line: str) -> None:
    assert answer(f"3号楼：\n{line}") == "review"


def test_a_building_named_within_a_line_leaves_the_next_rows_unsure() -> None:
    text = "3号楼：\n301 A1\n5号楼：301 A1，302 B1\n303 A1"

    assert answers(text)[2:] == ["order 5-301 A1 / 5-302 B1", "review"]


def test_a_header_with_its_head_as_contact_leaves_rows_unsure() -> None:
    assert answer("3号楼：\n5号楼楼长 王阿姨 13800138000\n301 A1") == "review"


def test_the_second_of_two_equal_lines_is_for_a_person() -> None:
    assert answers("1. 3-502 A2\n2. 3号502 A2份") == ["order 3-502 A2", "review"]
    assert lines("3-502 A2\n\n3-502 A2")[1].why.args == {"line": "1", "home": "3-502"}


def test_the_same_package_again_may_be_more_or_a_correction() -> None:
    assert answer("3-502 A1\n3-502 A2") == "review"


def test_another_package_for_the_same_home_is_an_order() -> None:
    assert answer("3-502 A1\n3-502 B1") == "order 3-502 B1"


@pytest.mark.parametrize(
    "text", ["3-502 A6", "3-502 A5，3-502 A1", "3-502 A3\n3-502 A3"]
)
def test_a_home_never_gets_more_than_its_limit(text: str) -> None:
    assert answer(text) == "review"


def test_a_total_is_held_against_the_lines_it_covers() -> None:
    text = "3号楼：\n301 A1\n302 A2 B1\n以上A共3份B共1份"

    assert lines(text)[-1].why.code == "check_agrees"


def test_a_total_says_what_differs() -> None:
    text = "3号楼：\n301 A1\n302 A2 B1\n303 A或B\n合计A4 B1"
    check = lines(text)[-1]

    assert check.verdict is Verdict.CHECK
    assert check.why.code == "check_differs"
    assert check.why.args == {"differences": "A 4/3", "open": "1"}


def test_a_total_may_cover_a_block_or_all_or_one_building() -> None:
    text = "3号楼\n301 A1\n合计A1\n5号楼\n301 A2\n共2份\n总计A3\n3号楼合计A1，5号楼A2"
    found = [line for line in lines(text) if line.verdict is Verdict.CHECK]

    assert [line.why.code for line in found] == ["check_agrees"] * 4


def test_lines_are_numbered_as_in_the_text() -> None:
    assert [line.number for line in lines("\n3-502 A1\n\n5-301 B1")] == [2, 4]
