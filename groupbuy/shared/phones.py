"""Telephone numbers as people write them: mobiles, and landlines, which the old have."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.grouped import ANNOUNCED, APART, BETWEEN, numbers
from groupbuy.shared.text import plain

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{7}")
_SHORT_CODES = ("010", "02")  # their numbers always have eight digits

# Inside a sentence, beside those in groups: landlines with their area code or after the word for
# telephone, and any seven figures in a row. What is looked at has plain figures only, see
# ``_readings``.
_ALONE = rf"{BETWEEN}{{1,3}}"
_NUMBER = re.compile(
    rf"(?<!\d)0{_ALONE}(?:1{_ALONE}0|2{_ALONE}\d){_ALONE}[2-9](?:{_ALONE}\d){{7}}(?!\d)"
    rf"|(?<!\d)0\d{{2,3}}{APART}[2-9]\d{{2,3}}{APART}\d{{4}}(?!\d)"
    rf"|{ANNOUNCED}[2-9]\d{{2,3}}{APART}\d{{4}}(?!\d)"
    r"|\d{7,}"
)
_HAN = str.maketrans("零〇○一幺二三四五六七八九", "0001123456789")
_FIGURES = frozenset("0123456789")
_WHOLE, _SOME = 11, 8  # so many figures keep both ends; so many the last four
FEWEST = 7  # so many figures are a number at all


def phone_number(text: str) -> str:
    """``＋86 138 0013 8000`` → ``13800138000``; ``(021)5433 1234`` → ``021-54331234``.

    Raises Refused beside ``phone``. A landline without area code stays as it is.
    """
    digits = re.sub(r"[\s().\-—–－_]", "", plain(text))
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)
    if _MOBILE.fullmatch(digits) or _LOCAL.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(digits)
    if landline and (
        not digits.startswith(_SHORT_CODES) or len(landline.group(2)) == 8
    ):
        return f"{landline.group(1)}-{landline.group(2)}"
    raise Refused(
        _(
            "Please check the number: a mobile has 11 digits, a landline is like 021-54331234."
        ),
        field="phone",
        code="phone",
    )


def hidden(text: str) -> str:
    """``138-0013-8000`` → ``138-****-8000``; as long as before, so that what points into the
    text still fits. Rooms, quantities and dates in parts stay; any seven figures in a row go.
    """
    gone = {at for plain in _readings(text) for at in _middles(plain)}
    return "".join("*" if at in gone else c for at, c in enumerate(text))


def hides(text: str) -> bool:
    return hidden(text) != text


def _readings(text: str) -> list[str]:
    """With plain figures for full-width ones, and once more also for 幺三八; as long as it."""
    if len(text) < FEWEST:
        return []
    plain = text
    if not text.isascii():
        plain = "".join(_figure(c) for c in text)
    spoken = plain.translate(_HAN)
    return [plain] if spoken == plain else [plain, spoken]


def _figure(c: str) -> str:
    return c if c.isascii() else str(unicodedata.digit(c, c))


def _middles(plain: str) -> Iterator[int]:
    """Where the figures stand that are not to be read."""
    seen: set[int] = set()
    for some in numbers(plain):
        figures = [at for group in some for at in range(*group)]
        seen.update(figures)
        yield from _inner(figures)
    for found in _NUMBER.finditer(plain):
        if seen.isdisjoint(range(*found.span())):
            yield from _inner(_figures(found))


def _figures(found: re.Match[str]) -> list[int]:
    return [at for at, c in enumerate(found[0], found.start()) if c in _FIGURES]


def _inner(figures: Sequence[int]) -> Sequence[int]:
    first = 3 if len(figures) >= _WHOLE else 0
    last = 4 if len(figures) >= _SOME else 2
    return figures[first : len(figures) - last]
