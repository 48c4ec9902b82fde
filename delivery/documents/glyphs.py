"""Which characters our fonts can print: typst draws a missing one as an empty box, silently."""

from functools import cache

from fontTools.ttLib import TTFont

from delivery.documents.faces import FONTS


@cache
def printable() -> frozenset[str]:
    """Every character that one of our fonts has a shape for."""
    found: set[str] = set()
    for path in FONTS:
        with TTFont(path, lazy=True) as font:
            # Their names are not needed, and reading them is most of the work.
            font.setGlyphOrder([str(n) for n in range(font["maxp"].numGlyphs)])
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


def missing_characters(text: str) -> set[str]:
    """The characters of `text` that would come out of the printer as an empty box."""
    if printable().issuperset(text):
        return set()
    return set(text) - printable() - {"\n"}
