"""Remarks that finish an order, put it off, take it back, or name what else should come."""

import pytest

from tests.orders.reading.spelling import answer, table

NO_NOTES = """
    3-502 A1 别送了
    3-502 A1 别送
    3-502 A2已送到
    3-502 A1 已经送来了
    3-502 A1 送过了
    3-502 A1 还没送
    3-502 A1 放门口了
    3-502 A1 送到
    3-502 A1 明天再送
    3-502 A1 已付A2
    3-502 A1 现金 A2
    3-502 A1 送B
    3-502 A1 已付B1
    3-502 A1已付B1未付
    3-502 A2 明天再订
    3-502 A2 下次再加
    3-502 A1 加牛奶
    3-502 A1 加一份牛奶
    3-502 A1 换鸡蛋
    3-502 A1 改牛奶
    3-502 A1 补 牛奶
    3-502 A1 退烧药
    3-502 A1 少放盐
    3-502 A1 加个微信
    3-502 A1 改时间
    3-502 A1 改 明天
    3-502 A1 不要肉 换B
    3-502 再加A1，A1
    8-202 A+1 C+共2
    3-502 A1，3-502 B共2
    3-502 A1 B共2
    10号1001 C*1 A*共2
    8-202 A(2元)
    8-202 A+2点
    8-202 A另外2
    8-202 A还有2
    8-202 A和2
    8-202 A两家
    8-202 A2人
    8-202 A2家
    3-502 A1 别接
    3-502 A1 别记
    3-502 A1 不要它
    3-502 A1 不要明天送
    3-502 A1 放着
    3-502 A2 ✖
    3-502 A2 备注：×
    3-502 A2 涂掉
    3-502 A2 胡写
    3-502 A2位
    3-502 -1 A2
    3-502 吃完王阿姨 A2
    3-502 坏王阿姨 A2
    3-502 每天王阿姨 A2
    3-502 A2 现金买过
    3-502 A2 现金转让
    3-502 A2 现金假的
    3-502 A2 放门口被拿走了
    3-502 A2 放门口确认
    3-502 A2 送上门才要
    3-502 A2 能送才要
    3-502 A2 备注：上周
    3-502 A2 备注：之前订的
    3-502 A2 备注：刚订
    3-502 A2 备注：女儿不要
    3-502 A2 备注：6点后不要
    3-502 A2 备注：行不行
    3-502 A2 备注：付了没
    3-502 A2 备注：拼团
"""

STILL_SAID = """
    3-502 A1 明天送 => order 3-502 A1
    3-502 A1 志愿者送上楼 => order 3-502 A1
    3-502 A1 别放地上 => order 3-502 A1
    3-502 A1 不要放保安室 => order 3-502 A1
    3-502 A、B，共2份 => order 3-502 A1 B1
    3-502 A2（120元） => order 3-502 A2
    3-502 A 6点前 => order 3-502 A1
    3-502 A2 家里有人 => order 3-502 A2
    3-502 1份A和2份B => order 3-502 A1 B2
    3-502 A1 别催 => order 3-502 A1
    3-502 A1 勿扰 => order 3-502 A1
    3-502 A1 微信转给你了 => order 3-502 A1
    3-502 A1 备注：不要香菜 => order 3-502 A1
    3-502 A1 下午送 => order 3-502 A1
    3-502 A1 放1楼 => order 3-502 A1
    4号301三毛妈妈 B1 => order 4-301 B1
    3 -502 A1 => order 3-502 A1
    3-502 再加一份B 给我妈 => amend add:3-502 B1
    3-502 A2 追加 => amend add:3-502 A2
    更正 3-502 A2份→A3份 => amend set:3-502 A3
"""


@pytest.mark.parametrize("line", [row.strip() for row in NO_NOTES.strip().splitlines()])
def test_a_person_decides(line: str) -> None:
    assert answer(line) == "review"


@pytest.mark.parametrize(("line", "read"), table(STILL_SAID))
def test_their_harmless_neighbours_are_read(line: str, read: str) -> None:
    assert answer(line) == read


def test_a_household_counted_behind_a_spelt_room_is_no_part_of_it() -> None:
    assert answer("六零二一家 A两份", building="9") == "review"
    assert answer("六零二 A两份", building="9") == "order 9-602 A2"
