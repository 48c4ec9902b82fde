"""How the desk writes days, instants, homes and phones: always with the date, never a whole phone."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groupbuy.community.models import Compound
from orders.models import Order

WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def day_words(day: date) -> str:
    """``4月12日 周二``."""
    return _("%(weekday)s %(month)s/%(day)s") % {
        "month": day.month,
        "day": day.day,
        "weekday": WEEKDAYS[day.weekday()],
    }


def clock_words(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def moment_words(moment: datetime) -> str:
    """``4月11日 周一 17:00``, in the town's time zone."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} {clock_words(moment)}"


def span_words(hours: int, minutes: int) -> str:
    """``2小时13分``; below an hour only the minutes."""
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min") % {"minutes": minutes}


def building_words(name: str, kind: str) -> str:
    """``3`` → 3号楼, ``6甲`` → 6甲楼; in a village 3组."""
    if kind == Compound.Kind.VILLAGE:
        return _("Group %(name)s") % {"name": name}
    if name.isdecimal():
        return _("Building %(name)s") % {"name": name}
    return _("Block %(name)s") % {"name": name}


def masked_phone(phone: str) -> str:
    """``138****8000``: enough for a person to recognise, too little to call."""
    if len(phone) < 8:
        return "****"
    first = phone[:3] if len(phone) >= 11 else ""  # a landline's would be half of it
    return f"{first}****{phone[-4:]}"


def contents(order: Order) -> str:
    """``A×1 B×2``, from lines that the caller prefetched."""
    lines = sorted(order.lines.all(), key=lambda line: line.stock.code)
    return " ".join(f"{line.stock.code}×{line.quantity}" for line in lines)
