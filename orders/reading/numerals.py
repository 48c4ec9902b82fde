"""Chinese, formal, circled and positional numerals as plain digits."""

_DIGIT = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "幺": 1,
    "两": 2,
    "俩": 2,
    "弍": 2,
    "弌": 1,
}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNIT = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE = frozenset(_DIGIT) | frozenset(_TENS) | frozenset(_UNIT)

CIRCLED = {
    **{chr(0x2460 + i): str(i + 1) for i in range(20)},  # ①
    **{chr(0x2474 + i): str(i + 1) for i in range(20)},  # ⑴
    **{chr(0x2488 + i): str(i + 1) for i in range(20)},  # ⒈
    **{chr(0x2776 + i): str(i + 1) for i in range(10)},  # ❶
    **{chr(0x2780 + i): str(i + 1) for i in range(10)},  # ➀
    **{chr(0x3220 + i): str(i + 1) for i in range(10)},  # ㈠
    **{chr(0x3280 + i): str(i + 1) for i in range(10)},  # ㊀
    "⓪": "0",
}


def digits_of(numeral: str) -> str:
    """``"五零二"`` → ``"502"``, ``"廿三"`` → ``"23"``; ``""`` where it is no clear number."""
    if all(c in _DIGIT for c in numeral):
        return "".join(str(_DIGIT[c]) for c in numeral)
    value = _counted(numeral)
    return "" if value is None else str(value)


def counts(numeral: str) -> bool:
    """Whether it counts things: 二, 十二, 廿三; not 一二 or 两三, which are vague."""
    return len(numeral) == 1 or not all(c in _DIGIT for c in numeral)


def _counted(numeral: str) -> int | None:
    """A number with its tens and hundreds named; None for 一百二 and what is garbled."""
    total, digit, last, zero = 0, None, 10_000, False
    for character in numeral:
        if character in "零〇":
            if digit is not None or zero:
                return None
            zero = True
        elif character in _DIGIT:
            if digit is not None:
                return None
            digit = _DIGIT[character]
        else:
            unit, times = _unit(character, digit, first=last == 10_000)
            if times is None or unit >= last:
                return None
            total, digit, last, zero = total + times * unit, None, unit, False
    return _ended(total, digit, last, zero=zero)


def _unit(character: str, digit: int | None, *, first: bool) -> tuple[int, int | None]:
    if character in _TENS:
        return (10, _TENS[character] // 10) if digit is None else (10, None)
    unit = _UNIT[character]
    if digit is None and unit == 10 and first:
        return unit, 1
    return unit, digit


def _ended(total: int, digit: int | None, last: int, *, zero: bool) -> int | None:
    if digit is None:
        return None if zero else total
    if last > 10 and not zero:
        return None  # 一百二 may be 102 or 120
    return total + digit
