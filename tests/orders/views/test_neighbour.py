"""For a neighbour: one switch, the phone keeps its own home, and lists the two apart."""

import pytest
from django.test import Client

from catalog.models import Batch
from orders.models import Order
from orders.views.neighbour import MOST_HOMES
from tests.factories import make_building
from tests.orders.views.phone import Phone

pytestmark = pytest.mark.django_db
OWN = {"building": "3", "room": "502", "phone": "13800138000", "name": "魏女士"}
HERS = {"building": "3", "room": "101", "name": "陈阿姨"}


@pytest.fixture
def phone(phone: Phone) -> Phone:
    """It remembers 3-502."""
    return phone.order("A", remember="on")


def for_her(phone: Phone, /, **typed: str) -> Phone:
    return (
        phone.start("B").tap("neighbour").tap("review", **(HERS | typed)).tap("place")
    )


def test_the_switch_empties_the_own_home_and_keeps_the_number_to_call(
    phone: Phone,
) -> None:
    phone.start("B").tap("neighbour")
    fields = phone.fields()

    told = [fields[name] for name in ("building", "room", "name", "phone")]
    assert told == ["", "", "", "13800138000"]
    assert fields[phone.field("B")] == "1"
    assert 'value="neighbour" formaction' in phone.text
    back = phone.tap("own").fields()
    assert {name: back[name] for name in OWN} == OWN
    assert back["remember"] == "on"


def test_what_was_typed_for_her_before_the_switch_stays(phone: Phone) -> None:
    fields = phone.start("B").tap("neighbour", **HERS).fields()
    assert {name: fields[name] for name in HERS} == HERS


def test_her_order_goes_to_her_and_the_phone_still_remembers_its_own_home(
    phone: Phone,
) -> None:
    for_her(phone)

    order = Order.objects.get(room="101")
    assert (order.name, order.phone) == ("陈阿姨", "13800138000")
    assert "陈阿姨" in phone.text
    again = phone.start("B").fields()
    assert {name: again[name] for name in OWN} == OWN


def test_another_number_to_call_is_hers(phone: Phone) -> None:
    for_her(phone, phone="021-54331234")
    assert Order.objects.get(room="101").phone == "021-54331234"


def test_my_orders_shows_both_apart(phone: Phone) -> None:
    for_her(phone)
    page = phone.client.get("/mine/")

    assert [one.order.room for one in page.context["own"]] == ["502"]
    assert [one.order.room for one in page.context["helped"]] == ["101"]


def test_a_phone_that_remembers_nothing_learns_nothing(batch: Batch) -> None:
    phone = Phone(batch)
    phone.start("A").tap("neighbour").tap("review", **(OWN | HERS)).tap("place")

    assert Order.objects.get().room == "101"
    assert "home" not in phone.client.cookies
    assert phone.start("A").fields()["building"] == ""


def test_the_next_neighbour_is_one_tap_from_the_last(phone: Phone) -> None:
    for_her(phone)
    path = phone.page.request["PATH_INFO"]
    assert (
        f"/g/{phone.token}/order/?for=neighbour&amp;c={phone.compound.pk}" in phone.text
    )
    phone.open(f"/g/{phone.token}/order/?for=neighbour&c={phone.compound.pk}")

    fields = phone.fields()
    assert path.startswith("/mine/")
    assert (fields["remember"], fields["room"], fields["phone"]) == (
        "neighbour", "", "13800138000",
    )  # fmt: skip


def test_the_switch_outlives_a_fault_a_look_and_a_change_of_type_size(
    phone: Phone,
) -> None:
    phone.start("B").tap("neighbour").tap("review", **HERS, phone="12")
    assert phone.page.status_code == 422
    assert phone.fields()["remember"] == "neighbour"
    phone.tap("review", phone="13800138000").tap("form").tap("review").tap("place")
    assert [o.room for o in Order.objects.order_by("pk")] == ["502", "101"]
    assert phone.start("B").fields()["room"] == "502"


def test_a_phone_helps_ten_homes_a_day_and_the_eleventh_hears_of_the_head(
    phone: Phone,
) -> None:
    rooms = [str(1001 + n) for n in range(MOST_HOMES + 1)]
    make_building(phone.compound, "8", rooms)
    for room in rooms[:-1]:
        for_her(phone, building="8", room=room)
    for_her(phone, building="8", room=rooms[0])  # a home it helps already
    one_more = {"building": "8", "room": rooms[-1], "name": ""}
    refused = phone.start("B").tap("neighbour").tap("review", **one_more).page
    typed_past = phone.tap("place").page

    assert (refused.status_code, typed_past.status_code) == (422, 422)
    assert phone.fields()["room"] == rooms[-1]
    assert Order.objects.filter(building="8").count() == MOST_HOMES + 1
    phone.start("B").tap("review").tap("place")
    assert Order.objects.filter(room="502").count() == 2


def test_a_stranger_learns_nothing_from_a_number_in_the_cookie(phone: Phone) -> None:
    for_her(phone)
    stranger = Client()
    stranger.cookies["helped"] = Order.objects.get(room="101").number

    page = stranger.get("/mine/")

    assert page.context["own"] == page.context["helped"] == []
    assert "陈阿姨" not in page.content.decode()
