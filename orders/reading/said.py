"""When a line was said, from the time that a chat app copies beside it. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

_DATE = r"(?:(?P<y>20\d\d)[-/.年])?(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
_TIME = r"(?P<h>[01]?\d|2[0-3])[:：](?P<min>[0-5]\d)(?:[:：][0-5]\d)?"
_WHEN = rf"(?:{_DATE}\s*)?{_TIME}"
_BEFORE = re.compile(rf"^[\[(（【]?\s*{_WHEN}\s*[\])）】]?(?:\s|$)")
_ALONE = re.compile(rf"^[^\d:：]{{0,20}}[:：]?\s*{_WHEN}\s*[:：]?\s*$")
SOON = timedelta(minutes=5)  # clocks of phones differ


def said_times(
    lines: Iterable[tuple[int, str]], pasted_at: datetime
) -> Iterator[tuple[int, datetime | None]]:
    """Each line's number with its message time.

    A time in front of a line is that line's; a line with only a name and a time is the head
    of the message below it, up to the next. ``pasted_at`` gives day and zone where the app
    left them out.
    """
    above: datetime | None = None
    for number, text in lines:
        words = text.strip()
        alone, before = _ALONE.match(words), _BEFORE.match(words)
        found = alone or before
        moment = _instant(found, pasted_at) if found else None
        above = moment or above
        yield number, above


def _instant(found: re.Match[str], pasted_at: datetime) -> datetime | None:
    """None for a day that does not exist, or a time that has not come yet."""
    year = int(found["y"] or pasted_at.year)
    month, day = int(found["m"] or pasted_at.month), int(found["d"] or pasted_at.day)
    try:
        moment = pasted_at.replace(
            year=year,
            month=month,
            day=day,
            hour=int(found["h"]),
            minute=int(found["min"]),
            second=0,
            microsecond=0,
        )
    except ValueError:
        return None
    return moment if moment <= pasted_at + SOON else None
