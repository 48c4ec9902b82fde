"""The supplier's page: totals and gates, "received", and nobody's name, phone or room."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.after_close import void_after_close
from delivery.actions.print_sheet import print_all
from delivery.actions.render import render_batch
from delivery.models import Handoff
from delivery.queries.links import token_of
from orders.models import Order
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day
from tests.delivery.paper import content_of, unpacked

pytestmark = pytest.mark.django_db
NAME, PHONE, ROOM, NOTE = "欧阳金丝雀", "13912345678", "97531", "门口有只金丝雀"


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(LATER, tick=False):
        yield


def token(day: Day, name: str = "永辉") -> str:
    return token_of(day.batch.links.get(supplier__name=name))


def canary_day() -> Day:
    day = built_day()
    Order.objects.filter(pk=day.order.pk).update(name=NAME, phone=PHONE, note=NOTE)
    return day


def test_totals_first_then_every_gate_with_its_address():
    day = built_day()

    page = Client().get(reverse("supplier-link", args=[token(day)]))

    assert [(t.stock.code, t.quantity) for t in page.context["totals"]] == [("A", 3)]
    stops = {s.gate.name: s.pieces for s in page.context["stops"]}
    assert stops == {"正门": 1, "北门": 2}
    text = page.content.decode()
    assert text.index("total") < text.index("北门")
    assert day.compound.gates.get(name="北门").address in text
    assert "no-store" in page["Cache-Control"]


def test_no_residents_datum_is_on_the_page_or_in_its_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = canary_day()
    make.make_order(day.batch, day.compound, f"3-{ROOM}", name=NAME, phone=PHONE)
    render_batch(day.batch, now=LATER)

    page = Client().get(reverse("supplier-link", args=[token(day)]))
    excel = Client().get(reverse("supplier-paper", args=[token(day), "excel"]))

    told = page.content.decode() + unpacked(content_of(excel))
    assert "元江路1号" in told
    for canary in (NAME, PHONE, ROOM, NOTE):
        assert canary not in told


def test_a_supplier_sees_its_own_goods_only():
    day = built_day()

    page = Client().get(reverse("supplier-link", args=[token(day, "光明")]))

    assert [t.stock.code for t in page.context["totals"]] == ["B"]
    assert "永辉" not in page.content.decode()


def test_received_is_noted_once_and_shown():
    day = built_day()
    page = reverse("supplier-link", args=[token(day)])

    Client().post(
        reverse("supplier-received", args=[token(day)]), {"version": "1"}, follow=True
    )

    handoff = Handoff.objects.get(supplier__name="永辉")
    assert handoff.acknowledged_at == handoff.sent_at == LATER
    assert Client().get(page).context["handoff"] == handoff


def test_a_page_that_stood_open_does_not_confirm_what_it_never_showed():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    Client().post(reverse("supplier-received", args=[token(day)]), {"version": "1"})

    assert not Handoff.objects.filter(acknowledged_at__isnull=False).exists()


def test_a_volunteers_token_opens_no_suppliers_page():
    day = built_day()
    other = token_of(day.batch.links.get(kind="volunteer"))

    assert Client().get(reverse("supplier-link", args=[other])).status_code == 404


@pytest.mark.parametrize("compounds", [1, 3])
def test_the_page_asks_the_same_for_one_and_three_compounds(
    compounds, django_assert_num_queries
):
    day = built_day()
    for _ in range(compounds):
        make.make_order(day.batch, make.make_compound(town=day.town), "1-101")

    with django_assert_num_queries(6):
        Client().get(reverse("supplier-link", args=[token(day)]))
