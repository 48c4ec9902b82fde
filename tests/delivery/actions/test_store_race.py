"""A link revoked while its sheets are being set: no sheet with the dead code is ever stored."""

import threading
import time
from collections.abc import Iterator
from typing import IO

import pytest
from django.db import transaction

from delivery.actions.access import revoke_link
from delivery.actions.books import all_pdf
from delivery.actions.render import (
    finish,
    list_jobs,
    print_jobs,
    render_batch,
    render_due,
    supply_jobs,
)
from delivery.actions.store import store, store_written
from delivery.documents.chunk import Job
from delivery.models import AccessLink, Paperwork, Sheet
from delivery.queries.links import live_links, token_of
from delivery.queries.sheets import Coded, Wanted
from delivery.states import SheetKind
from tests.delivery.days import LATER, Day, built_day
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
CODED = {SheetKind.DOORS, SheetKind.PACKAGES, SheetKind.UNLOADING}


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def link_of(day: Day, kind: str = "volunteer") -> AccessLink:
    return day.batch.links.filter(kind=kind, revoked_at__isnull=True).first()


def revoked_behind(day: Day, jobs: Iterator[Job], kind: str) -> Iterator[Job]:
    """All jobs are set with the live link; then staff ends it, before anything is stored."""
    yield from jobs
    revoke_link(link_of(day, kind), by=day.town_staff, now=LATER)


def test_lists_set_before_a_link_was_revoked_are_thrown_away(tmp_path):
    day = built_day()

    jobs = revoked_behind(day, list_jobs(day.batch, 1), "volunteer")
    faults = print_jobs(day.batch, jobs, LATER)

    assert faults == []
    kinds = set(Sheet.objects.values_list("kind", flat=True))
    assert kinds == {SheetKind.SLIPS}  # it carries no code
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_the_tick_makes_them_anew_with_the_code_that_lives():
    day = built_day()
    jobs = revoked_behind(day, list_jobs(day.batch, 1), "volunteer")
    print_jobs(day.batch, jobs, LATER)
    live = token_of(link_of(day))

    again = {job.key.wanted.kind: job for job in list_jobs(day.batch, 1)}
    assert render_due(LATER) == 1

    assert set(again) == CODED
    assert all(live in job.data.volunteer_url for job in again.values())
    assert Sheet.objects.filter(kind__in=CODED).count() == 3


def test_a_supply_order_set_before_its_link_was_revoked_is_thrown_away():
    day = built_day()
    concerned = link_of(day, "supplier").supplier_id

    jobs = revoked_behind(day, supply_jobs(day.batch, 1), "supplier")
    print_jobs(day.batch, jobs, LATER)

    stored = Sheet.objects.filter(kind=SheetKind.SUPPLY)
    assert concerned not in stored.values_list("supplier", flat=True)
    assert stored.count() == 1


def test_a_zip_packed_before_a_link_was_revoked_is_thrown_away():
    day = built_day()
    render_batch(day.batch, now=LATER)
    Sheet.objects.filter(kind=SheetKind.ALL_PDF).delete()
    key = Wanted(SheetKind.ALL_PDF, 1)
    links = frozenset(live_links(day.batch))

    def packed(file: IO[bytes]) -> None:
        all_pdf(day.batch, key, file)
        revoke_link(link_of(day), by=day.town_staff, now=LATER)

    assert not store_written(day.batch, Coded(key, links), packed, now=LATER)
    assert not Sheet.objects.filter(kind=SheetKind.ALL_PDF).exists()


def test_storing_waits_for_a_revocation_that_is_under_way(tmp_path):
    day = built_day()
    link = link_of(day)
    key = Wanted(SheetKind.DOORS, 1, compound_id=day.compound.pk)
    revoked = threading.Event()

    def act(n: int) -> bool:
        if n == 0:
            with transaction.atomic():
                revoke_link(link, by=day.town_staff, now=LATER)
                revoked.set()
                time.sleep(0.4)  # not committed yet
            return True
        revoked.wait(20)
        made = Coded(key, frozenset([link.pk]))
        return store(day.batch, made, b"%PDF with the old code", now=LATER)

    outcome = together(2, act)

    assert outcome.faults == []
    assert sorted(outcome.results) == [False, True]
    assert not Sheet.objects.exists()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_batch_whose_sheets_were_just_dropped_is_not_called_finished():
    day = built_day()
    render_batch(day.batch, now=LATER)
    seen = Paperwork.objects.get(batch=day.batch)
    revoke_link(link_of(day), by=day.town_staff, now=LATER)

    assert not finish(seen, LATER)
    assert Paperwork.objects.get(batch=day.batch).rendered_at is None
