"""Which documents a batch needs, and which of them are stored."""

from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from catalog.models import Batch
from delivery.models import Difference, PickupList, Sheet
from delivery.states import COMPOUND_KINDS, SheetKind

SUPPLIER_KINDS = (SheetKind.SUPPLY, SheetKind.SUPPLY_EXCEL)
BATCH_KINDS = (SheetKind.LISTS_EXCEL, SheetKind.ALL_PDF)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document: its kind, whose it is, and of which version (a difference: its number)."""

    kind: SheetKind
    version: int
    compound_id: int | None = None
    supplier_id: int | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A document being made, and the access links (ids) whose codes it carries."""

    wanted: Wanted
    links: frozenset[int] = frozenset()


def wanted(batch: Batch, version: int) -> list[Wanted]:
    """Every document of the current lists and supply orders, and of each compound the newest
    difference sheet, which holds all before it.

    Lists keep the version they were made with; ``version`` is the paperwork's, which the
    documents of the whole batch carry.
    """
    lists = batch.pickup_lists.filter(void_at__isnull=True).values_list(
        "compound_id", "version"
    )
    # Who is left with nothing reads so on its page: there is nothing to print.
    orders = batch.supply_orders.filter(
        void_at__isnull=True, packages__gt=0
    ).values_list("supplier_id", "version")
    made = [Wanted(k, v, compound_id=pk) for pk, v in lists for k in COMPOUND_KINDS]
    made += [
        Wanted(SheetKind.DIFFERENCE, number, compound_id=pk)
        for pk, number in newest_differences(batch)
    ]
    made += [Wanted(k, v, supplier_id=pk) for pk, v in orders for k in SUPPLIER_KINDS]
    return made + [Wanted(k, version) for k in BATCH_KINDS if made]


def waits_for_print(sheet: Sheet) -> bool:
    """Whether fetching it would bring a list to paper that does not count as printed yet.

    Suppliers' orders wait for nothing: a correction gives them a new version at any time.
    """
    if sheet.kind in SUPPLIER_KINDS:
        return False
    lists = PickupList.objects.filter(batch=sheet.batch_id)
    unprinted = Q(printed_at__isnull=True)
    if sheet.kind in BATCH_KINDS:
        newer = Q(version__gt=sheet.version)  # then it holds lists that were replaced
        return lists.filter(unprinted | newer, void_at__isnull=True).exists()
    own = lists.filter(unprinted, compound=sheet.compound_id)
    if sheet.kind == SheetKind.DIFFERENCE:
        return own.filter(void_at__isnull=True).exists()
    return own.filter(version=sheet.version).exists()


def newest_differences(batch: Batch) -> QuerySet[Difference, tuple[int, int]]:
    """The newest number of every compound that has any."""
    by_compound = batch.differences.order_by("compound_id").values("compound_id")
    return by_compound.annotate(newest=Max("number")).values_list(
        "compound_id", "newest"
    )


def to_print(
    sheets: QuerySet[Sheet], one: PickupList | None, kind: str
) -> Sheet | None:
    """Of one compound's ``sheets`` the one that goes to paper now: of its current list, or
    the newest difference sheet."""
    of_kind = sheets.filter(kind=kind)
    if kind == SheetKind.DIFFERENCE:
        return of_kind.order_by("-version").first()
    return of_kind.filter(version=one.version).first() if one else None


def sheets_wanted(batch: Batch) -> int:
    return len(wanted(batch, version=1))


def stored(batch: Batch) -> set[Wanted]:
    """What is already there, of any version."""
    rows = Sheet.objects.filter(batch=batch).values_list(
        "kind", "version", "compound_id", "supplier_id"
    )
    return {Wanted(SheetKind(k), v, c, s) for k, v, c, s in rows}


def count_stored(batch: Batch, version: int) -> int:
    """How many of the documents wanted are stored: the bar on the page."""
    return len(stored(batch).intersection(wanted(batch, version)))


def missing(batch: Batch, version: int) -> list[Wanted]:
    """What is wanted and not stored, in the order in which it is made."""
    there = stored(batch)
    return [key for key in wanted(batch, version) if key not in there]
