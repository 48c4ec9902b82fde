"""The table of doors holds, has a row for every address, and finds what is left open."""

from typing import Any

import pytest

from catalog.models import Supplier
from catalog.queries import visible
from delivery.views import volunteer
from groupbuy.community.models import Town
from orders.models import Order
from orders.views.desk import find
from tests.house.doors import ROLES, House, doors
from tests.house.table import MAY, ROWS, wrong
from tests.house.world import built_world

OTHERS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
NOT_405 = {  # what other methods get from whoever may; 405 from all other doors
    "healthz": "200 200 200 200 200",
    "api-schema": "200 200 200 200 200",
    "sign-in": "200 405 405 200 405",
    "sign-out": "405 405 405 200 405",
    "api-order": "400 200 405 405 405",  # changes and cancels
    "recovery-codes": "in? in? in? in? in?",
}


@pytest.fixture
def house(db: None) -> House:
    return House(built_world())


def test_every_door_has_its_row() -> None:
    assert {str(door.name) for door in doors()} == set(ROWS)


def test_every_door_answers_as_the_table_says(house: House) -> None:
    found: dict[str, str] = {}
    for door in doors():
        found |= wrong(house, door)
    assert found == {}


@pytest.mark.once
def test_other_methods_do_nothing(house: House) -> None:
    for door in doors():
        name = str(door.name)
        who = MAY[ROWS[name][0]]
        role = next((r for r in ROLES if (r, "own") in who), "nobody")
        path = next(iter(house.addresses(door, role)))
        got = " ".join(house.ask(role, method, path) for method in OTHERS)
        assert got == NOT_405.get(name, "405 405 405 405 405"), (name, role)


def test_a_list_without_a_place_in_its_address_is_all_that_opens_to_any_staff() -> None:
    """So nobody's words for "all staff" hide a page of somebody else's."""
    for door in doors():
        if ROWS[str(door.name)][0].startswith("all "):
            assert set(door.pattern.converters) <= {"kind"}, door.name


def everything(model: Any) -> Any:
    return lambda *_args, **_more: model.objects.all()


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "module", "forgotten", "leak", "whom"),
    [
        ("supplier", visible, "suppliers_of", Supplier, "town at town"),
        ("supplier", visible, "towns_of", Town, "town at town"),
        ("desk-order", find, "visible_to", Order, "committee at compound"),
        ("desk-order-phone", find, "visible_to", Order, "foreign at own"),
    ],
)
def test_the_table_finds_a_view_that_forgets_whose_it_is(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: Any,
    forgotten: str,
    leak: Any,
    whom: str,
) -> None:
    door = next(door for door in doors() if door.name == name)
    assert wrong(house, door) == {}
    monkeypatch.setattr(module, forgotten, everything(leak))
    if name == "supplier":
        monkeypatch.setattr("catalog.views.suppliers.suppliers_of", module.suppliers_of)
    assert any(f": {whom}, " in found for found in wrong(house, door))


@pytest.mark.once
def test_the_table_finds_a_volunteer_who_sees_beyond_the_compound(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = next(door for door in doors() if door.name == "volunteer-phone")
    assert wrong(house, door) == {}

    def any_order(key: volunteer.Key, order_id: int) -> Order:
        return Order.objects.select_related("compound", "batch__group_buy").get(
            pk=order_id
        )

    monkeypatch.setattr(volunteer, "order_of", any_order)
    found = wrong(house, door)
    assert any("volunteer at compound, POST" in answer for answer in found)
    assert any("volunteer at town, POST" in answer for answer in found)
