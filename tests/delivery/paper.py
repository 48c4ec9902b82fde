"""Paper for stories, and what they ask of the database: sums by package and gate, three ways."""

import io
import zipfile
from collections import Counter

from django.core.files.base import ContentFile
from django.http import FileResponse

from catalog.models import Batch
from delivery.models import Difference, PickupLine, Sheet, SupplyLine
from delivery.states import SheetKind
from orders.models import OrderLine
from tests.delivery.days import LATER, Day

Sums = Counter[tuple[str, str]]  # (package code, gate name) → pieces


def content_of(answer: FileResponse) -> bytes:
    """A downloaded file; the test client closes it after its last byte."""
    return b"".join(answer.streaming_content)


def unpacked(archive: bytes) -> str:
    """Everything that a workbook or ZIP holds, as text."""
    with zipfile.ZipFile(io.BytesIO(archive)) as pack:
        return "".join(
            pack.read(name).decode(errors="replace") for name in pack.namelist()
        )


def of_orders(batch: Batch) -> Sums:
    """What homes ordered, by the gate of their building (or the compound's default)."""
    total: Sums = Counter()
    for line in OrderLine.objects.filter(order__batch=batch, order__state="standing"):
        order = line.order
        building = order.in_building
        gate = building.gate if building else order.compound.gates.get(is_default=True)
        total[line.stock.code, gate.name] += line.quantity
    return total


def of_lists(batch: Batch) -> Sums:
    """What current lists say, with every correction after printing."""
    total: Sums = Counter()
    for line in PickupLine.objects.filter(
        pickup_list__batch=batch, pickup_list__void_at__isnull=True
    ):
        total[line.code, line.gate.name] += line.quantity
    for change in Difference.objects.filter(batch=batch):
        total[change.stock.code, change.gate.name] += change.delta
    return +total


def of_supply(batch: Batch) -> Sums:
    """What suppliers are told to bring."""
    total: Sums = Counter()
    for line in SupplyLine.objects.filter(
        supply_order__batch=batch, supply_order__void_at__isnull=True
    ):
        total[line.stock.code, line.gate.name] += line.quantity
    return total


def in_balance(batch: Batch) -> bool:
    return of_orders(batch) == of_lists(batch) == of_supply(batch)


def stored(day: Day, kind: SheetKind) -> Sheet:
    """A document as it lies there once it is rendered; of a few bytes."""
    whole = kind in {SheetKind.ALL_PDF, SheetKind.LISTS_EXCEL}
    ending = "xlsx" if kind == SheetKind.LISTS_EXCEL else "pdf"
    return Sheet.objects.create(
        batch=day.batch,
        kind=kind,
        compound=None if whole else day.compound,
        version=1,
        file=ContentFile(b"%PDF", name=f"{kind}.{ending}"),
        digest="0" * 64,
        made_at=LATER,
    )
