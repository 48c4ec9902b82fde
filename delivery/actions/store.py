"""Putting a finished document on the shelf, exactly once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from catalog.models import Batch
from delivery.models import AccessLink, Paperwork, Sheet
from delivery.queries.sheets import Coded, count_stored
from delivery.states import SheetKind
from groupbuy.shared import db

ENDING = {
    SheetKind.SUPPLY_EXCEL: "xlsx",
    SheetKind.LISTS_EXCEL: "xlsx",
    SheetKind.ALL_PDF: "zip",
}

Writer = Callable[[IO[bytes]], object]


class DeadCode(Exception):  # noqa: N818 - no fault: the tick makes the sheet anew
    """A link was revoked while the sheet that carries its code was being set."""


def store(
    batch: Batch, made: Coded, content: bytes, *, now: datetime, pages: int = 0
) -> bool:
    """A document that is small enough to be held; see ``store_written``."""
    return store_written(
        batch, made, lambda file: file.write(content), now=now, pages=pages
    )


def store_written(
    batch: Batch, made: Coded, write: Writer, *, now: datetime, pages: int = 0
) -> bool:
    """Let ``write`` write the file, then save its row and the bar's next step.

    It is written where it will lie: nobody holds the whole of it, and what a dead renderer has
    begun is swept from the shelf. False, and the file is thrown away, when another renderer was
    first or a link in it is dead by now. File names cannot be guessed, and files are served
    through permission-checked pages only.
    """
    kind = made.wanted.kind
    ending = ENDING.get(kind, "pdf")
    name = f"{batch.pk}/{kind}-{secrets.token_urlsafe(16)}.{ending}"
    path = default_storage.save(name, ContentFile(b""))
    try:
        digest = _written(path, write)
        _on_record(batch, made, file=path, digest=digest, pages=pages, made_at=now)
    except Exception as error:
        default_storage.delete(path)
        if isinstance(error, IntegrityError | DeadCode):
            return False
        raise
    return True


def _written(path: str, write: Writer) -> str:
    """What ``write`` writes, in this file; returns its digest."""
    with default_storage.open(path, "w+b") as file:
        write(file)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()


@transaction.atomic
def _on_record(batch: Batch, made: Coded, **about: Any) -> None:
    """The sheet's row, and the bar's next step."""
    key = made.wanted
    _hold_alive(made.links)
    Sheet.objects.create(
        batch=batch,
        kind=key.kind,
        version=key.version,
        compound_id=key.compound_id,
        supplier_id=key.supplier_id,
        **about,
    )
    Paperwork.objects.filter(batch=batch).update(sheets_done=F("sheets_done") + 1)


def _hold_alive(links: frozenset[int]) -> None:
    """Lock these links, as revoking does: it comes before us, and then we raise DeadCode, or
    after us, and then it finds our sheet and drops it."""
    rows = AccessLink.objects.filter(pk__in=links, revoked_at__isnull=True)
    alive = db.locked(rows.order_by("pk")).values_list("pk", flat=True)
    if links and set(alive) != links:
        raise DeadCode


def drop_sheets(link: AccessLink) -> None:
    """Forget the stored sheets that carry this link's code, and the ZIP that holds them."""
    whose = (
        Q(compound=link.compound_id)
        if link.compound_id
        else Q(supplier=link.supplier_id)
    )
    stale = Sheet.objects.filter(whose | Q(kind=SheetKind.ALL_PDF), batch=link.batch)
    names = list(stale.values_list("file", flat=True))
    stale.delete()
    paperwork = Paperwork.objects.filter(batch=link.batch).first()
    if paperwork is not None and names:
        paperwork.rendered_at = None
        paperwork.save(update_fields=["rendered_at"])
        recount(paperwork)
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def clear_shelf(batch: Batch) -> None:
    """Delete this day's files that no row names: a renderer died before it came to the row.

    Only where none can be on its way to its row: under the paperwork's lock with nothing
    missing (a second renderer finds its sheet stored), or when the day is forgotten.
    """
    folder = str(batch.pk)
    if not default_storage.exists(folder):
        return
    there = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
    for name in there - set(batch.sheets.values_list("file", flat=True)):
        default_storage.delete(name)


def recount(paperwork: Paperwork) -> Paperwork:
    """Begin from what is really stored: a killed renderer may have left any number."""
    paperwork.sheets_done = count_stored(paperwork.batch, paperwork.version)
    paperwork.save(update_fields=["sheets_done"])
    return paperwork
