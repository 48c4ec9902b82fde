"""Numbers that are neither home nor quantity: phones, times, ages, sums of money, tails."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from orders.reading.tokens import LETTERS, MARK, NUMBER, SPACE, WORD, Token
from orders.reading.words import Tag

PHONE, NOTE, MONEY = "phone", "note", "money"
_MASK = 4
_PAID = re.compile(r"(?:付|转|付款|转账|支付)(?:了|过|好|好了|给你|给您)?[ :]?$")
_UNITS = (
    Tag.MONEY,
    Tag.TIME,
    Tag.AGE,
    Tag.MEASURE,
    Tag.HOMES,
    Tag.WEIGHT,
    Tag.BUILDING,
)


class Figure(NamedTuple):
    """``text`` is a phone's digits, or nothing where the line's own words are kept."""

    kind: str
    first: int
    last: int
    text: str = ""


def figure(tokens: Sequence[Token], at: int) -> Figure | None:
    """What stands here, if a number of such a kind begins here."""
    token = tokens[at]
    if token.kind == WORD:
        return _worded(tokens, at)
    if token.text == "+" and _digits(tokens, at + 1) == "86":
        found = _phone(tokens, _past(tokens, at + 2))
        return Figure(PHONE, at, found.last, found.text) if found else None
    if not token.number:
        return None
    if not _glued(tokens, at) and (found := _phone(tokens, at)):
        return found
    return _measured(tokens, at)


def _worded(tokens: Sequence[Token], at: int) -> Figure | None:
    token = tokens[at]
    if token.tag == Tag.PHONE:
        return _said_phone(tokens, at)
    if token.tag == Tag.TAIL:
        return _tail(tokens, at)
    if token.tag == Tag.DAY:
        return _day(tokens, at)
    return None


def _glued(tokens: Sequence[Token], at: int) -> bool:
    """A count stuck to a package is that package's: A6点 is not six o'clock."""
    return at > 0 and (tokens[at - 1].kind == "letters" or bool(tokens[at - 1].code))


def _phone(tokens: Sequence[Token], at: int) -> Figure | None:
    """Eleven digits from 1, whole or in groups; a Shanghai number with its 021."""
    digits, last, groups = _digits(tokens, at), at + 1, 1
    if not digits:
        return None
    if masked := _masked(tokens, at, digits):
        return masked
    while len(digits) < 11 and groups < 4 and _phonelike(digits):
        after = _past(tokens, last)
        if after < len(tokens) and tokens[after].text == "-":
            after = _past(tokens, after + 1)
        more = _digits(tokens, after) if after > last else ""
        if len(more) < 3:
            break
        digits, last, groups = digits + more, after + 1, groups + 1
    mobile = len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"
    landline = len(digits) == 11 and digits.startswith("021")
    return Figure(PHONE, at, last, digits) if mobile or landline else None


def _phonelike(digits: str) -> bool:
    """138, 1380 or 021: what a number in groups begins with."""
    mobile = digits[0] == "1" and len(digits) > 2 and digits[1] in "3456789"
    return mobile or digits.startswith("021")


def _masked(tokens: Sequence[Token], at: int, digits: str) -> Figure | None:
    """138****8000."""
    end = at + 1
    while end < len(tokens) and tokens[end].text == "*" and end - at <= _MASK:
        end += 1
    tail = _digits(tokens, end)
    if len(digits) == 3 and digits[0] == "1" and end - at > 3 and len(tail) == 4:
        return Figure(NOTE, at, end + 1)
    return None


def _said_phone(tokens: Sequence[Token], at: int) -> Figure | None:
    """电话 and what follows: any number of seven digits or more, or four as its tail."""
    here = _past(tokens, at + 1)
    while here < len(tokens) and (
        tokens[here].text in (":", "是", "为", ".") or tokens[here].tag == Tag.PHONE
    ):
        here = _past(tokens, here + 1)
    if here < len(tokens) and (found := _phone(tokens, here)):
        return Figure(PHONE, at, found.last, found.text)
    digits = _digits(tokens, here)
    if 7 <= len(digits) <= 12:
        return Figure(PHONE, at, here + 1, digits)
    return None


def _tail(tokens: Sequence[Token], at: int) -> Figure | None:
    here = _past(tokens, at + 1)
    while here < len(tokens) and tokens[here].text in (":", "是", "为"):
        here = _past(tokens, here + 1)
    if here < len(tokens) and 3 <= len(tokens[here].number) <= 4:
        return Figure(NOTE, at, here + 1)
    return None


def _day(tokens: Sequence[Token], at: int) -> Figure | None:
    """下午3点后, 明天送: from the day's word to the end of its time."""
    here = _past(tokens, at + 1)
    while here < len(tokens) and tokens[here].tag == Tag.DAY:
        here = _past(tokens, here + 1)
    later = here < len(tokens) and "再" in tokens[here].text
    if later and any(t.text[0] == "明" for t in tokens[at:here]):
        return None  # 明天再送: not this day's
    if here < len(tokens) and tokens[here].number and (t := _time(tokens, here)):
        return Figure(NOTE, at, t.last)
    if here < len(tokens) and tokens[here].tag == Tag.BEFORE:
        return Figure(NOTE, at, here + 1)
    return None


def _measured(tokens: Sequence[Token], at: int) -> Figure | None:
    if _glued(tokens, at):
        return None
    if found := _paid(tokens, at) or _time(tokens, at):
        return found
    after = at + 1
    if _tag(tokens, after) == Tag.AGE:
        return Figure(NOTE, at, after + 1)
    if _tag(tokens, after) == Tag.MONEY:
        return Figure(MONEY, at, after + 1, tokens[at].number)
    return None


def _paid(tokens: Sequence[Token], at: int) -> Figure | None:
    """已付60, 微信转了120: money without its word, the last thing a line counts."""
    digits = _digits(tokens, at)
    if not at or not 2 <= len(digits) <= 4 or digits[0] == "0" or _room(digits):
        return None
    before = "".join(t.text for t in tokens[max(at - 4, 0) : at])
    if not _PAID.search(before):
        return None
    last = at + 1
    if last < len(tokens) and tokens[last].text == "了":
        last += 1
    more = (t for t in tokens[at + 1 :] if t.number or t.code or t.kind == LETTERS)
    unit = _tag(tokens, at + 1) in _UNITS
    return None if unit or next(more, None) else Figure(MONEY, at, last, digits)


def _room(digits: str) -> bool:
    """A number that may be a flat's: 503, 1201."""
    return len(digits) > 2 and "01" <= digits[-2:] <= "12"


def _time(tokens: Sequence[Token], at: int) -> Figure | None:
    """6点前, 5点半, 17:00, 18点以后送, 5-6点."""
    last = _clock(tokens, at)
    if not last:
        dash = at + 1 < len(tokens) and tokens[at + 1].text in ("-", "~", "到", "至")
        if (
            not dash
            or len(tokens[at].number) > 2
            or not (last := _clock(tokens, at + 2))
        ):
            return None
    while last < len(tokens) and tokens[last].tag == Tag.BEFORE:
        last += 1
    return Figure(NOTE, at, last)


def _clock(tokens: Sequence[Token], at: int) -> int:
    """The token behind a time of day, or 0."""
    if at >= len(tokens) or not tokens[at].number or len(tokens[at].number) > 2:
        return 0
    if int(tokens[at].number) > 24:
        return 0
    if _tag(tokens, at + 1) == Tag.TIME:
        minutes = at + 2 < len(tokens) and tokens[at + 1].text == "点"
        if minutes and len(_digits(tokens, at + 2)) == 2 and _ends_time(tokens, at + 3):
            return at + 3
        return at + 2
    colon = at + 1 < len(tokens) and tokens[at + 1].text == ":"
    past = _digits(tokens, at + 2) if colon and tokens[at].kind == NUMBER else ""
    return at + 3 if len(past) == 2 and past < "60" else 0


def _ends_time(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or tokens[at].tag in (Tag.BEFORE, Tag.TIME)


def _digits(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) and tokens[at].kind == NUMBER else ""


def _tag(tokens: Sequence[Token], at: int) -> str | None:
    return tokens[at].tag if at < len(tokens) and tokens[at].kind == WORD else None


def _past(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind == SPACE:
        at += 1
    return at


def is_mark(tokens: Sequence[Token], at: int, marks: str) -> bool:
    return at < len(tokens) and tokens[at].kind == MARK and tokens[at].text in marks
