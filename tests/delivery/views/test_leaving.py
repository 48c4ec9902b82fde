"""Whatever leaves for paper marks its lists as printed; then no correction replaces them."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.after_close import void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_all, print_sheet
from delivery.actions.render import render_batch
from delivery.models import Difference, Sheet
from delivery.states import COMPOUND_KINDS, SheetKind
from groupbuy.shared.errors import Refused
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day, closed_day
from tests.delivery.paper import content_of

pytestmark = pytest.mark.django_db
WHOLE_DAY = [SheetKind.ALL_PDF, SheetKind.LISTS_EXCEL]


@pytest.fixture(autouse=True)
def evening(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(LATER, tick=False):
        yield


def rendered_day() -> Day:
    day = built_day()
    render_batch(day.batch, now=LATER)
    return day


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def sheet_of(day: Day, kind: SheetKind) -> Sheet:
    return day.batch.sheets.filter(kind=kind).latest("version")


def address(sheet: Sheet) -> str:
    return reverse("sheet", args=[sheet.pk])


@pytest.mark.parametrize("kind", WHOLE_DAY)
def test_the_whole_day_leaves_by_post_and_every_list_counts_as_printed(kind):
    day = rendered_day()
    client = signed_in(day.town_staff)

    answer = client.post(reverse("print-all", args=[day.batch.pk]), {"kind": kind})
    content_of(client.get(answer.url))
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    assert answer.url == address(sheet_of(day, kind))
    assert day.pickup_list.printed_at == LATER
    assert day.pickup_list.version == 1, "what is on paper was not replaced"
    assert Difference.objects.count() == 1


def test_nothing_on_the_batch_page_leaves_by_a_link():
    day = rendered_day()

    page = signed_in(day.town_staff).get(reverse("batch", args=[day.batch.pk]))

    text = page.content.decode()
    for kind in WHOLE_DAY:
        assert address(sheet_of(day, kind)) not in text
        assert f'name="kind" value="{kind}"' in text


@pytest.mark.parametrize("kind", [*COMPOUND_KINDS, *WHOLE_DAY])
def test_the_address_of_an_unprinted_sheet_opens_the_page_with_its_button(kind):
    day = rendered_day()

    answer = signed_in(day.town_staff).get(address(sheet_of(day, kind)))

    batch, compound = day.batch.pk, day.compound.pk
    page = reverse("batch-compound", args=[batch, compound])
    if kind in WHOLE_DAY:
        page = reverse("batch", args=[batch])
    assert answer.url == page
    assert day.pickup_list.printed_at is None


def test_what_is_printed_is_fetched_again_as_often_as_you_like():
    day = rendered_day()
    client = signed_in(day.committee_staff)
    print_sheet(day.pickup_list, by=day.committee_staff, now=LATER)

    for _ in range(2):
        again = client.get(address(sheet_of(day, SheetKind.DOORS)))
        assert content_of(again).startswith(b"%PDF")


def test_a_zip_with_one_unprinted_list_in_it_still_waits():
    day = closed_day()
    make.make_order(day.batch, make.make_compound(day.committee, "银杏里"), "1-101")
    build_lists(day.batch, now=LATER)
    render_batch(day.batch, now=LATER)
    print_sheet(day.pickup_list, by=day.town_staff, now=LATER)
    client = signed_in(day.town_staff)

    waiting = client.get(address(sheet_of(day, SheetKind.ALL_PDF)))
    print_all(day.batch, by=day.town_staff, now=LATER)
    leaving = client.get(address(sheet_of(day, SheetKind.ALL_PDF)))

    assert waiting.status_code == 302
    assert content_of(leaving).startswith(b"PK")


def test_a_list_replaced_before_anybody_printed_it_never_leaves():
    day = rendered_day()
    old = [sheet_of(day, SheetKind.DOORS), sheet_of(day, SheetKind.ALL_PDF)]
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)
    print_all(day.batch, by=day.town_staff, now=LATER)

    client = signed_in(day.town_staff)

    assert [client.get(address(sheet)).status_code for sheet in old] == [302, 302]


def test_a_pack_that_a_correction_has_overtaken_marks_nothing():
    day = rendered_day()
    pack = sheet_of(day, SheetKind.LISTS_EXCEL)
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    with pytest.raises(Refused):
        print_all(day.batch, by=day.town_staff, now=LATER, pack=pack)

    assert day.pickup_list.printed_at is None


def test_a_suppliers_order_waits_for_nobody():
    """It holds no home, and a correction gives it a new version at any time."""
    day = rendered_day()
    client = signed_in(day.town_staff)

    content_of(client.get(address(sheet_of(day, SheetKind.SUPPLY))))

    assert day.pickup_list.printed_at is None
