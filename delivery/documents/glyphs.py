"""Which characters our fonts can print: typst draws a missing one as an empty box, silently."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from pylopdf_fonts_jp import sans_path as japanese_sans
from pylopdf_fonts_zh_cn import sans_path as chinese_sans

FONTS: tuple[Path, ...] = (chinese_sans(), japanese_sans())
"""Noto Sans SC sets everything; Noto Sans JP only lends names such as 𠮷, which SC lacks."""

FAMILIES = ("Noto Sans SC", "Noto Sans JP")


@cache
def printable() -> frozenset[str]:
    """Every character that one of our fonts has a shape for."""
    found: set[str] = set()
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def missing_characters(text: str) -> set[str]:
    """The characters of `text` that would come out of the printer as an empty box."""
    return set(text) - printable() - {"\n"}
