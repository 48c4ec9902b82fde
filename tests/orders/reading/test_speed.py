"""Linear work: many lines, and single lines made to be slow. Seconds are `make bench`'s."""

import sys

import pytest

from orders.reading.shapes import Verdict
from tests.orders.reading.spelling import lines

SHAPES = (
    "{n}. {building}号{room}室 王阿姨 13800138000 A套餐2份，放门口，谢谢",
    "{building}-{room} A2",
    "{building}号楼{room}室A套餐1份B套餐1份",
    "2022/3/24 16:58 张三: {building}-{room} A2 B1 现金",
)
HEAVY = (
    "A" * 400,
    "好" * 400,
    "(" * 400 + ")" * 400,
    "（【" * 450,
    "，。；" * 300,
    "1-" * 450,
    "3-502 " * 160,
    "500弄" * 200,
    "各A" * 300,
    "改A" * 300,
    "放门口" * 300,
    "<b>" * 300,
    "1 " * 450,
    "3-502 A2" + " " * 900,
    "+ " * 450,
    "一二" * 450,
)


def work(text: str) -> int:
    """Calls of functions, Python's and C's, that reading this text takes: always the same."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        lines(text)
    finally:
        sys.setprofile(before)
    return calls


def chain(length: int) -> str:
    return "\n".join(
        SHAPES[n % 4].format(n=n, building=n % 97 + 1, room=n % 18 * 100 + 101)
        for n in range(length)
    )


def test_ten_times_the_lines_are_ten_times_the_work() -> None:
    work(chain(4))  # what is made once, at the first reading
    assert work(chain(4_000)) < 11 * work(chain(400))


@pytest.mark.parametrize("line", HEAVY, ids=lambda line: line[:6].strip() or "spaces")
def test_a_line_made_to_be_slow_is_as_quick_as_its_length(line: str) -> None:
    """Four times as long takes no more than some six times as long, nor ever long."""
    quarter = "\n".join([line[: len(line) // 4]] * 40)
    whole = "\n".join([line] * 40)

    assert work(whole) < 6 * work(quarter)


@pytest.mark.parametrize("text", ["3-502 A2 " * 120_000, "(" * 1_000_000])
def test_a_megabyte_on_one_line_is_for_a_person_at_once(text: str) -> None:
    assert work(text) < 2_000
    assert [line.verdict for line in lines(text)] == [Verdict.REVIEW]


def test_many_short_lines_stay_linear() -> None:
    assert work("？\n" * 10_000) < 11 * work("？\n" * 1_000)
