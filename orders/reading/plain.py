"""A line made plain, one character for one, with the place each came from.

Full-width becomes half-width, look-alike dashes and brackets become one, invisible
characters go. Circled numerals are not here: they must not melt into their neighbours.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 1000  # characters; no household writes more on one line

_ALIKE = {
    **dict.fromkeys("—–－‐‑‒―−﹣﹘─━ー", "-"),
    **dict.fromkeys("〜～∼˜﹏", "~"),
    **dict.fromkeys("×✖✕╳⨉＊﹡∗", "*"),
    **dict.fromkeys("➕﹢", "+"),
    **dict.fromkeys("【〔〖「『［《〈﹝｛", "("),
    **dict.fromkeys("】〕〗」』］》〉﹞｝", ")"),
    **dict.fromkeys("[{", "("),
    **dict.fromkeys("]}", ")"),
    **dict.fromkeys("“”‘’＂＇\"'`", "'"),
    **dict.fromkeys("，﹐､", ","),
    **dict.fromkeys("；﹔", ";"),
    **dict.fromkeys("：﹕∶︰", ":"),
    **dict.fromkeys("？﹖", "?"),
    **dict.fromkeys("！﹗", "!"),
    **dict.fromkeys("／∕⁄", "/"),
    **dict.fromkeys("．﹒•", "."),
    **dict.fromkeys("。｡", "。"),
    **dict.fromkeys("＃﹟", "#"),
    **dict.fromkeys("\t\u00a0\u3000\u2002\u2003\u2009\u202f\v\f", " "),
    "￥": "¥",
    "＝": "=",
    "﹦": "=",
    "單": "单",
    "號": "号",
    "樓": "楼",
    "棟": "栋",
    "兩": "两",
    "餐": "餐",
    "貳": "贰",
    "參": "叁",
    "叄": "叁",
    "陸": "陆",
    "個": "个",
    "圓": "元",
    "點": "点",
    "門": "门",
    "電": "电",
    "話": "话",
    "現": "现",
}
_MARKUP = re.compile(  # <b> only where it ends again: packages may have letters
    r"</?(?:br|div|span|img|strong|em|font|table|tr|td|ul|ol|li|h[1-6])(?:[ /][^<>]{0,80})?>"
    r"|<(b|i|u|p|a)>(?=[^<>]{0,200}</\1>)|</(?:b|i|u|p|a)>",
    re.IGNORECASE,
)
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}


@dataclass(frozen=True)
class Plain:
    """``text[i]`` stands for the original's character ``at[i]``."""

    text: str
    at: Sequence[int]


class _Table(dict[int, str | None]):
    """For str.translate: what each character becomes, worked out when it is first seen."""

    def __missing__(self, code: int) -> str | None:
        self[code] = made = _one(chr(code)) or None
        return made


_TABLE = _Table()


def plain(line: str) -> Plain:
    tags: set[int] = set()
    if "<" in line:
        tags = {i for found in _MARKUP.finditer(line) for i in range(*found.span())}
    text = line.translate(_TABLE)
    if not tags and len(text) == len(line):
        return Plain(text, range(len(line)))
    kept = [(_TABLE[ord(c)], i) for i, c in enumerate(line) if i not in tags]
    shown = [(c, i) for c, i in kept if c]
    return Plain("".join(c for c, _ in shown), tuple(i for _, i in shown))


def name_plain(name: str) -> str:
    """A package's or compound's name as it is looked for: plain, upper case, no spaces."""
    return plain(name).text.upper().replace(" ", "")


def _one(character: str) -> str:
    """The plain character, or nothing for one that cannot be seen."""
    if " " <= character <= "~" or "\u4e00" <= character <= "\u9fff":
        return _ALIKE.get(character, character)
    if character in _ALIKE:
        return _ALIKE[character]
    if "！" <= character <= "～":  # the full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    if unicodedata.category(character) in _GONE:
        return ""
    return character
