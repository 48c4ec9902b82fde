"""Telephone numbers as people write them: mobiles, and landlines, which the old have."""

import re

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{7}")
_SHORT_CODES = ("010", "02")  # their numbers always have eight digits

# Inside a sentence: mobiles whole or in groups, landlines with their area code or after the
# word for telephone, and any seven figures in a row, also 幺三八.
_APART = r"[\s.,·•_—–－-]{0,2}"
_FIGURE = "[0-9０-９零〇一二三四五六七八九幺]"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\+?86{_APART})?1[3-9]\d{_APART}(?:\d{{4}}{_APART}\d{{4}}|\d{{3}}{_APART}\d{{5}})(?!\d)"
    rf"|(?<!\d)0\d{{2,3}}{_APART}\)?{_APART}[2-9]\d{{2,3}}{_APART}\d{{4}}(?!\d)"
    rf"|(?:电话|手机|座机|联系|号码|☎|📞)\D{{0,4}}[2-9]\d{{2,3}}{_APART}\d{{4}}(?!\d)"
    rf"|{_FIGURE}{{7,}}"
)
_WHOLE, _SOME = 11, 8  # so many figures keep both ends; so many the last four


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
    return _NUMBER.sub(lambda found: _ends(found[0]), text)


def hides(text: str) -> bool:
    return hidden(text) != text


def _ends(number: str) -> str:
    figures = [at for at, c in enumerate(number) if re.fullmatch(_FIGURE, c)]
    first = 3 if len(figures) >= _WHOLE else 0
    last = 4 if len(figures) >= _SOME else 2
    gone = set(figures[first : len(figures) - last])
    return "".join("*" if at in gone else c for at, c in enumerate(number))
