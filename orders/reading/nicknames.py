"""Names that people give themselves in a chat: 豆豆妈, 平安是福, Cindy.

Any few characters may be one, so the place decides: before the home, or between it and the
packages; and no character may be one that goods or a change of mind are written with.
"""

import re
from collections.abc import Sequence

from orders.reading.tokens import CHINESE_NUMBER, HAN, LETTERS, SIGN, WORD, Token
from orders.reading.words import Tag

_CALM = {
    Tag.NOISE,
    Tag.CHAT,
    Tag.WEIGHT,
    Tag.AGE,
    Tag.TITLE,
    Tag.SUFFIX,
    Tag.HOLDS,
    Tag.PARTY,
}
_TURNS = frozenset(
    "不没无非勿别未莫免要想买订购加减换改退取消撤或者都任随昨前次旧原本曾先后再又还暂缓稍等待同也跟半几多少双"
    "份套餐盒箱袋包斤元块若如果假试疑似的了吗呢吧就则除代替帮给送放到另其余隔邻楼室号栋今明周期急错漏补缺够"
    "重复限单价免费贵便宜截止收发货付款停止转让出废效领拿恐怕看办倍分曾年试供参考备排队候误确认核实租搬修院测验"
    "过完坏烂臭破剩掉写弃废丢删骗拖欠抵拒找吃拿取玩笑赠拼第每仅差误满超"
    "折惠账优夜晨早晚春夏秋冬"
)
_SAID = re.compile(r"[那当两二三四五六七]天|一起|朋友|亲戚|上面|下面|月底|月初")
_GOODS = frozenset(
    "菜肉蛋奶油米面粉瓜豆鱼虾鸡鸭猪羊盐糖药酒茶水纸巾尿果葱姜蒜椒薯茄笋菇萝卜芹韭番饼糕饺粥汤罩酱醋"
)
_CALLED = (
    "妈",
    "爸",
    "姐",
    "哥",
    "妹",
    "姨",
    "叔",
    "婆",
    "爷",
    "伯",
    "嫂",
    "妈妈",
    "爸爸",
)
_LATIN = frozenset(("TEST", "DEMO", "NULL", "NONE", "THE", "AND", "NOT", "VIP", "TEL"))
_LONGEST = 8
_ESTATE = re.compile(
    r"(?![两二三]).{2,7}(?:[苑园城岸庭墅府里村坊邸寓湾居阁轩郡院]|小区|名都|天地|大厦|一期)"
)


def is_estate(text: str) -> bool:
    """A compound's name by how it ends."""
    return len(text) <= _LONGEST and bool(_ESTATE.fullmatch(text))


def is_nickname(tokens: Sequence[Token], *, listed: bool) -> bool:
    """Whether these tokens, all between two gaps, can be nothing but somebody's name.

    ``listed`` where a list number or a time stamp stands before: there people sign. Elsewhere
    a short word must look like a name.
    """
    solid = [t for t in tokens if t.kind != SIGN]
    text = "".join(t.text for t in solid)
    if not solid or len(text) > _LONGEST:
        return False
    if len(solid) == 1 and solid[0].kind == LETTERS:
        return len(text) > 2 and text not in _LATIN
    if not all(_calm(t) for t in solid) or not any(t.kind == HAN for t in solid):
        return False
    if len(text) < 2 or _meant(text):
        return False
    return listed or len(text) > 3 or _named(text)


def _named(text: str) -> bool:
    """豆豆妈, 小玉米, 丽丽."""
    return text.endswith(_CALLED) or text[0] in "小老阿" or text[0] == text[1]


def _calm(token: Token) -> bool:
    if token.kind == WORD:
        return token.tag in _CALM
    return token.kind in (HAN, CHINESE_NUMBER)


def _meant(text: str) -> bool:
    if any(c in _TURNS for c in text) or _SAID.search(text):
        return True
    return not _named(text) and any(c in _GOODS for c in text)
