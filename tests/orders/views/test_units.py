"""Homes with a unit (单元): no field of its own, written as people write it."""

import pytest

from catalog.models import Batch
from groupbuy.community.models import Compound, Household
from groupbuy.shared.text import sort_key
from orders.models import Order
from tests.factories import make_batch, make_compound, make_group_buy
from tests.orders.views.phone import Phone

pytestmark = pytest.mark.django_db
CALL = {"phone": "13800138000"}


def add_homes(compound: Compound, building: str, *homes: str) -> None:
    at = compound.buildings.get(name=building)
    for home in homes:
        unit, _dash, room = home.rpartition("-")
        Household.objects.create(
            building=at, unit=unit, room=room, sort=sort_key(f"{unit}-{room}")
        )


@pytest.fixture
def pinzhiyuan(pinzhiyuan: Compound) -> Compound:
    """Building 5 has three units; 502 is in all of them, 601 only in the second."""
    pinzhiyuan.buildings.create(name="5", gate=pinzhiyuan.gates.get())
    add_homes(pinzhiyuan, "5", "1-502", "2-502", "3-502", "2-601")
    return pinzhiyuan


@pytest.fixture
def without_roster(db: None) -> Phone:
    return Phone(make_batch(make_group_buy(compounds=[make_compound()])))


def address(phone: Phone) -> set[str]:
    """The fields that somebody sees in the address, but for what waits behind a tap."""
    shown = phone.text.split('class="address"')[1].split("<details")[0]
    known = {"compound", "building", "unit", "room", "phone", "name", "note"}
    return {name for name in known if f'id="{name}"' in shown}


def test_there_are_five_fields_at_most(phone: Phone, without_roster: Phone) -> None:
    for one in (phone, without_roster):
        other = make_compound(one.compound.committee)
        one.batch.group_buy.places.create(compound=other)
        assert address(one.start("A")) == {
            "compound", "building", "room", "phone", "name",
        }  # fmt: skip
        assert 'id="with-unit"' in one.text


@pytest.mark.parametrize(
    ("building", "room"),
    [("5号楼1单元", "502"), ("5-1", "502室"), ("5", "1-502"), ("5号", "1单元502")],
)
def test_the_unit_is_read_from_building_or_room(
    phone: Phone, without_roster: Phone, building: str, room: str
) -> None:
    for one in (phone, without_roster):
        one.order("A", building=building, room=room)
        order = Order.objects.get(batch=one.batch)
        assert (order.building, order.unit, order.room) == ("5", "1", "502")


def test_a_room_that_is_in_one_unit_only_needs_no_unit(phone: Phone) -> None:
    phone.order("A", building="5", room="601")
    assert Order.objects.get().unit == "2"


def test_a_room_of_several_units_is_asked_for_in_one_tap(phone: Phone) -> None:
    phone.start("A").tap("review", building="5号楼", room="502", name="魏女士", **CALL)
    assert phone.page.status_code == 422
    for unit in "123":
        assert f'form="order-form" name="home" value="5/{unit}/502">' in phone.text
    sent = phone.fields()
    assert (sent["building"], sent["room"], sent["name"]) == ("5号楼", "502", "魏女士")

    phone.tap("", home="5/2/502").tap("place")

    order = Order.objects.get()
    assert (order.building, order.unit, order.room) == ("5", "2", "502")
    assert order.name == "魏女士"


def test_a_unit_alone_is_enough_where_it_says_one_home(phone: Phone) -> None:
    phone.order("A", building="2单元", room="601")
    assert Order.objects.get().building == "5"


def test_a_unit_alone_that_fits_many_homes_is_told_what_is_missing(
    phone: Phone,
) -> None:
    for n in range(20, 34):
        phone.compound.buildings.create(name=str(n), gate=phone.compound.gates.get())
        add_homes(phone.compound, str(n), "1-101")
    phone.start("A").tap("review", building="1单元", room="101", **CALL)
    assert 'id="building-no"' in phone.text
    assert phone.fields()["building"] == "1单元"


def test_back_from_the_look_and_remembered_it_reads_as_one(phone: Phone) -> None:
    phone.start("A").tap("review", building="5-3", room="502", remember="on", **CALL)
    phone.tap("form")
    back = phone.fields()["building"]
    phone.tap("review").tap("place")
    again = phone.start("B").fields()["building"]
    phone.tap("review").tap("place")

    assert back == again
    assert {order.unit for order in Order.objects.all()} == {"3"}
    assert Order.objects.count() == 2


def test_an_order_moves_to_another_unit_by_its_form(phone: Phone) -> None:
    phone.order("A", building="5-1", room="502")
    order = Order.objects.get()
    url = f"/mine/{order.number}/change/"
    phone.open(url)
    assert 'id="unit"' not in phone.text
    sent = phone.fields()

    page = phone.client.post(url, sent | {"step": "save"}, follow=True)
    assert page.redirect_chain
    order.refresh_from_db()
    assert (order.building, order.unit) == ("5", "1")

    page = phone.client.post(url, sent | {"step": "save", "building": "5"})
    assert 'name="home" value="5/3/502"' in page.content.decode()
    phone.client.post(url, sent | {"building": "5", "home": "5/3/502"})
    order.refresh_from_db()
    assert (order.building, order.unit, order.room) == ("5", "3", "502")


def test_programs_may_still_send_the_unit_by_itself(phone: Phone, batch: Batch) -> None:
    phone.start("A")
    sent = phone.fields() | CALL | {"building": "5", "unit": "2", "room": "502"}
    phone.client.post(f"/g/{phone.token}/order/", sent | {"step": "place"})
    assert Order.objects.get().unit == "2"
