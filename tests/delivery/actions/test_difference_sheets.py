"""差异单 on paper: numbered, frozen, beside the HTML, in the ZIP; no phone and no reason."""

import io
import zipfile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.access import revoke_link
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.difference_sheets import data_of, difference_jobs
from delivery.actions.print_sheet import print_all
from delivery.actions.render import render_batch, render_due
from delivery.actions.shred import shred_due
from delivery.models import Paperwork, Sheet
from delivery.queries.links import token_of
from delivery.states import SheetKind
from orders.models import Wish
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day
from tests.delivery.documents.poppler import squeezed, text_of
from tests.delivery.paper import content_of

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, WHY = "13912345678", "住院去了"


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(NEXT_DAY, tick=False):
        yield


def printed_day() -> Day:
    day = built_day()
    render_batch(day.batch, now=LATER)
    print_all(day.batch, by=day.town_staff, now=LATER)
    return day


def let_in(day: Day, room: str = "202", quantity: int = 2) -> None:
    stock = day.batch.stock.get(code="B")
    wish = Wish(
        day.compound.pk, "12", room, {stock.pk: quantity}, name="陆阿姨", phone=PHONE
    )
    add_after_close(day.batch, wish=wish, reason=WHY, by=day.town_staff, now=LATER)


def take_off(day: Day) -> None:
    void_after_close(day.order, reason=WHY, by=day.town_staff, now=LATER)


def newest(day: Day) -> Sheet:
    return day.batch.sheets.filter(kind=SheetKind.DIFFERENCE).latest("version")


def told(sheet: Sheet) -> str:
    with sheet.file.open("rb") as file:
        return text_of(file.read())


def test_it_says_number_list_home_and_change_and_neither_phone_nor_reason():
    day = printed_day()
    take_off(day)
    let_in(day)

    assert render_due(LATER) == 1

    text = told(newest(day))
    assert newest(day).version == 3
    for words in (
        "差异单第3号",
        "对第1版提货单",
        "品质苑",
        "3号楼",
        "502",
        "12号楼",
        "202",
    ):
        assert squeezed(words) in text
    for change in ("−2", "−1", "+2"):
        assert change in text
    for secret in (PHONE, "139", WHY, "陆阿姨"):
        assert secret not in text


def test_the_text_of_a_number_is_frozen_whatever_comes_after():
    day = printed_day()
    take_off(day)
    render_due(LATER)
    second = newest(day)
    before = told(second)
    let_in(day)
    render_due(LATER)
    third = newest(day)

    made = data_of(day.batch, day.compound, 2, None)

    assert (second.version, third.version) == (2, 3)
    assert "第3号" not in before
    assert [c.number for c in made.changes] == [1, 2]
    assert [(c.delta, c.now) for c in made.changes] == [(-2, 0), (-1, 0)]


def test_what_the_home_gets_in_the_end_stands_beside_each_change():
    day = printed_day()
    let_in(day, "201", 2)  # this home has A×1 on the list

    (job,) = difference_jobs(day.batch, Paperwork.objects.get().version)

    (change,) = job.data.changes
    assert (change.code, change.delta, change.now) == ("B", 2, 2)
    assert (change.gate, change.room) == ("正门", "201")


def test_a_unit_stands_before_its_room_and_is_no_part_of_it():
    day = printed_day()
    stock = day.batch.stock.get(code="A")
    wish = Wish(day.compound.pk, "7", "201", {stock.pk: 1}, unit="2", phone=PHONE)
    make.make_building(day.compound, "7")
    add_after_close(day.batch, wish=wish, reason=WHY, by=day.town_staff, now=LATER)

    render_due(LATER)

    assert "2-201" in told(newest(day))


def test_it_is_in_the_zip_and_counts_in_the_bar():
    day = printed_day()
    take_off(day)

    render_due(LATER)

    pack = day.batch.sheets.filter(kind=SheetKind.ALL_PDF).latest("version")
    with pack.file.open("rb") as file:
        names = zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    kind = str(SheetKind.DIFFERENCE.label)
    assert [n for n in names if n.endswith(f"{kind}2.pdf")]
    paperwork = Paperwork.objects.get(batch=day.batch)
    assert paperwork.sheets_total == 4 + 1 + 2 * 1 + 2  # nothing of 光明's is left
    assert paperwork.sheets_done == paperwork.sheets_total


def test_volunteers_print_the_newest_from_their_page():
    day = printed_day()
    token = token_of(day.batch.links.get(kind="volunteer"))
    page = reverse("volunteer", args=[token])
    take_off(day)
    being_made = Client().get(page).content.decode()
    render_due(LATER)
    shown = Client().get(page).content.decode()

    answer = Client().post(
        reverse("volunteer-print", args=[token]), {"kind": "difference"}
    )
    paper = content_of(Client().get(answer.url))

    assert 'value="difference"' not in being_made
    assert 'value="difference"' in shown
    assert "差异单第2号" in text_of(paper)


def test_the_office_prints_it_from_the_batch_page_and_the_compounds():
    day = printed_day()
    take_off(day)
    render_due(LATER)
    client = Client()
    client.force_login(day.committee_staff.user)
    where = [day.batch.pk, day.compound.pk]
    pages = [reverse("batch", args=where[:1]), reverse("batch-compound", args=where)]

    shown = [client.get(page).content.decode() for page in pages]
    answer = client.post(reverse("print-sheet", args=where), {"kind": "difference"})

    assert all('value="difference"' in page for page in shown)
    assert answer.url == reverse("sheet", args=[newest(day).pk])
    assert content_of(client.get(answer.url)).startswith(b"%PDF")


def test_printing_it_marks_the_compounds_own_list():
    """Another compound had printed first; this one's list leaves with its correction."""
    day = built_day()
    second = make.make_compound(day.committee, "银杏里")
    day.batch.pickup_lists.create(
        compound=second, version=1, homes=1, packages=1, made_at=LATER, printed_at=LATER
    )
    take_off(day)
    for job in difference_jobs(day.batch, 2):
        Sheet.objects.create(
            batch=day.batch,
            compound=day.compound,
            kind=SheetKind.DIFFERENCE,
            version=job.key.wanted.version,
            file="x",
            made_at=LATER,
        )
    client = Client()
    client.force_login(day.town_staff.user)

    waiting = client.get(reverse("sheet", args=[newest(day).pk]))
    client.post(
        reverse("print-sheet", args=[day.batch.pk, day.compound.pk]),
        {"kind": "difference"},
    )

    where = [day.batch.pk, day.compound.pk]
    assert waiting.url == reverse("batch-compound", args=where)
    assert day.pickup_list.printed_at == NEXT_DAY


def test_a_compound_without_a_list_has_its_difference_sheet_all_the_same():
    day = printed_day()
    far = make.make_compound(day.committee, "远方苑")
    make.ServedPlace.objects.create(group_buy=day.batch.group_buy, compound=far)
    stock = day.batch.stock.get(code="A")
    wish = Wish(far.pk, "1", "101", {stock.pk: 1}, phone=PHONE)
    add_after_close(day.batch, wish=wish, reason=WHY, by=day.town_staff, now=LATER)
    render_due(LATER)
    client = Client()
    client.force_login(day.committee_staff.user)

    page = reverse("print-sheet", args=[day.batch.pk, far.pk])
    paper = client.get(client.post(page, {"kind": "difference"}).url)

    assert "以本单为准" in text_of(content_of(paper))


def test_a_new_link_and_the_thirtieth_day_take_it_as_any_sheet_with_homes():
    day = printed_day()
    take_off(day)
    render_due(LATER)
    old = newest(day)

    revoke_link(day.batch.links.get(kind="volunteer"), by=day.town_staff, now=LATER)
    dropped = not Sheet.objects.filter(pk=old.pk).exists()
    render_due(LATER)
    anew = newest(day)
    shred_due(LATER + make.timedelta(days=33))

    assert dropped
    assert (anew.version, anew.digest != old.digest) == (2, True)
    assert not Sheet.objects.filter(kind=SheetKind.DIFFERENCE).exists()
