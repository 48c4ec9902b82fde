"""Staff's batch pages: the town sees all of its own, a committee its compounds, a stranger nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.print_sheet import print_all
from delivery.actions.render import render_batch
from delivery.actions.reveal_phone import reveal_phone
from delivery.models import Difference, Handoff, Sheet
from delivery.states import SheetKind
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day
from tests.delivery.paper import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(LATER, tick=False):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(client: Client, sheet: Sheet) -> int:
    answer = client.get(reverse("sheet", args=[sheet.pk]))
    if answer.streaming:
        content_of(answer)
    return answer.status_code


def pages(day: Day) -> list[str]:
    supplier = day.batch.supply_orders.first().supplier_id
    return [
        reverse("batches"),
        reverse("batch", args=[day.batch.pk]),
        reverse("batch-progress", args=[day.batch.pk]),
        reverse("batch-compound", args=[day.batch.pk, day.compound.pk]),
        reverse("batch-supplier", args=[day.batch.pk, supplier]),
        reverse("withdraw-order", args=[day.batch.pk]),
        reverse("late-order", args=[day.batch.pk]),
    ]


def test_town_staff_open_every_page():
    day = built_day()
    client = signed_in(day.town_staff.user)

    for page in pages(day):
        response = client.get(page)
        assert response.status_code == 200, page
        assert "no-store" in response["Cache-Control"], page


def test_a_committee_opens_its_own_and_neither_suppliers_nor_late_orders():
    day = built_day()
    client = signed_in(day.committee_staff.user)

    answers = [client.get(page).status_code for page in pages(day)]

    assert answers == [200, 200, 200, 200, 404, 200, 404]


def test_strangers_find_nothing_and_the_unknown_are_asked_to_sign_in():
    day = built_day()
    elsewhere = make.make_town()
    strangers = [
        make.make_town_staff(elsewhere),
        make.make_committee_staff(make.make_committee(elsewhere)),
        make.make_user(),
    ]

    for user in strangers:
        for page in pages(day)[1:]:
            assert signed_in(user).get(page).status_code == 404, page
    for page in pages(day):
        assert Client().get(page).url.startswith(reverse("sign-in"))


@pytest.mark.parametrize("days", [1, 3])
def test_the_list_asks_the_same_for_one_and_three_days(days, django_assert_num_queries):
    day = built_day()
    for n in range(1, days):
        later = day.batch.delivery_on + timedelta(days=n)
        more = make.make_batch(day.batch.group_buy, delivery_on=later)
        make.make_order(more, day.compound)
        make.close(more)
    client = signed_in(day.town_staff.user)

    with django_assert_num_queries(6):
        client.get(reverse("batches"))


@pytest.mark.parametrize("homes", [1, 3])
def test_a_compounds_page_asks_the_same_for_one_and_three_homes(
    homes, django_assert_num_queries
):
    day = built_day()
    for n in range(homes - 1):
        make.make_order(day.batch, day.compound, f"12-{n}01")
    client = signed_in(day.town_staff.user)

    with django_assert_num_queries(15):
        client.get(reverse("batch-compound", args=[day.batch.pk, day.compound.pk]))


def test_printing_from_the_page_marks_the_list_and_opens_the_sheet(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = built_day()
    render_batch(day.batch, now=LATER)
    client = signed_in(day.committee_staff.user)

    answer = client.post(
        reverse("print-sheet", args=[day.batch.pk, day.compound.pk]),
        {"kind": SheetKind.UNLOADING},
    )
    paper = client.get(answer.url)

    assert day.pickup_list.printed_at == LATER
    assert content_of(paper).startswith(b"%PDF")
    assert "no-store" in paper["Cache-Control"]


def test_a_committee_downloads_its_own_sheets_and_no_others(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day, other = built_day(), built_day()
    render_batch(day.batch, now=LATER)
    render_batch(other.batch, now=LATER)
    for one in (day, other):
        print_all(one.batch, by=one.town_staff, now=LATER)
    client = signed_in(day.committee_staff.user)

    allowed = {sheet.kind: status(client, sheet) for sheet in day.batch.sheets.all()}
    foreign = Sheet.objects.filter(batch=other.batch)

    assert allowed[SheetKind.DOORS] == allowed[SheetKind.SLIPS] == 200
    assert allowed[SheetKind.SUPPLY] == allowed[SheetKind.ALL_PDF] == 404
    for sheet in foreign:
        assert status(client, sheet) == 404


def test_an_order_is_taken_off_by_its_number_and_the_typed_reason_survives_a_mistake():
    day = built_day()
    client = signed_in(day.town_staff.user)
    page = reverse("withdraw-order", args=[day.batch.pk])

    wrong = client.post(page, {"number": "NO-SUCH", "reason": "隔壁冒名下单"})
    right = client.post(page, {"number": day.other.number, "reason": "隔壁冒名下单"})

    assert wrong.status_code == 409
    assert "隔壁冒名下单" in wrong.content.decode()
    assert right.status_code == 302
    day.other.refresh_from_db()
    assert (day.other.state, day.other.ended_reason) == ("void", "隔壁冒名下单")


def test_a_late_order_typed_wrong_keeps_everything_and_names_the_field():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    client = signed_in(day.town_staff.user)
    stock = day.batch.stock.get(code="B")
    typed = {
        "compound": day.compound.pk,
        "building": "12",
        "room": "202",
        "name": "陆阿姨",
        f"stock-{stock.pk}": "2",
        "reason": "",
    }
    page = reverse("late-order", args=[day.batch.pk])

    wrong = client.post(page, typed)
    right = client.post(page, typed | {"reason": "老人不会用手机"})

    assert wrong.status_code == 409
    assert "陆阿姨" in wrong.content.decode()
    assert set(wrong.context["form"].errors) == {"reason"}
    assert right.status_code == 302
    assert Difference.objects.get().delta == 2


def test_a_handoff_sent_and_what_the_supplier_told_are_noted():
    day = built_day()
    order = day.batch.supply_orders.first()
    client = signed_in(day.town_staff.user)

    client.post(reverse("handoff-sent", args=[day.batch.pk, order.supplier_id]))
    sent = Handoff.objects.get(supplier=order.supplier)
    client.post(reverse("handoff-received", args=[day.batch.pk, order.supplier_id]))
    received = Handoff.objects.get(supplier=order.supplier)

    assert (sent.sent_at, sent.acknowledged_at) == (LATER, None)
    assert received.acknowledged_at == LATER


def test_a_new_link_replaces_the_old_one_on_the_page():
    day = built_day()
    client = signed_in(day.committee_staff.user)
    page = reverse("batch-compound", args=[day.batch.pk, day.compound.pk])
    old = client.get(page).context["link"]

    client.post(reverse("revoke-link", args=[old.pk]))

    assert client.get(page).context["link"] != old


def test_the_committee_reads_how_many_numbers_were_looked_at():
    day, other = built_day(), built_day()
    reveal_phone(day.order, by=day.volunteer, now=NEXT_DAY)
    reveal_phone(day.other, by=day.volunteer, now=NEXT_DAY)
    reveal_phone(other.order, by=other.volunteer, now=NEXT_DAY)

    page = signed_in(day.committee_staff.user).get(
        reverse("batch-compound", args=[day.batch.pk, day.compound.pk])
    )

    assert page.context["looks"] == 2


def test_the_bar_asks_again_until_all_is_there_then_the_page_is_fetched_anew(
    settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    day = built_day()
    client = signed_in(day.town_staff.user)
    page = reverse("batch-progress", args=[day.batch.pk])

    under_way = client.get(page, headers={"HX-Request": "true"})
    render_batch(day.batch, now=LATER)
    done = client.get(page, headers={"HX-Request": "true"})

    assert "every 2s" in under_way.content.decode()
    assert "HX-Refresh" not in under_way
    assert done["HX-Refresh"] == "true"
    assert "every 2s" not in done.content.decode()
