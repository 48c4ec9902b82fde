"""Text as people type it, made plain: full-width to half-width, nothing invisible."""

import functools
import re
import unicodedata
from collections.abc import Callable

_DIGITS = re.compile(r"(\d+)")
SHORT = 24  # characters; longer names are not kept, or anybody could fill the memory


def _kept(names: Callable[[str], str]) -> Callable[[str], str]:
    """A town's doors have few names, and every order says three of them."""
    kept = functools.lru_cache(maxsize=4096)(names)

    @functools.wraps(names)
    def name(text: str) -> str:
        return kept(text) if len(text) <= SHORT else names(text)

    return name


def plain(text: str) -> str:
    """NFKC, without control, format and surrogate characters; runs of space become one."""
    folded = unicodedata.normalize("NFKC", str(text))
    kept = (" " if c in "\t\n\r" else c for c in folded if c in "\t\n\r" or shown(c))
    return " ".join("".join(kept).split())


def typed(text: str) -> str:
    """As typed, but without control and format characters (bidi marks, NUL, zero width)."""
    return "".join(c for c in str(text) if c == "\n" or shown(c)).strip()


def shown(character: str) -> bool:
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@_kept
def sort_key(text: str) -> str:
    """A text that sorts as people count: 3 before 12, 201 before 1701, 6甲 after 6.

    Digit runs are padded to eight places; stored beside the name, since no database here
    has a natural sort.
    """
    parts = _DIGITS.split(plain(text).upper())
    return "".join(p.zfill(8) if p.isdecimal() else p for p in parts)[:64]


_HEAVENLY = str.maketrans(
    {"－": "-", "—": "-", "–": "-", "‐": "-", "﹣": "-", "−": "-"}
)
_BUILDING_WORDS = re.compile(r"(号楼|号|栋|幢|座|组|#)$")
_ROOM_WORDS = re.compile(r"(室|户|房|门)$")
_UNIT_WORDS = re.compile(r"(单元)$")


@_kept
def building_name(text: str) -> str:
    """``"３号楼"`` → ``"3"``; ``"6号甲"`` → ``"6甲"``: how a building is kept and compared."""
    name = _without(_BUILDING_WORDS, text)
    return re.sub(r"^(\d+)号([甲乙丙丁])$", r"\1\2", name)


@_kept
def unit_name(text: str) -> str:
    return _without(_UNIT_WORDS, text)


@_kept
def room_name(text: str) -> str:
    """``"５０２室"`` → ``"502"``."""
    return _without(_ROOM_WORDS, text)


def _without(words: re.Pattern[str], text: str) -> str:
    name = plain(text).translate(_HEAVENLY).replace(" ", "").upper()
    name = re.sub(r"(?<=\d)O|O(?=\d)", "0", name)
    shorter = words.sub("", name)
    return shorter or name
