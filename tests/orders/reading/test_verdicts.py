"""Lines that change, take back, total, wish or say something else altogether."""

import pytest

from tests.orders.reading.spelling import answer, table

CHANGES = """
    3-502的放到3-501 => amend place:3-502
    3-502 改放门卫 => amend place:3-502
    22:帮忙送到87-105 => amend place:
    3-502 A2改A3 => amend set:3-502 A3
    3-502 改成A3 => amend set:3-502 A3
    3-502 A2改B2 => amend swap:3-502 -A B2
    3-502 把A换成B => amend swap:3-502 -A B1
    3-502 A换B => amend swap:3-502 -A B1
    3-502 再加一份B => amend add:3-502 B1
    3-502 加一份A => amend add:3-502 A1
    3-502 再加A1 => amend add:3-502 A1
    再来一份A 3-502 => amend add:3-502 A1
    3-502 B不要了 => amend drop:3-502 B0
    3-502 不要B了 => amend drop:3-502 B0
    3-502 去掉B => amend drop:3-502 B0
    3-502 少要一份A => amend drop:3-502 A1
    3-502 A2写错了，是B2 => amend swap:3-502 -A B2
    3-502写错了，应该是A3 => amend set:3-502 A3
    更正 3-502 A3 => amend set:3-502 A3
    更正：刚才3-502写错了，是3-503 A2 => amend set:3-502 / set:3-503 A2
    3-502 A套餐从2份改为1份 => amend set:3-502 A1
    3-502 A由1份改为2份 => amend set:3-502 A2
    3-502 A多加一份 => amend add:3-502 A1
    3-502 A减一份 => amend drop:3-502 A1
    3-502 B不要了，A保留 => amend drop:3-502 B0
    3-502 C取消，其他照旧 => amend drop:3-502 C0
    502改成A3 => amend set:502 A3
"""

CANCELLATIONS = """
    3-502 不要了 => cancel 3-502
    3-502不要了，谢谢 => cancel 3-502
    取消3-502 => cancel 3-502
    3-502 取消 => cancel 3-502
    3-502 取消订单 => cancel 3-502
    撤销3-502 => cancel 3-502
    3-502 退了 => cancel 3-502
    3-502 今天不要了 => cancel 3-502
    取消3-502、3-503 => cancel 3-502 / 3-503
"""

TOTALS = """
    以上A共3份B共2份 => check A3 B2
    合计：A3 B2 => check A3 B2
    汇总 A套餐3份 B套餐2份 => check A3 B2
    共5份 => check
    一共A12份 => check A12
    3号楼合计A3 B2 => check 3 A3 B2
    总计：A 3，B 2，共5份 => check A3 B2
    今日汇总：4号楼 A5 B2，5号楼 A3 => check 4 A5 B2 / 5 A3
    合计A、B各3份 => check A3 B3
"""

WISHES = """
    牛奶没有了吗？3-502 => demand
    还有牛奶吗 => demand
    3-502 想要牛奶 => demand
    什么时候有鸡蛋 => demand
    能不能加点面粉 => demand
    希望有牛奶 => demand
    A套餐还有吗？ => demand
    A卖完了吗 => demand
    有没有尿布？ => demand
    求大米 => demand
    3-502 B套餐没有了吗，还想要 => demand
    怎么没有鸡蛋了 => demand
    B没抢到，还能补货吗 => demand
    能不能团点尿不湿，4-301 => demand
    酱油断货了，能不能帮忙买两瓶 4-301 => demand
    B套餐没了吗，4-301还想要一份 => demand
"""

NO_ORDERS = """
    2022/3/24 16:58 张三 => ignore
    张三 2022/3/24 16:58 => ignore
    #接龙 => ignore
    3号楼： => ignore
    【3号楼】 => ignore
    三号楼接龙 => ignore
    例 3号楼502室 A套餐 2份 => ignore
    例：3-502 A2 => ignore
    示例：7号101 A1 => ignore
    格式：楼号+室号+套餐+数量 => ignore
    @所有人 今天17点截单 => ignore
    各位邻居，今天的接龙17点截止 => ignore
    A套餐60元，B套餐100元 => ignore
    A：60元 青菜2斤 土豆3斤 => ignore
    A套餐：青菜、土豆、鸡蛋10枚 => ignore
    A套餐 60元/份 => ignore
    收到 => ignore
    谢谢楼长 => ignore
    好的 => ignore
    辛苦了🙏 => ignore
    👍 => ignore
    哈哈哈 => ignore
    大家早上好 => ignore
    A套餐里有什么？ => ignore
    鸡蛋是几个？ => ignore
    A多少钱？ => ignore
    B套餐有几斤？ => ignore
    菜新鲜吗？ => ignore
    什么时候送？ => ignore
    楼长王阿姨 13800138000 => ignore
    3号楼楼长 王阿姨 13800138000 => ignore
    3-502 A2 重复了，忽略 => ignore
    重复，请忽略 => ignore
    ------ => ignore
    [图片] => ignore
    …… => ignore
    <br> => ignore
    **接龙** => ignore
    今天天气不错 => ignore
    [语音] 12" => ignore
    B套餐多少钱一份？ => ignore
    <b>4月5日接龙</b> => ignore
    @所有人 3号楼、5号楼14:00下楼做核酸 => ignore
    张三撤回了一条消息 => ignore
    楼长王老师 13800138000 4号楼101 => ignore
"""

SAID = CHANGES + CANCELLATIONS + TOTALS + WISHES + NO_ORDERS


@pytest.mark.parametrize(("line", "read"), table(SAID))
def test_a_line_gets_its_verdict(line: str, read: str) -> None:
    assert answer(line) == read
