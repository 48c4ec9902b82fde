"""From lists to files: every sheet once, resumable, and no phone on paper."""

import subprocess
import zipfile

import pytest
from django.core.files.storage import default_storage

from delivery.actions.access import revoke_link
from delivery.actions.after_close import void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_all
from delivery.actions.render import render_batch, render_due
from delivery.actions.shred import shred_due
from delivery.models import Paperwork, PickupLine, Sheet
from delivery.queries.words import building_label
from delivery.states import SheetKind
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day, closed_day
from tests.delivery.paper import unpacked

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, NAME = "13912345678", "欧阳𠮷"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def rendered_day() -> Day:
    day = built_day()
    assert render_batch(day.batch, now=LATER)
    return day


def text_of(sheet: Sheet) -> str:
    with sheet.file.open("rb") as file:
        told = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=file.read(),
            capture_output=True,
            check=True,
        )
    return told.stdout.decode()


def test_a_day_becomes_all_its_sheets_and_the_bar_is_full():
    day = rendered_day()

    paperwork = Paperwork.objects.get(batch=day.batch)
    assert paperwork.sheets_total == 4 + 2 * 2 + 2
    assert paperwork.sheets_done == paperwork.sheets_total
    assert (paperwork.rendered_at, paperwork.problem) == (LATER, "")
    for sheet in Sheet.objects.all():
        assert default_storage.exists(sheet.file.name)


def test_a_compounds_sheet_is_of_that_compound_in_whatever_order_they_are_made(
    monkeypatch,
):
    day = closed_day()
    beside = make.make_compound(day.committee, "元江苑")
    make.make_order(day.batch, beside, "7-7701")
    build_lists(day.batch, now=LATER)
    monkeypatch.setattr("random.shuffle", list.reverse)

    assert render_batch(day.batch, now=LATER)

    for sheet in Sheet.objects.filter(compound__isnull=False):
        told, is_beside = text_of(sheet), sheet.compound == beside
        assert ("元江苑" in told, "品质苑" in told) == (is_beside, not is_beside)
        assert ("7701" in told) == is_beside


def test_the_doors_list_names_rooms_and_pieces_and_no_phone():
    day = built_day()
    note = f"打 {PHONE}"
    day.order.phone, day.order.name, day.order.note = PHONE, NAME, note
    day.order.save()
    PickupLine.objects.filter(order=day.order).update(note=note)

    render_batch(day.batch, now=LATER)

    text = text_of(Sheet.objects.get(kind=SheetKind.DOORS))
    assert "502" in text
    assert building_label("estate", "3") in text
    for sheet in Sheet.objects.filter(pages__gt=0):
        assert PHONE not in text_of(sheet)
    assert NAME in whole_book()
    assert PHONE not in whole_book()


def whole_book() -> str:
    """The workbook of all lists, every cell of it."""
    with Sheet.objects.get(kind=SheetKind.LISTS_EXCEL).file.open("rb") as file:
        return unpacked(file.read())


def test_suppliers_papers_name_nobody():
    day = built_day()
    day.order.name = NAME
    day.order.save()

    render_batch(day.batch, now=LATER)

    for sheet in Sheet.objects.filter(kind=SheetKind.SUPPLY):
        assert NAME not in text_of(sheet)
        assert "502" not in text_of(sheet)


def test_the_zip_holds_every_pdf_and_the_workbook_every_order():
    day = rendered_day()

    with Sheet.objects.get(kind=SheetKind.ALL_PDF).file.open("rb") as file:
        names = zipfile.ZipFile(file).namelist()
    assert len(names) == len(set(names)) == 4 + 2
    assert any("品质苑" in name for name in names)
    assert day.order.number in whole_book()
    assert day.other.number in whole_book()


def test_what_is_there_is_not_made_again():
    day = rendered_day()
    before = set(Sheet.objects.values_list("pk", "file"))
    lost = Sheet.objects.get(kind=SheetKind.SLIPS)
    lost.delete()
    Paperwork.objects.update(rendered_at=None)

    assert render_due(LATER) == 1

    after = set(Sheet.objects.values_list("pk", "file"))
    assert len(after - before) == 1
    assert Paperwork.objects.get(batch=day.batch).sheets_done == len(after)


def test_a_second_renderer_leaves_one_file_for_each_sheet(tmp_path):
    day = rendered_day()
    Paperwork.objects.update(rendered_at=None)

    render_batch(day.batch, now=LATER)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == Sheet.objects.count()


def test_after_a_difference_only_what_changed_is_made_anew():
    day = rendered_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    doors = Sheet.objects.get(kind=SheetKind.DOORS).pk
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    assert render_due(LATER) == 1

    assert Sheet.objects.get(kind=SheetKind.DOORS).pk == doors
    versions = Sheet.objects.filter(kind=SheetKind.SUPPLY).values_list(
        "supplier__name", "version"
    )
    assert sorted(versions) == [("光明", 1), ("永辉", 1), ("永辉", 2)]


def test_a_supplier_left_with_nothing_does_not_keep_the_day_from_being_finished():
    day = rendered_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    assert render_due(LATER) == 1

    paperwork = Paperwork.objects.get(batch=day.batch)
    assert (paperwork.rendered_at, paperwork.problem) == (LATER, "")
    assert paperwork.sheets_done == paperwork.sheets_total
    packs = Sheet.objects.filter(batch=day.batch, kind=SheetKind.ALL_PDF)
    assert packs.latest("version").version == 2


def test_a_title_that_cannot_be_printed_is_told_and_stops_no_other_batch():
    bad, good = built_day(), built_day()
    bad.compound.name = "品\U000e0041质\ue000苑"  # a private-use letter
    bad.compound.save()
    bad.compound.committee.name = "\U0001f004\U0001fad8委"  # no font has it
    bad.compound.committee.save()

    assert render_due(LATER) == 1

    assert Paperwork.objects.get(batch=good.batch).rendered_at == LATER
    told = Paperwork.objects.get(batch=bad.batch)
    assert told.rendered_at is None
    assert told.problem


def test_sheets_with_names_are_shredded_a_month_later_the_suppliers_stay():
    day = rendered_day()
    PickupLine.objects.filter(order=day.order).update(note="门铃坏了")
    soon, late = LATER + make.timedelta(days=30), LATER + make.timedelta(days=33)

    assert shred_due(soon) == 0
    assert shred_due(late) == 4 + 2

    assert set(Sheet.objects.values_list("kind", flat=True)) == {
        SheetKind.SUPPLY,
        SheetKind.SUPPLY_EXCEL,
    }
    assert not PickupLine.objects.exclude(note="").exists()
    assert render_due(late) == 0  # and nothing brings them back


def test_a_new_link_makes_the_sheets_anew_with_its_code_and_no_others():
    day = rendered_day()
    supply = set(Sheet.objects.filter(supplier__isnull=False).values_list("pk"))
    old = Sheet.objects.get(kind=SheetKind.DOORS)

    revoke_link(day.batch.links.get(kind="volunteer"), by=day.town_staff, now=LATER)
    half_way = Paperwork.objects.get(batch=day.batch)
    render_due(LATER)

    assert half_way.sheets_done == 4 + 1  # suppliers' two each, and the workbook
    assert Sheet.objects.get(kind=SheetKind.DOORS).digest != old.digest
    assert not default_storage.exists(old.file.name)
    assert set(Sheet.objects.filter(supplier__isnull=False).values_list("pk")) == supply
