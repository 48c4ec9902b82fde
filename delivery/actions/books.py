"""The documents made in this process: workbooks for the office, and all PDFs in one ZIP."""

import logging
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import IO

from catalog.models import Batch
from delivery.actions.store import store_written
from delivery.actions.supply_data import supply_data
from delivery.documents.excel import ListLine, lists_workbook, supply_workbook
from delivery.models import Sheet
from delivery.queries.links import live_links
from delivery.queries.rows import Row, rows_by_list
from delivery.queries.sheets import Coded, Wanted, missing, wanted
from delivery.queries.supply import with_lines
from delivery.queries.words import building_label
from delivery.states import SheetKind
from groupbuy.community.models import Compound, Gate

logger = logging.getLogger(__name__)


def make_books(batch: Batch, version: int, *, now: datetime) -> list[str]:
    """Whatever is missing of Excel and ZIP; returns the faults in words.

    The links are read before the sheets are packed: if they are the same when the ZIP is
    stored, no sheet in it was dropped meanwhile.
    """
    faults = []
    for key in missing(batch, version):
        maker = MAKERS.get(key.kind)
        if maker is None:
            continue
        if key.kind == SheetKind.ALL_PDF and pdfs_missing(batch, version):
            continue  # a ZIP that lacks a compound would be believed to be whole
        try:
            links = frozenset(live_links(batch) if key.kind in CODED else ())
            made, write = Coded(key, links), partial(maker, batch, key)
            store_written(batch, made, write, now=now)
        except Exception as error:
            logger.exception("batch %s: %s not made", batch.pk, key.kind)
            faults.append(f"{key.kind}: {type(error).__name__}: {error}")
    return faults


def pdfs_missing(batch: Batch, version: int) -> bool:
    return any(key.kind not in MAKERS for key in missing(batch, version))


def lists_excel(batch: Batch, key: Wanted, file: IO[bytes]) -> None:
    """All current lists, compound by compound."""
    file.write(lists_workbook(lines(batch)))


def lines(batch: Batch) -> Iterator[ListLine]:
    """One line for each package of each home; what is due stands once, in its first line."""
    titles = dict(batch.stock.values_list("pk", "title"))
    lists = list(
        batch.pickup_lists.filter(void_at__isnull=True)
        .select_related("compound")
        .order_by("compound__committee__code", "compound__name")
    )
    compounds = [one.compound_id for one in lists]
    gates = dict(Gate.objects.filter(compound__in=compounds).values_list("pk", "name"))
    for one, rows in rows_by_list(lists):
        yield from lines_of(rows, one.compound, gates, titles)


def lines_of(
    rows: list[Row], compound: Compound, gates: dict[int, str], titles: dict[int, str]
) -> Iterator[ListLine]:
    told: set[int] = set()
    for building, some in groupby(rows, attrgetter("building")):
        label = building_label(compound.kind, building)
        for row in some:
            due = 0 if row.order_id in told else row.due_cents
            told.add(row.order_id)
            yield line(row, compound.name, gates, label, titles, due)


def line(
    row: Row,
    compound: str,
    gates: dict[int, str],
    building: str,
    titles: dict[int, str],
    due: int,
) -> ListLine:
    return ListLine(
        compound=compound,
        gate=gates[row.gate_id],
        building=building,
        unit=row.unit,
        room=row.room,
        who=row.name,
        code=row.code,
        title=titles[row.stock_id],
        quantity=row.quantity,
        note=row.note,
        due_cents=due,
        order_number=row.order_number,
    )


def supply_excel(batch: Batch, key: Wanted, file: IO[bytes]) -> None:
    current = batch.supply_orders.filter(supplier=key.supplier_id, version=key.version)
    (order,) = with_lines(current.values_list("pk", flat=True))
    file.write(supply_workbook(supply_data(order, "")))


def all_pdf(batch: Batch, key: Wanted, file: IO[bytes]) -> None:
    """Every PDF of the current version, in folders that say whose it is; one is held at a time."""
    current = {w for w in wanted(batch, key.version) if w.kind not in MAKERS}
    sheets = Sheet.objects.filter(batch=batch).select_related(
        "compound__committee", "supplier"
    )
    with zipfile.ZipFile(file, "w") as pack:
        for sheet in sheets.order_by("compound_id", "supplier_id", "kind"):
            if of_sheet(sheet) in current:
                with sheet.file.open("rb") as one:
                    pack.writestr(name_in_zip(sheet), one.read())


def of_sheet(sheet: Sheet) -> Wanted:
    kind = SheetKind(sheet.kind)
    return Wanted(kind, sheet.version, sheet.compound_id, sheet.supplier_id)


def name_in_zip(sheet: Sheet) -> str:
    kind = str(SheetKind(sheet.kind).label)
    if sheet.compound is None:
        return f"{plain(kind)}/{plain(str(sheet.supplier))}.pdf"
    if sheet.kind == SheetKind.DIFFERENCE:
        kind += str(sheet.version)
    place = f"{plain(sheet.compound.committee.name)}/{plain(sheet.compound.name)}"
    return f"{place}/{plain(sheet.compound.name)}-{plain(kind)}.pdf"


def plain(name: str) -> str:
    """A name as part of a path: no separator, no dot in front."""
    return name.replace("/", "／").replace("\\", "＼").lstrip(".") or "_"


MAKERS = {
    SheetKind.LISTS_EXCEL: lists_excel,
    SheetKind.SUPPLY_EXCEL: supply_excel,
    SheetKind.ALL_PDF: all_pdf,
}
CODED = {SheetKind.ALL_PDF}  # it holds sheets with everybody's codes
