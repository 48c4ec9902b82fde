"""How paper and pages name places, days and hours, in the language that is active."""

from datetime import date, datetime, time

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.models import Sheet
from delivery.states import SheetKind
from groupbuy.community.models import Compound


def building_label(kind: str, name: str) -> str:
    """``3`` → 3号楼, ``6甲`` → 6甲楼; in a village 3组."""
    if kind == Compound.Kind.VILLAGE:
        return _("Group %(name)s") % {"name": name}
    if name.isdecimal():
        return _("Building %(name)s") % {"name": name}
    return _("Block %(name)s") % {"name": name}


def room_label(unit: str, room: str) -> str:
    """``502`` or, with a unit, ``1-502``."""
    return f"{unit}-{room}" if unit else room


def day_words(day: date) -> str:
    """A day is always shown with date and weekday: 4月12日 星期二."""
    return formats.date_format(day, _("l j F"))


def moment_words(moment: datetime) -> str:
    """4月11日 星期一 18:00, in the town's time zone."""
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} {local:%H:%M}"


def stamp(moment: datetime) -> int:
    """Milliseconds since 1970, as a phone's script counts them."""
    return int(moment.timestamp() * 1000)


def window_words(start: time, end: time) -> str:
    return f"{start:%H:%M}–{end:%H:%M}"


def delivery_words(batch: Batch) -> str:
    """4月12日 星期二 14:00–18:00."""
    hours = window_words(batch.window_from, batch.window_to)
    return f"{day_words(batch.delivery_on)} {hours}"


def sheet_title(sheet: Sheet, kind: SheetKind) -> str:
    """The file's name: whose it is, what it is, for which day."""
    whose = sheet.compound or sheet.supplier or sheet.batch.group_buy
    number = sheet.version if kind == SheetKind.DIFFERENCE else ""
    return f"{whose}-{kind.label}{number}-{sheet.batch.delivery_on:%Y-%m-%d}"
