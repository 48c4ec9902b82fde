"""Logs are kept long and read by many: no phone number, row or link's token gets into one."""

import logging
import re

# Mobiles as 13800138000, 138-0013.8000, 1 3 8 0 …, +86 138 0013 8000; landlines as 021-64123456;
# any run of 7 to 13 digits. Not the digits after a decimal point: those are durations.
_PHONE = re.compile(
    r"(?<!\d)(?<!\d\.)"
    r"(?:(?:\+?86[- ]?)?1\d{2}[-. ]\d{4}[-. ]?\d{4}|1[- .][3-9](?:[- .]\d){9}"
    r"|0\d{2,3}[- ]\d{7,8}|\+?\d{7,13})"
    r"(?!\d)"
)

# What opens an order, a building head's page, a volunteers' or a supplier's: the path
# behind /o/, /b/, /v/, /s/.
_TOKEN = re.compile(r"(?<![\w/])(/[bosv]/)[^/\s\"']+")

# PostgreSQL repeats the whole row, name and room with it, that a constraint refused.
_ROW = re.compile(r"(?m)^(\s*DETAIL:).*$")


class NoPhones(logging.Filter):
    """Replaces telephone numbers, rows, and whatever opens something, by ``***``."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_secrets(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


def without_secrets(text: str) -> str:
    return _ROW.sub(r"\1 ***", _TOKEN.sub(r"\1***", _PHONE.sub("***", text)))
