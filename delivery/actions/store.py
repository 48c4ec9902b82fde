"""Putting a finished document on the shelf, exactly once."""

import hashlib
import secrets
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from catalog.models import Batch
from delivery.models import AccessLink, Paperwork, Sheet
from delivery.queries.sheets import Wanted, count_stored
from delivery.states import SheetKind

ENDING = {
    SheetKind.SUPPLY_EXCEL: "xlsx",
    SheetKind.LISTS_EXCEL: "xlsx",
    SheetKind.ALL_PDF: "zip",
}


def store(
    batch: Batch, key: Wanted, content: bytes, *, now: datetime, pages: int = 0
) -> bool:
    """Save the file, then its row and the bar's next step in one transaction.

    False when another renderer was first: its document stands, ours is thrown away. File
    names cannot be guessed, and files are served through permission-checked pages only.
    """
    ending = ENDING.get(key.kind, "pdf")
    name = f"{batch.pk}/{key.kind}-{secrets.token_urlsafe(16)}.{ending}"
    path = default_storage.save(name, ContentFile(content))
    try:
        with transaction.atomic():
            Sheet.objects.create(
                batch=batch,
                kind=key.kind,
                version=key.version,
                compound_id=key.compound_id,
                supplier_id=key.supplier_id,
                file=path,
                pages=pages,
                digest=hashlib.sha256(content).hexdigest(),
                made_at=now,
            )
            Paperwork.objects.filter(batch=batch).update(
                sheets_done=F("sheets_done") + 1
            )
    except IntegrityError:
        default_storage.delete(path)
        return False
    return True


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


def recount(paperwork: Paperwork) -> Paperwork:
    """Begin from what is really stored: a killed renderer may have left any number."""
    paperwork.sheets_done = count_stored(paperwork.batch, paperwork.version)
    paperwork.save(update_fields=["sheets_done"])
    return paperwork
