"""Names and forms of address between the parts of an order."""

from collections.abc import Sequence

from orders.reading.tokens import CHINESE_NUMBER, HAN, MARK, SPACE, WORD, Token
from orders.reading.words import Tag, listed

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
    "净阴闫奚冷沙虞应诸葛"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
)
_RISKY = frozenset(  # surnames that begin many other words
    "姜汤芦甘桂齐余曾毕季费盛易谷舒童项苗钱安高方马万黄白毛花龙于何时成包单关解向应强温常全路牛鱼文章任管位项车房边净冷阴应游申司金华查卫景薄祝"
)
_NEVER = frozenset(  # characters that no given name is made of, or that turn a meaning
    "的了吗呢吧不没无非勿别要想买订加减换改退取消和或者等先再也都就还又各共每半几多少份套餐号楼室门放送给帮"
    "代替付款元块钱斤克点前后早晚日月年时候上下里外中到自已未只个件盒箱包瓶袋箩菜肉蛋奶米油鱼虾果瓜豆面粉"
    "饭水茶酒药糖盐椒葱姜蒜鸡鸭猪羊鹅请谢您你我他她它们这那哪谁啥怎么为什如若假果但而且因所以虽然位家户人"
    "单错对是有会能可用收发看说问知道行好坏快慢急缓停开关来去回过完毕结束始暂缺货售罄团群接龙统计算复重样同"
    "另外其他全部所任意随便意思应该情况原因数量价格优惠便宜贵今明昨周末期间隔邻居隔壁抗原核酸阳阴性"
    "一二两三四五六七八九十百千零壹贰叁肆"
    "掉写弃废撤催扔丢抹划删撰账骗拖欠抵拒扯闹罪诉搞漏坏烂臭破碎剩旧变质吃喝拿拆偷找赔偿误测试领让转"
)
_NO_NAMES = listed(
    "孙子 孙女 孙儿 李子 叶子 叶菜 周到 周围 周全 周转 周边 陈年 陈列 陈旧 王国 王牌 张贴 "
    "胡乱 郑重 谢绝 韩国 许久 苏醒 丁点 夏季 钟头 田园 范围 熊猫 陆续 康复 顾虑 段落 兰花 "
    "施工 陶瓷 严选 柳橙 岳父 岳母 莫名 辛辣 梅菜 梅肉 石油 江湖 史上 欧包 曾经 "
    "杨梅 石榴 胡萝卜 汤圆 汤包 雷笋 田螺 苏打 葛粉 鲁花 康师傅 "
    "王老吉 王守义 陈皮 陈醋 梅干 沙拉 沙琪玛 谷物 宁愿 毕竟 "
    "管理 管够 管饱 左边 左侧 舒服 夏天 夏令 顾客 许可 季度 "
    "项目 严格 严重 严禁 余额 余款 余姚 江米 江苏 潘婷 舒肤佳 "
    "舒心 童装 童鞋 纪念 徐福记 薛记 韩式 唐人 郭大厨 李锦记 "
    "李施德林 孔雀 丁香 丁字 季节 梁山 汪汪 卢布 庄园 曲奇 童子 "
    "雷达 骆驼 洪水 冯了 苗条 贺卡 顾问 程序 程度 吕宋 杜绝 "
    "许诺 许愿 孙辈 孙家 尤其 严查 董事 施舍 庞大 殷切 赖皮 萧条 鲁莽 温水 章程 颜色 康健 "
    "秦椒 姚生 卜卜 毕业 邵兴 邓肯 贾卡"
)
_GIVEN = frozenset(  # characters of given names only, behind surnames that begin other words
    "建国志强军勇伟杰涛磊刚峰敏静丽芳娟秀英兰梅玲燕霞艳萍玉琴珍凤莲翠云雪琳佳慧颖欣怡宇浩轩涵梓德福"
    "根宝荣昌林森龙飞鹏辉斌彬俊峻凯晨阳旭华明义仁信忠诚良富祥庆友永世恩惠美娥桂菊芬芝英爱巧惠淑贞雅琪瑶"
)
_MEASURES = frozenset(
    "捆扎串板提打筐篮桶框束堆摞叠卷罐听排条根颗粒棵朵株片块匣格篓斗碗勺壶盘筒盆杯担车趟遍口"
)
_NICK = frozenset("老小阿")


def name_at(tokens: Sequence[Token], at: int) -> int:
    """Where the name that begins here ends; ``at`` itself where there is none."""
    token = tokens[at]
    if token.tag == Tag.TITLE:
        return at + 1
    if token.kind == CHINESE_NUMBER and token.text in "陆伍":
        return _titled(tokens, at + 1) or _spelled(tokens, at, at) or at
    return _surnamed(tokens, at) if token.kind == HAN else at


def _surnamed(tokens: Sequence[Token], at: int) -> int:
    text = tokens[at].text.removeprefix("姓")
    titled = _titled(tokens, at + 1)
    if titled and _plain_name(text, titled=True):
        return titled
    if len(text) == 1 and text in _SURNAMES:
        if spelled := _spelled(tokens, at, at + 1):
            return spelled
        if _numeral_name(tokens, at + 1):
            return at + 2
        return at + 1 if _alone(tokens, at) else at
    if len(text) == 3 and text[0] in _RISKY and _given(text[1:]):
        return at + 1 if _apart(tokens, at, at + 1) and text not in _NO_NAMES else at
    goods = at + 1 < len(tokens) and bool(tokens[at + 1].code)  # 王记蔬菜
    return at + 1 if not goods and _plain_name(text, titled=False) else at


def _titled(tokens: Sequence[Token], at: int) -> int:
    """The token behind 阿姨 or 家姆妈, or 0."""
    if at < len(tokens) and tokens[at].text == "家":
        at += 1
    return at + 1 if at < len(tokens) and tokens[at].tag == Tag.TITLE else 0


def _spelled(tokens: Sequence[Token], at: int, numeral: int) -> int:
    """陈三妹, 王根娣, 伍建国: a numeral or measure in a name that stands alone, or 0."""
    if not _apart(tokens, at, at + 3 if numeral > at else at + 2):
        return 0
    if numeral == at:  # 伍 and 陆 are numerals as well
        given = tokens[at + 1]
        named = given.kind == HAN and len(given.text) == 2
        return at + 2 if named and _given(given.text) else 0
    middle, last = tokens[numeral], tokens[numeral + 1]
    short = len(middle.text) == 1 == len(last.text)
    known = middle.kind == CHINESE_NUMBER or middle.text == "根"
    if not (short and known and last.kind == HAN):
        return 0
    sure = tokens[at].text not in _RISKY or _given(last.text)
    return at + 3 if sure and last.text not in _NEVER | _MEASURES else 0


def _given(text: str) -> bool:
    return all(c in _GIVEN for c in text)


def _apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Between gaps or marks, or at an end of the line."""
    if last > len(tokens):
        return False
    around = [tokens[first - 1]] if first else []
    around += [tokens[last]] if last < len(tokens) else []
    return all(t.kind in (SPACE, MARK) and t.text not in "*#@~" for t in around)


def _plain_name(text: str, *, titled: bool) -> bool:
    if titled and (text in _COMPOUND or text in _SURNAMES or text in _NICK):
        return True
    if text in _NO_NAMES:
        return False
    if len(text) == 2 and text[0] in _NICK:
        return text[1] in _SURNAMES
    long = text.startswith(_COMPOUND)
    given = text[2:] if long else text[1:]
    if not 1 <= len(given) <= 2 or any(c in _NEVER for c in given):
        return False
    return long or (text[0] in _SURNAMES and (titled or text[0] not in _RISKY))


def _numeral_name(tokens: Sequence[Token], at: int) -> bool:
    """张三, 李四: one numeral that counts nothing."""
    if at >= len(tokens) or tokens[at].kind != CHINESE_NUMBER:
        return False
    counted = at + 1 < len(tokens) and tokens[at + 1].tag in (
        Tag.MEASURE,
        Tag.PACKAGE,
        Tag.BUILDING,
        Tag.UNIT,
        Tag.ROOM,
        Tag.MONEY,
    )
    return len(tokens[at].text) == 1 and not counted


def _alone(tokens: Sequence[Token], at: int) -> bool:
    """One character by itself is a surname only with gaps on both sides."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return all(t is None or (t.kind not in (HAN, WORD)) for t in (before, after))
