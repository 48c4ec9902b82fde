"""Homes beside each other in one line, and lines that belong to another one's message."""

import pytest

from tests.orders.reading.spelling import answer, answers


@pytest.mark.parametrize(
    "line", ["301/302 A1", "301,302 A1", "101，302 A1", "301+401 A1"]
)
@pytest.mark.parametrize("building", ["", "8"])
def test_two_flats_are_no_building_and_room(line: str, building: str) -> None:
    assert answer(line, building=building) == "review"


def test_a_long_building_number_before_a_slash_is_still_one() -> None:
    assert answer("128/1204 A1") == "order 128-1204 A1"


@pytest.mark.parametrize(
    "line", ["3号楼301 A1，302 B1", "5-301 A1 302 B1", "5-301 A1、8866 B1"]
)
def test_a_bare_flat_behind_another_building_is_not_the_heads(line: str) -> None:
    assert answer(line, building="8") == "review"


def test_a_neighbours_order_behind_ones_own() -> None:
    assert answer("3-304 A1，帮3-305代订B1") == "order 3-304 A1 / 3-305 B1"
    assert answer("3-304帮3-305订B1") == "review"
    assert answer("替我妈3号楼1102订B1") == "order 3-1102 B1"


def test_a_villages_group_and_door() -> None:
    assert answer("3组12号 A1") == "order 3-12 A1"
    assert answer("A 2组 12号301") == "order 12-301 A2"
    assert answer("2组12号301 B1") == "review"


def test_a_package_taken_back_for_another_is_a_swap() -> None:
    assert answer("3-301 A1不要了，要B1").startswith("amend")
    assert answer("3-301 A1退掉，要A2") == "review"


@pytest.mark.parametrize("words", ["最少", "至多", "顶多", "不超过"])
def test_at_least_and_at_most_are_vague(words: str) -> None:
    assert answer(f"3-301 A{words}2份") == "review"


def test_what_a_reply_quotes_is_not_its_own() -> None:
    text = "「张阿姨：3-301 A1\n3-302 B1」\n- - - - -\n3-302 B1"

    assert answers(text) == ["review", "review", "ignore", "order 3-302 B1"]
    assert answer("「3-301 A1」好的") == "review"
    assert answer("「3-301」A1") == "order 3-301 A1"


def test_a_quote_that_never_ends_waits_for_the_head() -> None:
    assert answers("「张阿姨：3-301 A1\n3-302 B1") == ["review", "review"]


@pytest.mark.parametrize(
    "line", ["昨天的接龙", "昨天的：", "上次名单：", "昨天漏接龙的："]
)
def test_rows_under_another_days_heading_wait(line: str) -> None:
    assert answers(f"{line}\n3-301 A1")[1] == "review"


def test_yesterdays_rows_wait_until_todays_begin() -> None:
    text = "昨天的接龙：\n3号楼：\n301 A1\n今天接龙\n301 B1"

    assert answers(text)[2:] == ["review", "ignore", "order 3-301 B1"]


def test_where_a_row_names_its_unit_the_next_cannot_leave_it_out() -> None:
    text = "8号楼\n301 A1\n2单元301 A1\n302 B1\n1单元302 B1"

    assert answers(text)[2:] == ["order 8-2-301 A1", "review", "order 8-1-302 B1"]
    assert answers("8号楼2单元\n301 A1\n302 B1")[2] == "order 8-2-302 B1"
