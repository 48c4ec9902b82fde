"""Telephone numbers as people write them: mobiles, and landlines, which the old have."""

import re

from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{7}")
_SHORT_CODES = ("010", "02")  # their numbers always have eight digits


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
