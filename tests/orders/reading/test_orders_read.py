"""Every way to say an order that the reader knows, one line each."""

import pytest

from tests.orders.reading.spelling import answer, table

BUILDING_AND_ROOM = """
    3号502 A2 => order 3-502 A2
    3号楼502 A2 => order 3-502 A2
    3栋502 A2 => order 3-502 A2
    3幢502室 A2 => order 3-502 A2
    3座502 A2 => order 3-502 A2
    3#502 A2 => order 3-502 A2
    3-502 A2 => order 3-502 A2
    3—502 A2 => order 3-502 A2
    3–502 A2 => order 3-502 A2
    3－502 A2 => order 3-502 A2
    3/502 A2 => order 3-502 A2
    3，502 A2 => order 3-502 A2
    3,502 A2 => order 3-502 A2
    3 502 A2 => order 3-502 A2
    3 号 502 室 A2 => order 3-502 A2
    3号-502 A2 => order 3-502 A2
    3号楼2单元502 A2 => order 3-2-502 A2
    3号楼二单元502室 A2 => order 3-2-502 A2
    3-2单元-502 A2 => order 3-2-502 A2
    5-1-602 A2 => order 5-1-602 A2
    5号1-602 A1 => order 5-1-602 A1
"""

SUFFIXES = """
    6号甲301 A1 => order 6甲-301 A1
    6甲-301 A1 => order 6甲-301 A1
    6甲301 A1 => order 6甲-301 A1
    16甲-301 A1 => order 16甲-301 A1
    6号甲-301室 A1 => order 6甲-301 A1
    15号102-2 A1 => order 15-102-2 A1
    15-102-2 A1 => order 15-102-2 A1
    12号亭子间 A1 => order 12-亭子间 A1
    8号别墅 B2 => order 8-别墅 B2
    别墅8号 B2 => order 8-别墅 B2
    37号201亭子间 A2 => order 37-201亭子间 A2
    12号二楼亭子间 A1 => order 12-2楼亭子间 A1
    A座502 B1 => order A-502 B1
"""

NUMERALS = """
    3号5O2 A1 => order 3-502 A1
    3-5o2 A1 => order 3-502 A1
    三号五零二 A二 => order 3-502 A2
    三号楼五百零二室A套餐两份 => order 3-502 A2
    叁号楼伍零贰室 A贰份 => order 3-502 A2
    十二号楼一千两百零一室 B俩 => order 12-1201 B2
    卅一号201 A1 => order 31-201 A1
    廿号201 A1 => order 20-201 A1
    ③号502 A② => order 3-502 A2
"""

TYPED_FORMAT = """
    7+101+A+2 => order 7-101 A2
    7+101+A+2+B+1 => order 7-101 A2 B1
    7号楼+101室+A套餐+2份 => order 7-101 A2
    7、101、A、2 => order 7-101 A2
    7。101。A。2 => order 7-101 A2
    7/101/A/2 => order 7-101 A2
    7,101,A,2 => order 7-101 A2
    7；101；A；2 => order 7-101 A2
    7：101：A：2 => order 7-101 A2
    7=101=A=2 => order 7-101 A2
    7＋101＋A＋2 => order 7-101 A2
"""

ORDER_OF_PARTS = """
    A套餐2份，3号楼502 => order 3-502 A2
    A2 3-502 => order 3-502 A2
    2份A 3-502 => order 3-502 A2
    3-502 2份A => order 3-502 A2
    3-502 2A1B => order 3-502 A2 B1
    3-502 2A 1B => order 3-502 A2 B1
    3-502 两份A套餐 => order 3-502 A2
    3-502 一份A两份B => order 3-502 A1 B2
    3-502 A2B1 => order 3-502 A2 B1
    3-502A2B1 => order 3-502 A2 B1
    3-502 A+2 => order 3-502 A2
    3-502 A+B => order 3-502 A1 B1
    3-502 A(2) => order 3-502 A2
    3-502 A（2份） => order 3-502 A2
    3-502 A套餐（2）B套餐（1） => order 3-502 A2 B1
"""

EACH = """
    3-502 AB各1 => order 3-502 A1 B1
    3-502 ABC各一 => order 3-502 A1 B1 C1
    3-502 A、B各一份 => order 3-502 A1 B1
    3-502 A B C各1份 => order 3-502 A1 B1 C1
    3-502 各1份AB => order 3-502 A1 B1
    3-502 A和B各两份 => order 3-502 A2 B2
"""

SEPARATORS = """
    3-502 A*2 => order 3-502 A2
    3-502 A×2 => order 3-502 A2
    3-502 Ax2 => order 3-502 A2
    3-502 A x 2 => order 3-502 A2
    3-502 A:2 => order 3-502 A2
    3-502 A：2，B：1 => order 3-502 A2 B1
    3-502 A=2 => order 3-502 A2
    3-502：A2 => order 3-502 A2
    3-502; A2; B1 => order 3-502 A2 B1
    3-502。A2 => order 3-502 A2
    3-502、A2、B1 => order 3-502 A2 B1
    3-502/A2/B1 => order 3-502 A2 B1
    3-502 A2份B1份 => order 3-502 A2 B1
    3-502 A套餐 => order 3-502 A1
    3-502 A => order 3-502 A1
    3-502A => order 3-502 A1
    3-502 A B => order 3-502 A1 B1
    3-502 套餐A 2份 => order 3-502 A2
    3-502 A套2 => order 3-502 A2
    3-502 A两套 => order 3-502 A2
    3-502 A2 B => order 3-502 A2 B1
    3-502 A 套餐 3 份 => order 3-502 A3
    3-502 “A套餐”1份 => order 3-502 A1
"""

WITH_A_SUM = """
    3-502 A1 B2 共3份 => order 3-502 A1 B2
    3-502 A2B1，合计3份 => order 3-502 A2 B1
    3-502 A2 共120元 => order 3-502 A2
    3号楼-502室-A套餐-2份 => order 3-502 A2
    3-502 A2，BC各1 => order 3-502 A2 B1 C1
    88号1701 B1 送6楼 => order 88-1701 B1
    88号1701 B1 放保安室就行 => order 88-1701 B1
"""

SEVERAL_HOMES = """
    3-502 A2，3-503 B1 => order 3-502 A2 / 3-503 B1
    3-502 A1 3-503 A2 => order 3-502 A1 / 3-503 A2
    3-502A2；5-301B1 => order 3-502 A2 / 5-301 B1
    3号502 A1、B1；3号503 A2 => order 3-502 A1 B1 / 3-503 A2
    A2 3-502，B1 3-503 => order 3-502 A2 / 3-503 B1
    3-502 A1，3-502 B2 => order 3-502 A1 B2
    3号楼：301 A1 302 B1 => order 3-301 A1 / 3-302 B1
"""

LIST_NUMBERS = """
    1. 3号502 A2 => order 3-502 A2
    2、3-502 A2 => order 3-502 A2
    12．3号502 A2 => order 3-502 A2
    1.3-502 A2 => order 3-502 A2
    ①3-502 A2 => order 3-502 A2
    (1) 3-502 A2 => order 3-502 A2
    1）3-502 A2 => order 3-502 A2
    一、3-502 A2 => order 3-502 A2
    #12 3-502 A2 => order 3-502 A2
"""

LANES = """
    紫龙路500弄 88号1701 A1 => order 88-1701 A1
    紫龙路500弄88号1701室 A1 => order 88-1701 A1
    500弄88号1701 A1 => order 88-1701 A1
    五百弄88号1701 A1 => order 88-1701 A1
"""

PEOPLE = """
    3-502 王阿姨 A2 => order 3-502 A2
    3-502王阿姨 A2 => order 3-502 A2
    王阿姨 3-502 A2 => order 3-502 A2
    王阿姨（3-502）A2 => order 3-502 A2
    3-502（王阿姨）A2 => order 3-502 A2
    3-502 张三 A2 => order 3-502 A2
    3-502 李建国 A2 13800138000 => order 3-502 A2
    3-502 A2 电话13800138000 => order 3-502 A2
    3-502 A2 138 0013 8000 => order 3-502 A2
    3-502 A2 138-0013-8000 => order 3-502 A2
    3-502 13800138000 A2 => order 3-502 A2
    13800138000 3-502 A2 => order 3-502 A2
    3-502 A2 手机号：13800138000 => order 3-502 A2
    3-502 A2 电话64090000 => order 3-502 A2
    3-502 A2 021-64090000 => order 3-502 A2
    3-502 老王 A2 => order 3-502 A2
    3-502 欧阳女士 A2 => order 3-502 A2
    3-502 A2 陈奶奶独居 => order 3-502 A2
    2022/3/24 16:58 张三: 3-502 A2 => order 3-502 A2
    2022-03-24 16:58:03 张三：3-502 A2 => order 3-502 A2
    [16:58] 张三：3-502 A2 => order 3-502 A2
    张三 16:58: 3-502 A2 => order 3-502 A2
    张三：3-502 A2 => order 3-502 A2
    16:58 3-502 A2 => order 3-502 A2
    3月24日 16:58 王阿姨: 3-502 A2 => order 3-502 A2
    2022/3/24 16:58 开心果: 3-502 A2 => order 3-502 A2
    陆先生（12#1203）：C1 => order 12-1203 C1
    4-301 大头爸爸 A1 => order 4-301 A1
    1. 平安是福 4-301 A2 => order 4-301 A2
    Cindy 4-301 A2 => order 4-301 A2
    2022/4/2 9:15 小B: 4-301 A1 => order 4-301 A1
    5-402百合：A1 C1 => order 5-402 A1 C1
"""

REMARKS = """
    3-502 A2 现金 => order 3-502 A2
    3-502 A2 已付 => order 3-502 A2
    3-502 A2（现金） => order 3-502 A2
    3-502 A2 放门口 => order 3-502 A2
    3-502 A2，请放门口，谢谢 => order 3-502 A2
    3-502 A2 不要香菜 => order 3-502 A2
    3-502 A2 尾号8000 => order 3-502 A2
    3-502 A2 手机尾号8000 => order 3-502 A2
    3-502 A2 6点前 => order 3-502 A2
    3-502 A2 6点前送 => order 3-502 A2
    3-502 A2 17:00前送到 => order 3-502 A2
    3-502 A2 下午3点后在家 => order 3-502 A2
    3-502 A2 明天送 => order 3-502 A2
    3-502 A2 85岁老人 => order 3-502 A2
    3-502 A2 谢谢 => order 3-502 A2
    3-502 A2 谢谢楼长🙏 => order 3-502 A2
    3-502 我要A2 => order 3-502 A2
    3-502 订A套餐2份，麻烦送上门 => order 3-502 A2
    3-502 A2 备注：放门口 => order 3-502 A2
    3-502 A 6点前 => order 3-502 A1
    帮3-501张奶奶订A2 货放3-502 => order 3-501 A2
    帮3-501订A2，放3-502 => order 3-501 A2
    代3-501订A1 => order 3-501 A1
    3-501 A2 送到3-502 => order 3-501 A2
    3-502 A2 一个人住 => order 3-502 A2
    3-502 A2 三楼没电梯请送上门 => order 3-502 A2
    3-502 A2[抱拳] => order 3-502 A2
"""

SAID = (
    BUILDING_AND_ROOM,
    SUFFIXES,
    NUMERALS,
    TYPED_FORMAT,
    ORDER_OF_PARTS,
    EACH,
    SEPARATORS,
    WITH_A_SUM,
    SEVERAL_HOMES,
    LIST_NUMBERS,
    LANES,
    PEOPLE,
    REMARKS,
)


@pytest.mark.parametrize(("line", "read"), table("".join(SAID)))
def test_an_order_is_read_exactly(line: str, read: str) -> None:
    assert answer(line) == read
