"""Telephone numbers as people write them: mobiles, and landlines, which the old have."""

import re
import unicodedata

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{7}")
_SHORT_CODES = ("010", "02")  # their numbers always have eight digits

# Inside a sentence: mobiles whole or in groups, landlines with their area code or after the
# word for telephone, either figure by figure, and any seven figures in a row. What is looked at
# has plain figures only, see ``_spans``. A list of rooms (1301 1302 501) has none of these
# shapes: groups of 3-4-4, 3-3-5, 3-2-2-2-2, or eleven single figures.
_BETWEEN = r"[\s.,·•・_—–－~～/、:。．，\-\u200b-\u200d\u2060\ufeff\ufe0f\u20e3]"
_APART = rf"{_BETWEEN}{{0,3}}"
_ALONE = rf"{_BETWEEN}{{1,3}}"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\+?86{_APART})?1[3-9]\d{_APART}"
    rf"(?:\d{{4}}{_APART}\d{{4}}|\d{{3}}{_APART}\d{{5}}|\d\d(?:{_ALONE}\d\d){{3}})(?!\d)"
    rf"|(?<!\d)1{_ALONE}[3-9](?:{_ALONE}\d){{9}}(?!\d)"
    rf"|(?<!\d)0{_ALONE}(?:1{_ALONE}0|2{_ALONE}\d){_ALONE}[2-9](?:{_ALONE}\d){{7}}(?!\d)"
    rf"|(?<!\d)0\d{{2,3}}{_APART}\)?{_APART}[2-9]\d{{2,3}}{_APART}\d{{4}}(?!\d)"
    rf"|(?:电话|手机|座机|联系|号码|☎|📞)\D{{0,4}}[2-9]\d{{2,3}}{_APART}\d{{4}}(?!\d)"
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


def _middles(plain: str) -> list[int]:
    """Where the figures stand that are not to be read."""
    return [at for found in _NUMBER.finditer(plain) for at in _inner(found)]


def _inner(found: re.Match[str]) -> list[int]:
    figures = [at for at, c in enumerate(found[0], found.start()) if c in _FIGURES]
    first = 3 if len(figures) >= _WHOLE else 0
    last = 4 if len(figures) >= _SOME else 2
    return figures[first : len(figures) - last]
