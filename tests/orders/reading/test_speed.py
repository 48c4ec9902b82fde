"""Linear time: many lines, and single lines made to be slow."""

import time

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


def seconds(text: str) -> float:
    """Processor time, the better of two: other tests run beside this one."""
    taken = []
    for _ in range(2):
        before = time.process_time()
        lines(text)
        taken.append(time.process_time() - before)
    return min(taken)


def test_ten_thousand_lines_take_less_than_two_seconds() -> None:
    text = "\n".join(
        SHAPES[n % 4].format(n=n, building=n % 97 + 1, room=n % 18 * 100 + 101)
        for n in range(10_000)
    )

    assert seconds(text) < 2


@pytest.mark.parametrize("line", HEAVY, ids=lambda line: line[:6].strip() or "spaces")
def test_a_line_made_to_be_slow_is_as_quick_as_its_length(line: str) -> None:
    """Four times as long takes no more than some six times as long, nor ever long."""
    quarter = "\n".join([line[: len(line) // 4]] * 40)
    whole = "\n".join([line] * 40)

    assert seconds(whole) < 6 * seconds(quarter) + 0.05


@pytest.mark.parametrize("text", ["3-502 A2 " * 120_000, "(" * 1_000_000])
def test_a_megabyte_on_one_line_is_for_a_person_at_once(text: str) -> None:
    assert seconds(text) < 0.5
    assert [line.verdict for line in lines(text)] == [Verdict.REVIEW]


def test_many_short_lines_stay_linear() -> None:
    assert seconds("？\n" * 50_000) < 20 * seconds("？\n" * 5_000) + 0.2
