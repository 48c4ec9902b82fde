"""How many homes a document tells of, and which."""

from datetime import datetime

from django.db.models import F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from catalog.models import Batch
from delivery.models import Difference, PickupLine, PickupList, Sheet
from delivery.queries.links import end_of_links
from delivery.queries.sheets import BATCH_KINDS, SUPPLIER_KINDS
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.community.models import Committee
from orders.models import Order

MANY_HOMES = 200  # of more than so many, or of a whole town, a list is a high-value one
PAPER = (*COMPOUND_KINDS, SheetKind.DIFFERENCE, SheetKind.ALL_PDF)


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
    homes = current.aggregate(homes=Sum("homes"))["homes"] or 0
    return homes > MANY_HOMES or reaches_whole_town(batch)


def is_large(sheet: Sheet, homes: int) -> bool:
    """More than ``MANY_HOMES`` homes, or those of a whole town."""
    whole = sheet.kind in BATCH_KINDS and reaches_whole_town(sheet.batch)
    return bool(homes) and (homes > MANY_HOMES or whole)


def reaches_whole_town(batch: Batch) -> bool:
    """Every committee of the town that has homes, where there are several, has a list in it."""
    listed = batch.pickup_lists.filter(void_at__isnull=True)
    town = Committee.objects.filter(
        town=batch.group_buy.town_id, compounds__isnull=False
    ).distinct()
    rest = town.exclude(pk__in=listed.values("compound__committee"))
    return town.count() > 1 and not rest.exists()


def needs_second(sheet: Sheet, now: datetime) -> bool:
    """Whether it leaves by two people's hands only."""
    return is_large(sheet, homes_on(sheet)) and not is_days_paper(sheet, now)


def is_days_paper(sheet: Sheet, now: datetime) -> bool:
    """Sheets to carry up, until the codes on them open nothing any more.

    Such paper waits for nobody's second hand. Goods stand at a gate, often before anybody
    else is up, and without it the food stays there; who prints it has given password and
    reason, and its pages hold rooms and pieces, no phone. The workbook is no paper: nobody
    needs it to carry anything, and it is what is forwarded, sorted and searched.
    """
    return sheet.kind in PAPER and now < end_of_links(sheet.batch)
