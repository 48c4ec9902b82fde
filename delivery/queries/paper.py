"""Lists, supply orders and corrections of one batch, as one person may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from catalog.models import Batch
from delivery.models import (
    AccessLink,
    Difference,
    Handoff,
    PickupList,
    Sheet,
    SupplyOrder,
)
from delivery.queries.batches import lists_of, supply_of
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.community.models import Compound, LogEntry, User
from groupbuy.community.queries.visible import compounds_of


@dataclass(slots=True)
class CompoundPaper:
    """One compound's current list and its sheets by kind."""

    pickup_list: PickupList
    sheets: dict[str, Sheet] = field(default_factory=dict)


@dataclass(slots=True)
class SupplierPaper:
    """One supplier's current order, its hand-off, and PDF and Excel by kind."""

    order: SupplyOrder
    handoff: Handoff | None = None
    sheets: dict[str, Sheet] = field(default_factory=dict)


def compound_rows(user: User, batch: Batch) -> dict[int, CompoundPaper]:
    """By compound: two queries."""
    lists = lists_of(user).filter(batch=batch)
    found = {one.compound_id: CompoundPaper(one) for one in lists}
    sheets = Sheet.objects.filter(
        batch=batch, compound__in=found.keys(), kind__in=COMPOUND_KINDS
    )
    for sheet in sheets:
        paper = found.get(sheet.compound_id or 0)
        if paper and sheet.version == paper.pickup_list.version:
            paper.sheets[sheet.kind] = sheet
    return found


def supplier_rows(user: User, batch: Batch) -> list[SupplierPaper]:
    """By supplier's name: three queries; nothing for a committee."""
    orders = supply_of(user).filter(batch=batch).order_by("supplier__name")
    found = {order.supplier_id: SupplierPaper(order) for order in orders}
    for handoff in Handoff.objects.filter(batch=batch, supplier__in=found.keys()):
        paper = found[handoff.supplier_id]
        if handoff.version == paper.order.version:
            paper.handoff = handoff
    for sheet in Sheet.objects.filter(batch=batch, supplier__in=found.keys()):
        whose = found.get(sheet.supplier_id or 0)
        if whose and sheet.version == whose.order.version:
            whose.sheets[sheet.kind] = sheet
    return list(found.values())


def differences_of(user: User, batch: Batch) -> list[Difference]:
    """Numbered corrections after printing, of the compounds this person looks after."""
    return list(
        batch.differences.filter(compound__in=compounds_of(user)).select_related(
            "order_line__order", "stock", "compound", "by_user"
        )
    )


def homes_changed(differences: Iterable[Difference]) -> int:
    """How many homes these corrections name."""
    return len({one.order_line.order.home_key for one in differences})


def difference_sheets(batch: Batch, differences: Sequence[Difference]) -> list[Sheet]:
    """The sheets that hold all of these ``differences`` (by number), compound by compound;
    none for a compound whose newest one is still being made."""
    newest = {change.compound_id: change.number for change in differences}
    if not newest:
        return []
    stored = Sheet.objects.filter(
        batch=batch, kind=SheetKind.DIFFERENCE, compound__in=newest
    ).select_related("compound")
    return [
        sheet
        for sheet in stored.order_by("compound__name")
        if sheet.version == newest[sheet.compound_id or 0]
    ]


def live_link(
    batch: Batch, *, compound: Compound | None = None, supplier_id: int | None = None
) -> AccessLink | None:
    """The link that opens this batch now for a compound's volunteers, or a supplier."""
    links = AccessLink.objects.filter(batch=batch, revoked_at__isnull=True)
    if compound is not None:
        return links.filter(compound=compound).first()
    return links.filter(supplier=supplier_id).first()


def phone_looks(batch: Batch, compound: Compound) -> int:
    """How often a volunteer of this compound looked at a number of this batch."""
    return LogEntry.objects.filter(
        verb="reveal_phone", data__batch=batch.pk, data__compound=compound.pk
    ).count()
