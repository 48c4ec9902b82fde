"""Scope, address, roster, names and prices: what decides a line that is open by itself."""

import pytest

from orders.reading.shapes import Offer
from tests.orders.reading.spelling import ABC, answer, lines, table

LANE = "紫龙路500弄"
ROSTER = frozenset(
    {
        ("86", "", "801"),
        ("5", "1", "602"),
        ("3", "1", "501"),
        ("3", "2", "501"),
        ("3", "", "502"),
        ("12", "", "34"),
    }
)
SHOP = (
    Offer("A", "60元蔬菜套餐", 6000, 5, ("蔬菜", "油")),
    Offer("B", "100元蔬菜肉类套餐（含鸡蛋）", 10000, 5, ("荤菜",)),
    Offer("C", "牛奶", 4500, 2),
)


@pytest.mark.parametrize(
    ("line", "read"),
    table(
        """
        502室 A2 => order 3-502 A2
        502 A2 => order 3-502 A2
        1502：A2 => order 3-1502 A2
        502-2 A1 => order 3-502-2 A1
        2、502 A2 => order 3-502 A2
        3-502 A2 => order 3-502 A2
        12-502 A2 => order 12-502 A2
        5号502 A2 => order 5-502 A2
        2-502 A2 => review
        502-504 A1 => review
        A 2 502 => review
        502改成A3 => amend set:3-502 A3
        502不要了 => cancel 3-502
        3、502、A、2 => order 3-502 A2
        7、502、A、2 => review
        """
    ),
)
def test_the_building_in_scope(line: str, read: str) -> None:
    assert answer(line, building="3") == read


@pytest.mark.parametrize(
    ("line", "read"),
    table(
        """
        紫龙路500弄 88号1701 A1 => order 88-1701 A1
        500号88号1701 A1 => order 88-1701 A1
        五百号88号1701 A1 => order 88-1701 A1
        500弄88-1701 A1 => order 88-1701 A1
        500-88-1701 A1 => order 88-1701 A1
        88号1701（紫龙路500弄） A1 => order 88-1701 A1
        300弄88号1701 A1 => review
        元江路500弄88号1701 A1 => review
        500号1701 A1 => review
        500号102-2 A1 => review
        500弄86801 A1 => review
        """
    ),
)
def test_the_compounds_own_number_is_the_lane(line: str, read: str) -> None:
    assert answer(line, address=LANE) == read


@pytest.mark.parametrize(
    ("line", "read"),
    table(
        """
        86801 A1 => order 86-801 A1
        500弄86801 A1 => order 86-801 A1
        5602 A1 => order 5-1-602 A1
        51602 A1 => order 5-1-602 A1
        86802 A1 => review
        5-602 A1 => order 5-1-602 A1
        3-501 A1 => review
        3-1-501 A1 => order 3-1-501 A1
        3-503 A1 => review
        12-34 A1 => order 12-34 A1
        1234 A1 => order 12-34 A1
        3-503 不要了 => review
        """
    ),
)
def test_the_roster_decides_and_nothing_outside_it_is_accepted(
    line: str, read: str
) -> None:
    assert answer(line, homes=ROSTER, address=LANE) == read


def test_a_compounds_name_is_noise_with_and_without_brackets() -> None:
    for line in ("88-705（嘉怡水岸）B1", "嘉怡水岸88-705 B1", "嘉怡水岸 88-705 B1"):
        assert answer(line, compound="嘉怡水岸") == "order 88-705 B1"


@pytest.mark.parametrize(
    ("line", "read"),
    table(
        """
        3-502 60元套餐2份 => order 3-502 A2
        3-502 ￥60套餐1份 => order 3-502 A1
        3-502 100块的1份 => order 3-502 B1
        3-502 六十元套餐俩 => order 3-502 A2
        3-502 60元蔬菜套餐2份 => order 3-502 A2
        3-502 蔬菜2 牛奶1 => order 3-502 A2 C1
        3-502 A蔬菜1份 => order 3-502 A1
        3-502 油1份 => order 3-502 A1
        3-502 荤菜、牛奶各一 => order 3-502 B1 C1
        3-502 牛奶3 => review
        3-502 80元套餐1份 => review
        3-502 100元A套餐1份 => review
        3-502 有机蔬菜1份 => review
        3-502 60 => review
        3-502 A2 120元 => order 3-502 A2
        3-502 A2 100元 => review
        牛奶没有了吗？3-502 => demand
        """
    ),
)
def test_a_package_by_name_alias_or_price(line: str, read: str) -> None:
    assert answer(line, offers=SHOP) == read


def test_a_name_or_price_of_two_packages_names_neither() -> None:
    twins = (Offer("A", "菜", 6000, 5), Offer("B", "菜", 6000, 5))

    assert answer("3-502 菜1份", offers=twins) == "review"
    assert answer("3-502 60元套餐1份", offers=twins) == "review"


def test_a_code_that_ends_in_a_digit_is_not_a_quantity() -> None:
    numbered = (Offer("A1", "", 0, 5), Offer("A2", "", 0, 5))
    mixed = (*ABC, Offer("A1", "", 0, 5))

    assert answer("3-502 A1 2份", offers=numbered) == "order 3-502 A12"
    assert answer("3-502 A1", offers=mixed) == "review"


def test_each_packages_own_limit_holds() -> None:
    assert lines("3-502 牛奶3", offers=SHOP)[0].why.args == {
        "code": "C",
        "limit": "2",
        "said": "3",
    }
