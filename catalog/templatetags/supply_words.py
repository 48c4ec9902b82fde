"""How supply's pages say money, weight, days and rhythms."""

from datetime import date, datetime, time

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from catalog.models import GroupBuy
from groupbuy.shared import money

register = template.Library()


@register.filter
def yuan(cents: int | None) -> str:
    """``4990`` → ``49.90``; nothing for an unknown amount."""
    return "" if cents is None else money.yuan(cents)


@register.filter
def weight(grams: int) -> str:
    """``5000`` → 5公斤, ``450`` → 450克."""
    if grams < 1000:
        return _("%(grams)s g") % {"grams": grams}
    kilos = f"{grams / 1000:.2f}".rstrip("0").rstrip(".")
    return _("%(kilos)s kg") % {"kilos": kilos}


@register.filter
def day(value: date) -> str:
    """A day with its weekday: ``4月12日 星期二``."""
    return formats.date_format(value, _("l j F"))


@register.filter
def short_day(value: date) -> str:
    """Short enough for a row of days: ``4月12日 周二``."""
    return f"{month_day(value)} {weekday_of(value)}"


@register.filter
def month_day(value: date) -> str:
    """``4月12日``."""
    return formats.date_format(value, _("j M"))


@register.filter
def weekday_of(value: date) -> str:
    """``周二``."""
    return formats.date_format(value, "D")


@register.filter
def full_day(value: date) -> str:
    """A day with its year, for papers: ``2022-04-12``."""
    return value.isoformat()


@register.filter
def clock(value: datetime | time) -> str:
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local:%H:%M}"


@register.filter
def moment(value: datetime) -> str:
    """``4月11日 星期一 17:00``."""
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def rhythm(group_buy: GroupBuy) -> str:
    """``每天``, ``每3天``, ``每周二、四、六``."""
    if group_buy.rhythm == GroupBuy.Rhythm.EVERY_N:
        return _("every %(n)s days") % {"n": group_buy.every_days}
    if group_buy.rhythm == GroupBuy.Rhythm.WEEKDAYS:
        days = [weekday(n) for n in sorted(group_buy.weekdays)]
        return _("every %(days)s") % {"days": _(", ").join(days)}
    return _("every day")


def weekday(number: int) -> str:
    """1 → ``周一``."""
    return weekday_of(date(2022, 4, 10 + number))  # the 11th was a Monday


@register.filter
def lead(days: int) -> str:
    """How long before delivery ordering ends."""
    if days == 0:
        return _("on the day itself")
    if days == 1:
        return _("the day before")
    return _("%(n)s days before") % {"n": days}
