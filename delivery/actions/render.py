"""From lists in the database to sheets on the shelf: resumable, in child processes.

No transaction is open while a document is set. What is stored is never made again, so a
killed renderer is continued by the next tick, and two at once only share the work.
"""

import logging
import random
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from catalog.models import Batch
from delivery.actions.books import make_books
from delivery.actions.difference_sheets import difference_jobs
from delivery.actions.list_data import list_data
from delivery.actions.store import clear_shelf, recount, store
from delivery.actions.supply_data import supply_data
from delivery.documents.chunk import Job, render_many
from delivery.documents.faults import DocumentFault
from delivery.documents.shapes import DOORS, GATE, PACKAGES, UNLOADING, ListData
from delivery.models import Paperwork, PickupList
from delivery.queries.due import paperwork_to_render
from delivery.queries.links import link_url, live_links
from delivery.queries.sheets import Coded, Wanted, missing
from delivery.queries.supply import with_lines
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.shared import db

logger = logging.getLogger(__name__)

COMPOUNDS = 10  # after so many it looks again what another renderer has made
PARTS = {
    SheetKind.DOORS: (GATE, DOORS),
    SheetKind.PACKAGES: (GATE, PACKAGES),
    SheetKind.UNLOADING: (GATE, UNLOADING),
}


def render_due(now: datetime) -> int:
    """Render every batch that is built and not on paper; returns how many are finished.

    A batch that fails says so on its page and in the log, by id, and stops no other.
    """
    finished = 0
    for paperwork in paperwork_to_render(now).select_related("batch__group_buy__town"):
        try:
            finished += render_batch(paperwork.batch, now=now)
        except Exception as error:
            logger.exception("batch %s: not rendered", paperwork.batch_id)
            tell(paperwork, [f"{type(error).__name__}: {error}"])
    return finished


def render_batch(batch: Batch, *, now: datetime) -> bool:
    """Make every document of the current version that is missing; True when none is left.

    Faults are written into the batch's paperwork; documents without fault are stored.
    """
    paperwork = recount(Paperwork.objects.get(batch=batch))
    faults: list[str] = []
    with translation.override(
        settings.LANGUAGE_CODE
    ):  # paper speaks the town's language
        for jobs in (list_jobs, difference_jobs, supply_jobs):
            faults += print_jobs(batch, jobs(batch, paperwork.version), now)
        faults += make_books(batch, paperwork.version, now=now)
    tell(paperwork, faults)
    return finish(paperwork, now)


@transaction.atomic
def finish(paperwork: Paperwork, now: datetime) -> bool:
    """Mark a version as rendered if nothing of it is missing.

    Looked at under the lock of its row, which revoking a link takes as well: a sheet dropped
    at the last moment is seen, or its dropping takes the mark away again.
    """
    waiting = Paperwork.objects.filter(
        pk=paperwork.pk, version=paperwork.version, rendered_at__isnull=True
    )
    found = db.locked(waiting).first()
    if found is None or missing(found.batch, found.version):
        return False
    found.rendered_at = now
    found.save(update_fields=["rendered_at"])
    clear_shelf(found.batch)
    return True


def print_jobs(batch: Batch, jobs: Iterator[Job], now: datetime) -> list[str]:
    """Set the jobs in child processes and store each as it comes; returns the faults."""
    faults = []
    for sheet, made in render_many(jobs, processes=settings.RENDER_PROCESSES):
        key = sheet.wanted
        place = f"{key.kind} {key.compound_id or key.supplier_id}"
        if isinstance(made, DocumentFault):
            logger.error("batch %s: %s: %s", batch.pk, place, made)
            faults.append(f"{place}: {made}")
            continue
        store(batch, sheet, made.content, pages=made.pages, now=now)
        if made.missing:
            faults.append(f"{place}: □ = {''.join(sorted(made.missing))}")
    return faults


def list_jobs(batch: Batch, version: int) -> Iterator[Job]:
    """The compounds' documents, a few compounds at a time, in random order: a second
    renderer takes other compounds first and finds these done."""
    lists = list(
        batch.pickup_lists.filter(void_at__isnull=True).select_related(
            "compound__committee"
        )
    )
    random.shuffle(lists)
    for i in range(0, len(lists), COMPOUNDS):
        some = lists[i : i + COMPOUNDS]
        left = missing(batch, version)
        wanted = {key for key in left if key.compound_id is not None}
        unmade = [one for one in some if any(key in wanted for key in keys_of(one))]
        for one, data, links in list_data(batch, unmade):
            for key in keys_of(one):
                if key in wanted:
                    yield list_job(key, data, links)


def keys_of(one: PickupList) -> list[Wanted]:
    return [
        Wanted(kind, one.version, compound_id=one.compound_id)
        for kind in COMPOUND_KINDS
    ]


def list_job(key: Wanted, data: ListData, links: frozenset[int]) -> Job:
    """The slips are cut up and laid on bags: they carry no code."""
    if key.kind == SheetKind.SLIPS:
        return Job(Coded(key), "slips", data)
    return Job(Coded(key, links), "list", data.with_parts(*PARTS[key.kind]))


def supply_jobs(batch: Batch, version: int) -> Iterator[Job]:
    """The suppliers' orders, with the code that opens each one's own link."""
    keys = {
        key.supplier_id: key
        for key in missing(batch, version)
        if key.kind == SheetKind.SUPPLY
    }
    current = batch.supply_orders.filter(void_at__isnull=True, supplier__in=keys)
    links = {link.supplier_id: link for link in live_links(batch).values()}
    for order in with_lines(current.values_list("pk", flat=True)):
        link = links.get(order.supplier_id)
        data = supply_data(order, link_url(link) if link else "")
        coded = Coded(keys[order.supplier_id], frozenset([link.pk] if link else ()))
        yield Job(coded, "supply", data)


def tell(paperwork: Paperwork, faults: Sequence[str]) -> None:
    """What is wrong with a batch's paper, for its page; empty when nothing is."""
    problem = "; ".join(faults)[:300]
    Paperwork.objects.filter(pk=paperwork.pk).update(problem=problem)
