"""Closing's result: pickup lists and supply orders of a closed batch, made exactly once."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.actions.access import make_links
from delivery.actions.versions import write_version
from delivery.models import Paperwork
from delivery.queries.due import batches_to_build
from delivery.queries.progress import build_note
from delivery.queries.sheets import sheets_wanted
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM, Heartbeat
from groupbuy.shared import db
from groupbuy.shared.errors import Refused

logger = logging.getLogger(__name__)


@transaction.atomic
def build_lists(batch: Batch, *, now: datetime) -> Paperwork:
    """Version 1 of everything; a second builder waits for the first and takes its result.

    Raises Refused for a batch that is not closed, IntegrityError where data is broken.
    """
    batch = db.locked(Batch.objects.filter(pk=batch.pk)).get()
    if done := Paperwork.objects.filter(batch=batch).first():
        return done
    if batch.state != Batch.State.CLOSED:
        raise Refused(_("This day is not closed yet."), code="not_closed")
    write_version(batch, 1, now)
    make_links(batch)
    paperwork = Paperwork.objects.create(
        batch=batch, version=1, built_at=now, sheets_total=sheets_wanted(batch)
    )
    town_id = batch.group_buy.town_id
    log("build_lists", batch, town_id=town_id, by=SYSTEM, now=now, version=1)
    return paperwork


def build_due(now: datetime) -> int:
    """Build every closed batch that has no lists; returns how many were built.

    A batch with broken data is noted by its id and tried again next time; it stops no other.
    """
    built = 0
    for batch in batches_to_build():
        try:
            build_lists(batch, now=now)
        except Exception as error:  # noqa: BLE001 - one broken batch must not stop the others
            note_problem(batch, error, now)
        else:
            Heartbeat.objects.filter(name=build_note(batch.pk)).delete()
            built += 1
    return built


def note_problem(batch: Batch, error: Exception, now: datetime) -> None:
    """Keep the reason for the batch page. Only the first line of a database error: the
    rest of it quotes the row, and with it somebody's home."""
    reason = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"[:300]
    logger.error("batch %s: lists not built: %s", batch.pk, reason)
    Heartbeat.objects.update_or_create(
        name=build_note(batch.pk), defaults={"at": now, "note": reason}
    )
