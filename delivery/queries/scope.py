"""How many homes a document tells of, and which."""

from django.db.models import F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from catalog.models import Batch
from delivery.models import Difference, PickupLine, PickupList, Sheet
from delivery.queries.sheets import BATCH_KINDS, SUPPLIER_KINDS
from delivery.states import SheetKind
from orders.models import Order

MANY_HOMES = 200  # a whole day of more homes leaves with a written reason only


def orders_on(sheet: Sheet) -> QuerySet[Order]:
    """Every order that a stored document tells of; none for a supplier's."""
    if sheet.kind in SUPPLIER_KINDS:
        return Order.objects.none()
    changed = Difference.objects.filter(batch=sheet.batch_id)
    if sheet.kind == SheetKind.DIFFERENCE:
        mine = changed.filter(compound=sheet.compound_id, number__lte=sheet.version)
        return Order.objects.filter(lines__differences__in=mine).distinct()
    listed = PickupLine.objects.filter(pickup_list__in=lists_on(sheet))
    return Order.objects.filter(pickup_lines__in=listed).distinct()


def lists_on(sheet: Sheet) -> QuerySet[PickupList]:
    """The lists that it was made of; of a whole day's, each compound's of that time."""
    lists = PickupList.objects.filter(batch=sheet.batch_id, version__lte=sheet.version)
    if sheet.kind not in BATCH_KINDS:
        return lists.filter(compound=sheet.compound_id, version=sheet.version)
    newest = Window(
        RowNumber(), partition_by=F("compound_id"), order_by=F("version").desc()
    )
    return lists.annotate(back=newest).filter(back=1)


def homes_on(sheet: Sheet) -> int:
    """Homes, not orders: two orders of one home are one door."""
    return orders_on(sheet).order_by().values("home_key", "compound").distinct().count()


def needs_reason(batch: Batch) -> bool:
    """Whether all of this day's lists together tell of many homes."""
    current = batch.pickup_lists.filter(void_at__isnull=True)
    return (current.aggregate(homes=Sum("homes"))["homes"] or 0) > MANY_HOMES
