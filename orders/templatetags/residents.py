"""How residents' pages say money, weight, days and telephone numbers."""

import functools
import re
from datetime import date, datetime, time, timedelta

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from groupbuy.shared.clock import day_of
from groupbuy.shared.money import yuan as yuan_words
from groupbuy.shared.text import plain

register = template.Library()
_NEAR = {
    -1: gettext_noop("yesterday"),
    0: gettext_noop("today"),
    1: gettext_noop("tomorrow"),
    2: gettext_noop("the day after tomorrow"),
}


@register.filter
def yuan(cents: int | None) -> str:
    """``4990`` → ``49.90``."""
    return yuan_words(cents or 0)


@register.filter
def weight(grams: int) -> str:
    """``5000`` → 5公斤, ``450`` → 450克."""
    if grams < 1000:
        return _("%(grams)s g") % {"grams": grams}
    kilos = f"{grams / 1000:.2f}".rstrip("0").rstrip(".")
    return _("%(kilos)s kg") % {"kilos": kilos}


@register.filter
def day(value: date) -> str:
    """A day always with its date and weekday: ``4月12日 星期二``."""
    return _day(value, get_language())


@functools.lru_cache(maxsize=256)  # a page says the same few days again and again
def _day(value: date, language: str) -> str:
    return formats.date_format(value, _("l j F"))


@register.filter
def clock(value: datetime | time) -> str:
    """``17:00``, in the town's time zone."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local:%H:%M}"


@register.filter
def near(value: date | datetime, now: datetime) -> str:
    """``今天``, ``明天``, ``后天``, ``昨天``; empty when farther away."""
    that = day_of(value) if isinstance(value, datetime) else value
    word = _NEAR.get((that - day_of(now)).days)
    return _(word) if word else ""


@register.filter
def moment(value: datetime, now: datetime) -> str:
    """``今天 4月11日 星期一 17:00``."""
    local = timezone.localtime(value)
    parts = (near(value, now), day(local.date()), f"{local:%H:%M}")
    return " ".join(part for part in parts if part)


@register.filter
def on_day(value: date, now: datetime) -> str:
    """``明天 4月12日 星期二``."""
    return " ".join(part for part in (near(value, now), day(value)) if part)


@register.filter
def span(left: timedelta) -> str:
    """Time left in words, rounded up to the minute: ``2小时15分钟``."""
    minutes = max(-(-int(left.total_seconds()) // 60), 1)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min") % {"minutes": minutes}


@register.filter
def tel(phone: str) -> str:
    """A number as a link calls it: digits and a leading plus only."""
    return "tel:" + re.sub(r"[^\d+]", "", plain(phone))


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """``mapping[key]``, or an empty text."""
    return mapping.get(key, "")


@register.filter
def in_threes(number: str) -> str:
    """``123456789`` → ``123 456 789``, as it is read out on the telephone."""
    return " ".join(number[i : i + 3] for i in range(0, len(number), 3))
