"""Remarks beside an order that are kept, as long as no word in them turns its meaning."""

import re
from collections.abc import Sequence

from orders.reading.pieces import BASKET, FIGURE, NAME, REST, WORDS, Piece, Taken
from orders.reading.tokens import CHINESE_NUMBER, HAN, MARK, SIGN, SPACE, Token
from orders.reading.words import Tag

_BREAKS = frozenset(" ,;。、!:()+/.|_'")
_KEYS = {Tag.NOTE, Tag.PLACE, Tag.NOTE_TAIL}
TURNING = frozenset(  # characters of unknown words that may turn an order's meaning
    "要加改换退订买份套餐或没多少再也半几各共如若取消停缓暂减每双另外其余只仅不未别分次批天"
    "了过完昨误错漏让转试旧除最又就拿领吃欠抵剩废假测出想待免赠优惠差价超满截期重先后掉丢坏烂才够周年世搬翻番倍签样练演凑摊拼刚确答问说折贵叉否队赖合拉等账失"
)
_UNWANTED = frozenset(("不要", "别", "勿"))
_NO_DISH = frozenset(
    "就则才时了的是再也都还它他她这那此接记写发算管登统录下单明今动收付理"
)
# What people ask not to be done with the goods or to them: 别催, 勿扰, 别压.
_ASKED = frozenset("太催扰急忘压摔敲吵按碰烫咸辣甜")
# beside a word for bringing: it was brought, or is off
_PAST = frozenset("了过已完刚来去着")
_PAID = re.compile(
    r"(?:已|都)?(?:转|付|给|发|扫)(?:账|钱|款|码)?(?:给?(?:你|您))?(?:过去|过|好)?了?"
)
_SOFT = ("吧", "OK")
NOISE = {Tag.ROOM_LABEL, Tag.NOISE, Tag.WANT, Tag.COMPOUND, Tag.ROAD_KNOWN, Tag.PROXY}
_BENIGN = (
    NOISE
    | _KEYS
    | {
        Tag.DAY,
        Tag.BEFORE,
        Tag.PARTY,
        Tag.OTHER_HOME,
        Tag.TITLE,
        Tag.ROOM,
        Tag.AND,
        Tag.HOMES,
        Tag.PHONE,
        Tag.HEAD,
    }
)


def is_note(taken: Taken, rest: Sequence[Piece]) -> bool:
    if _brought(taken, rest):
        return False
    keyed = any(p.tag in _KEYS or p.kind == FIGURE for p in rest)
    if rest[0].tag == Tag.NOT and taken.tokens[rest[0].first].text in _UNWANTED:
        if len(rest) > 1 and rest[1].tag == Tag.DAY:
            return False  # 不要明天送
        keyed, rest = keyed or _dish(taken, rest), rest[1:]
    tailed = any(p.tag == Tag.NOTE_TAIL for p in rest)
    if tailed and _refused(taken, rest):
        return False
    return keyed and bool(rest) and all(_harmless(taken, p, tailed) for p in rest)


def softened(taken: Taken, piece: Piece) -> bool:
    """A1吧, A1 ok: a word at the very end, behind a package, that leaves it as it is."""
    if piece.tag not in (Tag.DOUBT, Tag.CHAT) or taken.said(piece).upper() not in _SOFT:
        return False
    tokens = taken.tokens
    before = piece.first
    while before and tokens[before - 1].kind == SPACE:
        before -= 1
    ends = any(p.last == before for p in taken.of(BASKET))
    return ends and all(
        t.tag == Tag.NOISE or t.kind in (SPACE, SIGN) or t.text in _BREAKS
        for t in tokens[piece.last :]
    )


def _brought(taken: Taken, rest: Sequence[Piece]) -> bool:
    """已送到, 送过了, 别送了, 送: no word where to, or one that says it is done."""
    at = next((i for i, p in enumerate(rest) if _brings(taken, p)), None)
    if at is None:
        return False
    beside = [taken.said(p) for p in (*rest[:at], *rest[at + 1 :])]
    if any(c in "了过已完刚" for said in beside for c in said):
        return True
    if rest[at].tag == Tag.NOTE or any(p.kind == FIGURE for p in rest[:at]):
        return False
    behind = "".join(taken.said(p) for p in rest[at + 1 :])
    when = not behind and any(p.tag == Tag.DAY for p in rest[:at])
    return not when and all(c in _PAST for c in behind)


def _brings(taken: Taken, piece: Piece) -> bool:
    return piece.tag == Tag.PLACE or (
        piece.tag == Tag.NOTE and taken.said(piece)[0] in "放送挂"
    )


def _refused(taken: Taken, rest: Sequence[Piece]) -> bool:
    """备注：女儿不要, or 行不行: a not that is no wish about what comes."""
    for before, piece, after in zip(rest, rest[1:], [*rest[2:], None], strict=False):
        if piece.tag == Tag.NOT and (
            after is None or taken.said(before)[-1] == taken.said(after)[0]
        ):
            return True
    return False


def _dish(taken: Taken, rest: Sequence[Piece]) -> bool:
    """不要香菜: a few unknown characters, and nothing else, behind a not."""
    if len(rest) != 2 or not is_han(taken, rest[1]):
        return False
    said = taken.said(rest[1])
    if taken.said(rest[0]) != "不要" and said[0] not in _ASKED:
        return False
    return len(said) <= 4 and not any(c in _NO_DISH for c in said)


def is_han(taken: Taken, piece: Piece) -> bool:
    return piece.kind == REST and taken.tokens[piece.first].kind == HAN


def _harmless(taken: Taken, piece: Piece, tailed: bool) -> bool:
    if piece.kind == WORDS:
        return piece.tag in _BENIGN or (tailed and piece.tag in (Tag.NOT, Tag.WEIGHT))
    if piece.kind != REST:
        return piece.kind in (FIGURE, NAME)
    token = taken.tokens[piece.first]
    if token.kind in (SPACE, MARK):
        return token.text not in "?*" and (tailed or token.text in _BREAKS)
    if token.number:
        after = around(taken, piece.first)[1]
        spelt = token.kind == CHINESE_NUMBER and tailed
        return spelt or (after is not None and after.text == "楼")
    return token.kind == HAN and _calm(token.text)


def _calm(text: str) -> bool:
    """Unknown characters beside a known remark: 转给你了, and none that turns a meaning."""
    return not any(c in TURNING for c in text) or bool(_PAID.fullmatch(text))


def around(taken: Taken, at: int) -> tuple[Token | None, Token | None]:
    tokens = taken.tokens
    return (
        tokens[at - 1] if at else None,
        tokens[at + 1] if at + 1 < len(tokens) else None,
    )
