"""Serials, headings, names, sums and addresses as real groups write them."""

import pytest

from tests.orders.reading.spelling import answer, answers, table

LINES = """
    接龙12. 4-301 A1 => order 4-301 A1
    接龙3、5号楼1201 C2 => order 5-1201 C2
    接龙 5. 3-502 A1 => order 3-502 A1
    #接龙 1. 3-502 A1 => order 3-502 A1
    12-601 伍建国 B1 => order 12-601 B1
    7-301 陈三妹 A1 => order 7-301 A1
    3-505 王一平 A2 => order 3-505 A2
    3-505 A1 李一鸣 => order 3-505 A1
    3-505 高建国 A1 => order 3-505 A1
    3-505 高乐高 A1 => review
    3-505 伍大捆 A1 => review
    3-505 A2 王一捆 => review
    3-505 A2 陈一包 => review
    3-502 A2 已付60 => order 3-502 A2
    3-502 A2 微信转了60 => order 3-502 A2
    3-502 A2 付过120了 => order 3-502 A2
    3-502 A2 已付2 => review
    3-502 A2 已付503 => review
    3-502 A2 已付60 B1 => review
    3-502 已付60 => review
    3-502 A1喔 => order 3-502 A1
    3-502 A1吧 => order 3-502 A1
    3-502 A1 ok => order 3-502 A1
    3-502 A1 ok了 => review
    3-502 还是A2吧 => review
    王阿姨 6-601 不要啦🙏 => cancel 6-601
    —————  2022-04-02  ————— => ignore
    有问题联系我 李姐 13912345678 => ignore
    3号楼的货到了，下来拿 => ignore
    张三(3-502) 16:58 => ignore
    张三(3-502) 16:58 A1 => order 3-502 A1
"""

IN_THE_LANE = """
    闵行区马桥镇紫龙路500弄6号楼602室 C套餐一份 => order 6-602 C1
    上海市闵行区紫龙路500弄6号楼602室 C1 => order 6-602 C1
    闵行区北松路500弄6号楼602室 C1 => review
    不要小区紫龙路500弄6号楼602室 C1 => review
    500弄88弄1701 C1 => order 88-1701 C1
    600弄88弄1701 C1 => review
    500，3，502 A1 => order 3-502 A1
    501，3，502 A1 => review
"""


@pytest.mark.parametrize(("line", "read"), table(LINES))
def test_a_line_of_a_real_group(line: str, read: str) -> None:
    assert answer(line) == read


@pytest.mark.parametrize(("line", "read"), table(IN_THE_LANE))
def test_where_the_address_is_known(line: str, read: str) -> None:
    assert answer(line, address="上海市闵行区紫龙路500弄") == read
    assert answer(line, address="紫龙路500弄") == read


@pytest.mark.parametrize(
    "heading",
    [
        "3号楼接龙，明天送，写门牌+套餐+份数",
        "3号楼接龙，格式：室号+套餐+份数",
        "3号楼的接龙在这里",
        "3号楼（明天送）",
        "三号楼 楼长王阿姨",
    ],
)
def test_a_heading_may_say_how_to_write(heading: str) -> None:
    assert answers(f"{heading}\n301 A1") == ["ignore", "order 3-301 A1"]


@pytest.mark.parametrize(
    "talk",
    ["3号楼明天送", "3号楼接龙不在这里", "3号楼楼长王阿姨"],
)
def test_talk_about_a_building_is_no_heading(talk: str) -> None:
    assert answers(f"5号楼\n{talk}\n301 A1")[-1] == "review"
