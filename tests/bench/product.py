"""The product's verbs as the night's work calls them."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from catalog.models import Batch
from delivery.actions.books import lines
from delivery.actions.build_lists import build_lists
from delivery.actions.render import list_jobs, print_jobs
from delivery.documents.chunk import Job
from delivery.documents.excel import lists_workbook
from delivery.documents.prepare import prepared
from delivery.states import SheetKind
from orders.actions.close_batch import close_batch


def the_batch(batch_id: int) -> Batch:
    return Batch.objects.select_related("group_buy").get(pk=batch_id)


def close_and_build(batch_id: int) -> None:
    batch = the_batch(batch_id)
    assert close_batch(batch)
    build_lists(batch, now=timezone.now())


def dense_jobs(batch: Batch) -> Iterator[Job]:
    """The lists by building and room: the one that every compound prints."""
    with translation.override(settings.LANGUAGE_CODE):
        for job in list_jobs(batch, 1):
            if job.key.wanted.kind == SheetKind.DOORS:
                yield job


def sheets(batch_id: int) -> None:
    batch = the_batch(batch_id)
    assert print_jobs(batch, dense_jobs(batch), _now()) == []


def excel(batch_id: int) -> None:
    lists_workbook(lines(the_batch(batch_id)))


def _now() -> datetime:
    return timezone.now()


PARTS: dict[str, Callable[[int], None]] = {
    "close_and_build": close_and_build,
    "sheets": sheets,
    "excel": excel,
}


def job_lines(batch_id: int) -> list[bytes]:
    """The same documents as the bare renderer's input."""
    made = []
    for number, job in enumerate(dense_jobs(the_batch(batch_id))):
        payload, _missing = prepared(job.template, job.data, job.language)
        told = {"number": number, "template": job.template, "payload": payload}
        made.append(json.dumps(told).encode())
    return made


def cells(batch_id: int) -> list[tuple[object, ...]]:
    """The same rows as the bare workbook's input."""
    return [
        (
            one.compound,
            one.gate,
            one.building,
            one.unit,
            one.room,
            one.who,
            one.code,
            one.title,
            one.quantity,
            one.note,
            one.due_cents / 100,
            one.order_number,
        )
        for one in lines(the_batch(batch_id))
    ]
