"""The ZIP of all lists is written to its file as it grows, and stands there whole or not at all."""

import tracemalloc
import zipfile
from functools import partial
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from delivery.actions.books import all_pdf
from delivery.actions.render import render_due
from delivery.actions.store import store_written
from delivery.models import Paperwork, Sheet
from delivery.queries.sheets import Coded, Wanted
from delivery.states import COMPOUND_KINDS, SheetKind
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = bytes(2**20)


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def peak_of_packing(day: Day) -> int:
    made = Coded(Wanted(SheetKind.ALL_PDF, 1))
    tracemalloc.start()
    try:
        write = partial(all_pdf, day.batch, made.wanted)
        assert store_written(day.batch, made, write, now=LATER)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_packing_holds_one_document_however_many_there_are():
    day = built_day()
    one = day.pickup_list
    places = [make.make_compound(day.committee, f"小区{n}") for n in range(5)]
    for place in places:
        one.pk, one.compound = None, place
        one.save(force_insert=True)
    for place in (day.compound, *places):
        for kind in COMPOUND_KINDS:
            Sheet.objects.create(
                batch=day.batch,
                kind=kind,
                compound=place,
                version=1,
                file=ContentFile(PAPER, name=f"{kind}-{place.pk}.pdf"),
                made_at=LATER,
            )

    peak = peak_of_packing(day)

    with zipfile.ZipFile(Sheet.objects.get(kind=SheetKind.ALL_PDF).file.path) as pack:
        assert len(pack.namelist()) == 6 * 4
        assert pack.testzip() is None
    assert peak < 4 * len(PAPER)


def test_where_a_document_is_lost_no_half_of_a_zip_is_left(tmp_path):
    day = built_day()
    assert render_due(LATER) == 1
    day.batch.sheets.filter(kind=SheetKind.ALL_PDF).delete()
    Paperwork.objects.update(rendered_at=None)
    for old in tmp_path.rglob("all_pdf-*"):
        old.unlink()
    Path(day.batch.sheets.filter(kind=SheetKind.SUPPLY).last().file.path).unlink()

    assert render_due(LATER) == 0

    assert list(tmp_path.rglob("all_pdf-*")) == []
    assert "FileNotFoundError" in Paperwork.objects.get(batch=day.batch).problem
