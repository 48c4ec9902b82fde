"""Forgetting on paper's side: what names homes goes when the orders' own names go."""

from datetime import date, datetime, timedelta

from catalog.models import Batch
from delivery.actions.store import clear_shelf
from delivery.models import Difference, Paperwork, PickupLine, Sheet
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS, pseudonym

LINES_AT_ONCE = 500
PERSONAL = [
    *COMPOUND_KINDS,
    SheetKind.DIFFERENCE,
    SheetKind.LISTS_EXCEL,
    SheetKind.ALL_PDF,
]


def shred_due(now: datetime) -> int:
    """Delete stored sheets with names on them; notes and rooms on lists; staff's reasons.

    Returns how many sheets. What arrived at which building stays in the lists' rows. Suppliers' orders
    hold no person and stay. The file goes first: a killed shredder leaves a row to retry.
    """
    before = day_of(now) - timedelta(days=KEPT_DAYS)
    _forget_words(before)
    old = Sheet.objects.filter(kind__in=PERSONAL, batch__delivery_on__lt=before)
    days, count = list(Batch.objects.filter(sheets__in=old).distinct()), 0
    for sheet in old.iterator():
        sheet.file.delete(save=False)
        sheet.delete()
        count += 1
    for batch in days:
        clear_shelf(batch)
    old_lines = PickupLine.objects.filter(pickup_list__batch__delivery_on__lt=before)
    old_lines.exclude(note="").update(note="")
    while some := list(old_lines.exclude(room="")[:LINES_AT_ONCE]):
        _forget_rooms(some)
    return count


def _forget_words(before: date) -> None:
    """Why staff corrected a list, and which characters of a name could not be printed."""
    said = Difference.objects.filter(batch__delivery_on__lt=before)
    said.exclude(reason="").update(reason="")
    told = Paperwork.objects.filter(batch__delivery_on__lt=before)
    told.exclude(problem="").update(problem="")


def _forget_rooms(lines: list[PickupLine]) -> None:
    """As the orders forget theirs, by the same pseudonym."""
    for line in lines:
        line.home_key = pseudonym(line.home_key)
        line.unit = line.room = line.room_sort = ""
    PickupLine.objects.bulk_update(lines, ["home_key", "unit", "room", "room_sort"])
