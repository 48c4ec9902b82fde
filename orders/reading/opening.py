"""What stands before the message itself: chat stamps, senders, list numbers."""

import re
from dataclasses import dataclass

from orders.reading.numerals import CHINESE, CIRCLED, digits_of
from orders.reading.plain import Plain

_DATE = r"(?:20\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}日?|\d{1,2}月\d{1,2}[日号])"
_SHORT_DATE = r"\d{1,2}[-/]\d{1,2}(?= {1,3}\d{1,2}:\d\d)"
_PART = r"(?:(?:昨天|今天|前天|星期.|周.|上午|下午|晚上|中午|凌晨|早上) ?){0,2}"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?=[ ):]|$)"
_STAMP = re.compile(
    rf" ?\(?(?:(?:{_DATE}|{_SHORT_DATE}) {{0,3}}{_PART}(?:{_TIME})?|{_PART}{_TIME})\)?"
)
_YEAR = re.compile(r" ?\(?20\d\d")
_SENDER = re.compile(r" {0,3}([^:\d,;]{1,20}): ?")
_NAMED_STAMP = re.compile(r"([^:\d,;]{1,20}?) {0,3}\(?(?=[\d昨今前星周上下])")
_CHINESE = "".join(sorted(CHINESE))
_CIRCLED = "".join(CIRCLED)
_SERIAL = re.compile(
    rf" ?(?:#?接龙 {{0,2}}(?=\d))?(?:(\d{{1,2}}|\d{{3}}(?= ?[.、):。] ?\d{{1,3}}[-#号栋幢座弄])|[{_CHINESE}]{{1,3}}) ?([.、):。])|\( ?(\d{{1,2}}) ?\)[.、:]?"
    rf"|([{_CIRCLED}])(?![号栋幢座楼室])[.、:]?|#(\d{{1,3}})[ .:、]) ?"
)
_TYPED = re.compile(
    r" ?(\d{1,3})(?:号楼|号|栋|幢|座)?([-.、:;。=])\d{3,4}室?\2[A-Za-z]{1,3}(?:套餐)?\2\d{1,2}份?"
    r"(?:\2[A-Za-z]{1,3}(?:套餐)?\2\d{1,2}份?){0,8}[ 。.]?"
)
_SHORT = re.compile(
    r" ?(\d{1,3})(?:号楼|号|栋|幢|座)?([;。=])\d{3,4}室?\2[A-Za-z][^;。=]*"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """``end`` is where the message begins in the plain text."""

    end: int = 0
    serial: str = ""
    colon: bool = False  # the list number was followed by a colon
    stamped: bool = False


def typed_format(line: Plain) -> tuple[Plain, str] | None:
    """7、101、A、2 written as 7+101+A+2, and its building; None where it is no such line."""
    if not line.text[:2].strip()[:1].isdecimal():
        return None
    found = _TYPED.fullmatch(line.text) or _SHORT.fullmatch(line.text)
    if not found:
        return None
    return Plain(line.text.replace(found[2], "+"), line.at), found[1].lstrip("0")


def opening(text: str) -> Opening:
    stamp = _stamp(text)
    serial = _SERIAL.match(text, stamp)
    if not serial or _is_time(text, serial):
        return Opening(stamp, stamped=stamp > 0)
    digits = next((g for i, g in enumerate(serial.groups()) if g and i != 1), "")
    number = CIRCLED.get(digits) or (
        digits if digits.isdecimal() else digits_of(digits)
    )
    if not number:
        return Opening(stamp, stamped=stamp > 0)
    return Opening(serial.end(), number, serial[2] == ":", stamp > 0)


def _is_time(text: str, serial: re.Match[str]) -> bool:
    """17:00 is no entry 17."""
    return bool(
        re.match(r" ?\d{1,2}:\d\d(?!\d)", text[serial.start() : serial.end() + 4])
    )


def _stamp(text: str) -> int:
    """The end of a time stamp and the sender beside it; 0 where there is none."""
    if ":" not in text and "月" not in text and not _YEAR.match(text):
        return 0
    found = _STAMP.match(text)
    if found and found.end() > 1:
        sender = _SENDER.match(text, found.end())
        if sender and not _SERIAL.fullmatch(sender[0]):
            return sender.end()
        return found.end()
    named = _NAMED_STAMP.match(text)
    if named and (found := _STAMP.match(text, named.end())):
        end = found.end()
        return end + 1 if text[end : end + 1] in (":", ")") else end
    return 0
