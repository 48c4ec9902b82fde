"""Ordering without an account and without JavaScript: one form, one look over it, done."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound
from orders.models import Order
from tests.factories import make_batch, make_group_buy
from tests.orders.views.phone import Phone, home

pytestmark = pytest.mark.django_db


def test_form_look_order(phone: Phone) -> None:
    phone.start("A")
    assert phone.fields()[phone.field("A")] == "1"
    phone.tap("review", building="3号楼", room="５０２室", phone="021-5433 1234")
    assert "60" in phone.text
    phone.tap("place")
    order = Order.objects.get()
    assert (order.building, order.room, order.phone) == ("3", "502", "021-54331234")
    assert [(line.stock.code, line.quantity) for line in order.lines.all()] == [
        ("A", 1)
    ]
    assert f"{order.number[:3]} {order.number[3:6]} {order.number[6:]}" in phone.text


def test_the_notice_stands_before_the_first_field_and_is_short(phone: Phone) -> None:
    text = phone.start().text.split("<main")[1]
    notice = re.search(r'class="privacy">(.*?)<a', text)
    assert notice
    first = re.search(r'<(input(?! type="hidden")|select|textarea)', text)
    assert first
    assert notice.start() < first.start()
    assert 'href="/privacy/"' in text


def test_nothing_is_ticked_beforehand(phone: Phone) -> None:
    assert " checked" not in phone.start("A").text


def test_the_form_is_never_stored(phone: Phone) -> None:
    assert "no-store" in phone.start().page["Cache-Control"]
    assert phone.start().fields()["key"] != phone.start().fields()["key"]


def test_plus_and_minus_work_without_a_script(phone: Phone) -> None:
    phone.start("A")
    name = phone.field("B")
    phone.tap("", bump=f"{name}:1", building="3")
    assert phone.fields()[name] == "1"
    assert phone.fields()["building"] == "3"
    phone.tap("", bump=f"{name}:-1").tap("", bump=f"{name}:-1")
    assert phone.fields()[name] == "0"
    assert not re.search(r"\b120\b", phone.text)


@pytest.mark.parametrize(("many", "is_"), [("２", 2), ("两", 2), (" 3 ", 3), ("", 0)])
def test_numbers_as_people_write_them(phone: Phone, many: str, is_: int) -> None:
    phone.start("B")
    phone.order("B", **{phone.field("A"): many})
    line = Order.objects.get().lines.filter(stock__code="A").first()
    assert (line.quantity if line else 0) == is_


def test_hostile_words_are_shown_as_typed(phone: Phone) -> None:
    phone.order("A", name="<b>x</b>", note="{{7*7}}%s'; DROP")
    order = Order.objects.get()
    assert order.name == "<b>x</b>"
    assert "<b>x</b>" not in phone.text
    assert "&lt;b&gt;x&lt;/b&gt;" in phone.text


def test_the_same_form_twice_is_one_order(phone: Phone) -> None:
    phone.start("A").tap("review", building="3", room="502", phone="13800138000")
    sent = phone.fields() | {"step": "place"}
    pages = [
        phone.client.post(f"/g/{phone.token}/order/", sent)["Location"]
        for _ in range(3)
    ]
    assert Order.objects.count() == 1
    assert set(pages) == {f"/mine/{Order.objects.get().number}/?new=1"}


def test_the_same_form_finds_its_order_even_when_it_took_the_last_one(
    phone: Phone,
) -> None:
    Stock.objects.update(quota=1)
    phone.start("A").tap("review", building="3", room="502", phone="13800138000")
    sent = phone.fields() | {"step": "place"}
    for _ in range(2):
        page = phone.client.post(f"/g/{phone.token}/order/", sent)
        assert page.status_code == 302
    assert Order.objects.count() == 1


def test_the_servers_price_wins(phone: Phone) -> None:
    phone.start("A").tap("review", **home(phone), price_cents="1", total="1").tap(
        "place"
    )
    assert Order.objects.get().total_cents == 6000


def test_the_same_home_is_asked_only_on_the_phone_that_ordered(
    phone: Phone, batch: Batch
) -> None:
    phone.order("A")
    number = Order.objects.get().number
    phone.start("B").tap("review", **home(phone))
    assert f'href="/mine/{number}/"' in phone.text
    phone.tap("place")
    assert Order.objects.count() == 2
    neighbours = phone.start("B").tap("review", **home(phone) | {"room": "501"})
    assert number not in neighbours.text
    stranger = Phone(batch).start("B").tap("review", **home(phone))
    assert number not in stranger.text
    assert "/mine/" not in stranger.text.split("<main")[1].split("</main")[0]


def test_a_phone_that_remembers_needs_three_taps(phone: Phone) -> None:
    phone.order("A", remember="on")
    phone.start("B")
    sent = phone.fields()
    assert (sent["building"], sent["room"], sent["phone"]) == (
        "3",
        "502",
        "13800138000",
    )
    phone.tap("review").tap("place")
    assert Order.objects.count() == 2


def test_unticked_it_forgets(phone: Phone) -> None:
    phone.order("A", remember="on")
    phone.start("B").tap("review", remember=None).tap("place")
    assert phone.start().fields()["building"] == ""


def test_a_tampered_home_is_no_home(phone: Phone) -> None:
    phone.client.cookies["home"] = "eyJhIjoxfQ:1abc:forged"
    assert phone.start().page.status_code == 200


def test_a_lost_csrf_cookie_costs_one_more_tap(phone: Phone) -> None:
    phone.start("A").tap("review", **home(phone), name="魏女士")
    del phone.client.cookies["csrftoken"]
    phone.tap("place")
    assert phone.page.status_code == 200
    assert phone.fields()["room"] == "502"
    assert not Order.objects.exists()
    phone.tap("place")
    assert Order.objects.get().name == "魏女士"


def test_a_phone_without_cookies_orders_and_sees_its_order(batch: Batch) -> None:
    phone = Phone(batch)

    def forget() -> None:
        phone.client.cookies.clear()

    phone.start("A")
    forget()
    phone.tap("review", **home(phone))
    forget()
    phone.tap("place")
    forget()
    phone.tap("place")
    order = Order.objects.get()
    assert f"{order.number[:3]} {order.number[3:6]} {order.number[6:]}" in phone.text
    assert "/o/" in phone.text


def test_another_sites_form_orders_nothing(phone: Phone) -> None:
    phone.start("A").tap("review", **home(phone))
    phone.client.cookies.clear()
    phone.tap("place")
    sent = phone.fields() | {"step": "place"}
    assert sent["again"]
    evil = Client(enforce_csrf_checks=True, HTTP_ORIGIN="https://evil.example")
    evil.post(f"/g/{phone.token}/order/", sent)
    cross = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="cross-site")
    cross.post(f"/g/{phone.token}/order/", sent)
    assert not Order.objects.exists()


def test_changing_the_type_size_loses_nothing(phone: Phone) -> None:
    phone.start("A")
    sent = phone.fields() | {"step": "form", "building": "3"}
    phone.page = phone.client.post(f"/g/{phone.token}/order/?size=30", sent)
    assert "size-30" in phone.text
    assert phone.fields()["building"] == "3"


def test_the_address_is_near_when_there_is_much_to_choose_from(
    pinzhiyuan: Compound,
) -> None:
    phone = Phone(make_batch(make_group_buy(compounds=[pinzhiyuan]), "ABCDEF"))
    shown, _details, hidden = phone.start("C").text.partition(
        '<details class="others">'
    )
    assert phone.field("C") in shown
    assert phone.field("A") not in shown
    assert hidden.count('class="stepper"') == 5
    assert (
        "<details"
        not in phone.start().text.split('id="packages"')[1].split("</fieldset")[0]
    )


def test_the_steps_cost_few_queries(
    phone: Phone, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        phone.start("A")
    with django_assert_max_num_queries(9):
        phone.tap("review", **home(phone))
    with django_assert_max_num_queries(40):
        phone.tap("place")
