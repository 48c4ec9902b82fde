"""Wishes and questions, and what is set aside before anything else."""

import re

from orders.reading.entries import Entries
from orders.reading.outcome import Outcome, ignored, review
from orders.reading.pieces import BASKET, WORDS, Taken
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.tokens import HAN, MARK, SIGN, SPACE
from orders.reading.words import ABOUT, INSIDE, LONGINGS, MISSED, Tag

_MEDIA = re.compile(
    r" ?\((?:语音|图片|视频|动画表情|表情|文件|链接|位置|红包|小程序|聊天记录|名片|引用)[^()]{0,20}\)[ \d'秒:]*"
)
_RULED = re.compile(r"[-=*~·. ]*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[-=*~·. ]*")
_SENT = re.compile(  # 张三(3-502) 16:58
    r" ?[\u4e00-\u9fff]{1,8} ?\( ?\d{1,3} ?[-号#栋幢] ?(?:楼)?\d{3,4}室? ?\)"
    r" {1,3}(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2} )?\d{1,2}:\d\d(?::\d\d)? ?:?"
)
_TURNS = {
    Tag.CANCEL,
    Tag.SET,
    Tag.CHANGE,
    Tag.WRONG,
    Tag.ADD,
    Tag.DROP,
    Tag.SAME,
    Tag.OR,
}


def set_aside(taken: Taken) -> Outcome | None:
    """Markup, examples and what its writer calls a duplicate."""
    solid = any(t.kind not in (SPACE, MARK, SIGN) for t in taken.tokens)
    text = taken.plain.text
    if ":" in text[-4:] and _SENT.fullmatch(text) and not taken.opening.end:
        return ignored("sender")
    if not solid or ("20" in text and _RULED.fullmatch(text)):
        return ignored("sender" if taken.opening.stamped else "markup")
    if _MEDIA.fullmatch(taken.plain.text):
        return ignored("markup")
    first = next((t for t in taken.tokens if t.kind not in (SPACE, MARK)), None)
    if first is not None and first.tag == Tag.EXAMPLE:
        return ignored("example")
    if {Tag.TWICE, Tag.IGNORE} <= taken.tags:
        return ignored("duplicate")
    return review("formula") if taken.plain.text.lstrip().startswith("=") else None


def asked(taken: Taken, found: Entries) -> Outcome | None:
    """A wish or a question about goods; None where an order may hide in it."""
    tags = taken.tags
    question = Tag.ASK in tags or "?" in taken.plain.text
    if not question and not tags & {Tag.WISH, Tag.GONE}:
        return None
    if _ordered(taken, found, gone=Tag.GONE in tags and question):
        return _price(taken, found) if question else None
    words = _words(taken)
    if words & INSIDE and question:
        return ignored("question")
    if Tag.GONE in tags:
        missed = question or bool(words & MISSED)
        return _gone(found, tags, question=missed)
    if _wished(taken, found, words, question=question):
        wishes = {taken.said(p) for p in taken.of(WORDS) if p.tag == Tag.WISH}
        longs = bool(wishes) and wishes <= LONGINGS
        return None if longs and found.items else _wish(found)
    return _about(taken, found)


def _wished(taken: Taken, found: Entries, words: set[str], *, question: bool) -> bool:
    """有牛奶吗 asks for milk; A套餐有肉吗 for what is in it; 有人吗 for somebody."""
    if Tag.WISH in taken.tags:
        return True
    if not question or words & ABOUT or Tag.HOMES in taken.tags:
        return False
    if "还有" in words:
        return True
    has = "有吗" in taken.plain.text or not found.items
    unknown = any(t.kind == HAN for t in taken.tokens)
    return has and unknown and bool(words & {"有", "没有", "买", "订购"})


def _words(taken: Taken) -> set[str]:
    return {taken.tokens[p.first].text for p in taken.of(WORDS)}


def _ordered(taken: Taken, found: Entries, *, gone: bool) -> bool:
    """Packages with counts stand in it; a count of something unknown is a wish's own."""
    if any(not item.assumed for item in found.items):
        return True
    faults = {p.basket.fault for p in taken.of(BASKET) if p.basket} - {""}
    if gone or not found.items:
        faults -= {"missing_package"}
    return bool(faults - {"package_twice"})


def _price(taken: Taken, found: Entries) -> Outcome | None:
    """B套餐多少钱一份？ asks, as long as no home is named."""
    homes = any(e.place.room or e.place.unclear for e in found.homes)
    asks = bool(_words(taken) & ABOUT)
    return ignored("question") if asks and not homes else None


def _gone(found: Entries, tags: set[str], *, question: bool) -> Outcome:
    """Sold out: a wish where somebody asks or says whose; else the head's own notice."""
    homes = any(e.place.room for e in found.homes)
    if question or homes or Tag.WISH in tags:
        return _wish(found)
    return ignored("notice")


def _about(taken: Taken, found: Entries) -> Outcome | None:
    """A question about goods or delivery: from no home, or plainly asking what or when."""
    asks = bool(_words(taken) & ABOUT)
    homes = [e for e in found.homes if e.place.room or e.place.unclear]
    turns = bool(taken.tags & _TURNS)
    if turns or (homes and found.items):
        return ignored("question") if asks and not homes else None
    if asks:
        return ignored("question")
    said = Tag.ASK in taken.tags or any(t.kind == HAN for t in taken.tokens)
    counted = any(p.basket and p.basket.bare for p in taken.of(BASKET))
    return ignored("question") if said and not homes and not counted else None


def _wish(found: Entries) -> Outcome:
    orders = tuple(
        Understood(e.place.building, e.place.unit, e.place.room, name=e.name)
        for e in found.homes
        if e.place.room
    )
    return Outcome(Verdict.DEMAND, Why("demand"), orders)
