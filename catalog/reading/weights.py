"""Weights as people write them (``6斤``, ``2.5公斤``), in grams."""

import re
from collections.abc import Iterable
from decimal import Decimal

from groupbuy.shared.text import plain

GRAMS = {
    "公斤": 1000,
    "千克": 1000,
    "KG": 1000,
    "斤": 500,
    "两": 50,
    "克": 1,
    "G": 1,
}
_WEIGHT = re.compile(rf"^约?\s*(\d+(?:\.\d+)?)\s*({'|'.join(GRAMS)})$")


def grams(text: str) -> int | None:
    """``"2.5公斤"`` → 2500; None for anything that is not one weight."""
    match = _WEIGHT.match(plain(text).upper())
    if match is None:
        return None
    weight = Decimal(match[1]) * GRAMS[match[2]]
    return int(weight) if 0 < weight < 1_000_000 else None


def together(quantities: Iterable[str]) -> int | None:
    """The sum in grams if every quantity is a weight, else None: never half a sum."""
    weights = [grams(quantity) for quantity in quantities]
    if not weights or None in weights:
        return None
    return sum(weight for weight in weights if weight is not None)


def in_words(weight: int | None) -> str:
    """``2500`` → ``2.5公斤``, ``400`` → ``400克``, None → nothing."""
    if weight is None:
        return ""
    if weight < 1000:
        return f"{weight}克"
    return f"{(Decimal(weight) / 1000).normalize():f}公斤"
