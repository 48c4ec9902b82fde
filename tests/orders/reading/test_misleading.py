"""Lines that look like an order at first sight, and say something else or nothing sure."""

import pytest

from tests.orders.reading.spelling import answer

LINES = """
    3-502代3-501 A2
    3-502 王阿姨代3-501李叔订A2
    3-502 A2 A3
    3-502 A2，B1，A1
    3-502 A二百
    3-502 A 100
    3-502 60
    3-502 A 60元2份
    3-502 2A B
    3-502 A1 2B
    3-502 A 2 B
    3-502 A，B，2
    3-502 1A2
    3-502 A2份3
    3-502A1B
    3-502 AAB
    3-502 AA
    3-502 A A B
    3-502 A1B1C
    3-502 Α2
    3-502 А2
    502-3 A1
    3-502-503 A1
    3-11-502 A1
    333-502 A1
    3-50 A1
    3-5 A1
    3号5 A1
    3-0502 A1
    3号楼502室503室 A1
    3号楼502 503 A1
    3号502，5号 A1
    3号楼，5号楼 A1
    3号楼或5号楼502 A1
    88弄1701 A1
    500弄1701 A1
    幸福路502 A1
    3门502 A1
    三楼502 A1
    3楼502 A1
    502 3号楼 A1
    502室3号楼 A1
    5号3 A1
    B2-101 A1
    A-502 B1
    A502 B1
    F3-502 A1
    3F502 A1
    3-502A A1
    甲3-502 A1
    A13号502
    A113号502
    A1-3-502
    A 3 502
    A套餐 3 502 2
    7 101 A 8 102 B
    1 7 101 A 2
    1.7.101.A.2
    12:30 A2
    3-502 A2 1230
    3-502 A2 #5
    3-502 A2 ❌
    3-502 A2 👎
    3-502 A2 ❓
    3-502 A2 🤔
    3-502 A~B
    3-502 A-B
    3-502 A&B
    3-502 A|B
    3-502 A\\B
    3-502 A>B
    3-502 A<2
    3-502 A>=2
    3-502 A2%
    3-502 A$2
    3-502 A^2
    3-502 A_2
    3-502 A.2
    3-502 A2 (B1)
    3-502 A2（B2）
    3-502 A(B)
    3-502 A(2)(B1)
    3-502 （A或B）1
    引用 3-502 A2
    回复：3-502 A2
    "3-502 A2" 收到
    3-502 A2 收到
    3-502 A2 对吗
    3-502 A2 行吗
    3-502 A2 可以吗
    3-502 A2 还有吗
    3-502 A2，谢谢，另外B还有吗
    3-502 A2 B多少钱
    有A2吗 3-502
    能订A2吗 3-502
"""


@pytest.mark.parametrize("line", [row.strip() for row in LINES.strip().splitlines()])
def test_a_person_decides(line: str) -> None:
    assert answer(line) == "review"
