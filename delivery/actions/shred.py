"""Forgetting on paper's side: what names homes goes when the orders' own names go."""

from datetime import datetime, timedelta

from delivery.models import PickupLine, Sheet
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS

PERSONAL = [*COMPOUND_KINDS, SheetKind.LISTS_EXCEL, SheetKind.ALL_PDF]


def shred_due(now: datetime) -> int:
    """Delete stored sheets with names on them, and notes on lists, 30 days after delivery.

    Returns how many sheets. What arrived where stays in the lists' rows. Suppliers' orders
    hold no person and stay. The file goes first: a killed shredder leaves a row to retry.
    """
    before = day_of(now) - timedelta(days=KEPT_DAYS)
    old = Sheet.objects.filter(kind__in=PERSONAL, batch__delivery_on__lt=before)
    count = 0
    for sheet in old.iterator():
        sheet.file.delete(save=False)
        sheet.delete()
        count += 1
    PickupLine.objects.exclude(note="").filter(
        pickup_list__batch__delivery_on__lt=before
    ).update(note="")
    return count
