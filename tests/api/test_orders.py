"""An order through the API: placed once, read, changed, cancelled; every refusal says why."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Stock
from groupbuy.community.models import LogEntry
from groupbuy.shared import tokens
from orders.models import Order
from orders.states import OrderState
from tests import factories
from tests.api.conftest import CANARY_PHONE, Api


def test_an_order_is_placed_and_its_token_opens_it(api: Api) -> None:
    reply = api.place(api.body(A=1, B=2))

    said = reply.json()
    assert reply.status_code == 201
    assert (said["state"], said["total_cents"], said["due_cents"]) == (
        "standing",
        22000,
        22000,
    )
    assert said["until"] == "2022-04-11T17:00:00+08:00"
    assert [(line["code"], line["quantity"]) for line in said["lines"]] == [
        ("A", 1),
        ("B", 2),
    ]
    opened = api.send("GET", "order/", token=f"Order {said['token']}")
    assert (opened.status_code, opened.json()["number"]) == (200, said["number"])
    assert Order.objects.get(number=said["number"]).phone == CANARY_PHONE
    assert api.stock("B").reserved == 2


def test_an_order_needs_no_session_no_cookie_and_no_broker(api: Api, settings) -> None:
    settings.CELERY_BROKER_URL = settings.REDIS_URL = "redis://127.0.0.1:1"

    reply = api.place(api.body())  # the client enforces CSRF checks

    assert reply.status_code == 201
    assert not reply.cookies
    assert reply["Cache-Control"] == "no-store"


def test_a_lost_answer_is_asked_for_again(api: Api) -> None:
    body = api.body()
    first, again = api.place(body), api.place(body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert api.stock("A").reserved == 1


def test_the_same_key_with_another_body_is_refused(api: Api) -> None:
    body = api.body(A=1)
    api.place(body)

    reply = api.place(body | {"room": "601"})

    assert (reply.status_code, reply.json()["code"]) == (409, "other_body")
    assert Order.objects.count() == 1


def test_lines_of_one_package_are_added_up(api: Api) -> None:
    line = {"stock": api.stock("A").pk, "quantity": 2}

    reply = api.place(api.body() | {"items": [line, line]})

    assert [line["quantity"] for line in reply.json()["lines"]] == [4]


def test_sold_out_names_the_packages_and_takes_nothing(api: Api) -> None:
    Stock.objects.filter(batch=api.batch, code="B").update(quota=1)

    reply = api.place(api.body(A=1, B=2))

    assert (reply.status_code, reply.json()["code"]) == (409, "sold_out")
    assert reply.json()["stocks"] == [api.stock("B").pk]
    assert not Order.objects.exists()


def test_a_home_stays_within_its_limit_over_two_orders(api: Api) -> None:
    api.placed(B=2)

    reply = api.place(api.body(B=1))

    assert (reply.status_code, reply.json()["code"]) == (409, "over_limit")
    assert reply.json()["stocks"] == [api.stock("B").pk]


def test_late_is_late(api: Api, noon: time_machine.Traveller) -> None:
    noon.move_to(api.batch.until_link)

    reply = api.place(api.body())

    assert (reply.status_code, reply.json()["code"]) == (409, "late")


def test_an_unknown_room_gets_the_nearest(api: Api) -> None:
    reply = api.place(api.body("503"))

    said = reply.json()
    assert (reply.status_code, said["code"], said["field"]) == (
        409,
        "no_such_home",
        "room",
    )
    assert said["nearest"][0] == {"building": "3", "unit": "", "room": "502"}


def test_a_number_that_is_none_is_refused_beside_its_field(api: Api) -> None:
    reply = api.place(api.body() | {"phone": "12"})

    assert (reply.status_code, reply.json()["field"]) == (409, "phone")


def test_a_package_of_another_day_is_refused(api: Api) -> None:
    foreign = factories.make_batch().stock.first()

    reply = api.place(api.body() | {"items": [{"stock": foreign.pk, "quantity": 1}]})

    assert (reply.status_code, reply.json()["code"]) == (409, "foreign")


def test_an_order_is_changed(api: Api) -> None:
    token = api.placed("502", A=1)
    body = api.body("601", B=2) | {"note": "放门口"}
    del body["submit_key"], body["phone"]

    reply = api.send("PUT", "order/", body, token)

    said = reply.json()
    assert (reply.status_code, said["room"], said["total_cents"]) == (200, "601", 12000)
    assert (said["note"], said["phone_masked"]) == ("放门口", "139****5678")
    assert Order.objects.get().phone == CANARY_PHONE
    assert (api.stock("A").reserved, api.stock("B").reserved) == (0, 2)


def test_a_change_that_cannot_be_changes_nothing(api: Api) -> None:
    token = api.placed(A=1)
    body = api.body(B=3)
    del body["submit_key"]

    reply = api.send("PUT", "order/", body, token)

    assert (reply.status_code, reply.json()["code"]) == (409, "over_limit")
    assert api.stock("A").reserved == 1


def test_what_staff_arranged_survives_the_owners_change(api: Api) -> None:
    token = api.placed(A=1)
    Order.objects.update(bring_to_door=True)
    body = api.body(A=2)
    del body["submit_key"]

    api.send("PUT", "order/", body, token)

    assert Order.objects.get().bring_to_door


def test_an_order_is_given_back_once(api: Api) -> None:
    token = api.placed(A=2)

    first = api.send("DELETE", "order/", token=token)
    again = api.send("DELETE", "order/", token=token)

    assert (first.status_code, first.json()["state"]) == (200, "cancelled")
    assert (again.status_code, again.json()["code"]) == (409, "state")
    assert api.stock("A").reserved == 0
    assert api.send("GET", "order/", token=token).json()["state"] == "cancelled"
    assert LogEntry.objects.filter(verb="cancel_order", actor="resident").count() == 1


def test_after_the_cutoff_an_order_stands(
    api: Api, noon: time_machine.Traveller
) -> None:
    token = api.placed(A=2)
    noon.move_to(api.batch.until_link + timedelta(seconds=1))
    body = api.body(A=1)
    del body["submit_key"]

    for reply in (
        api.send("PUT", "order/", body, token),
        api.send("DELETE", "order/", token=token),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "late")
    assert Order.objects.get().state == OrderState.STANDING


WRONG = ["", "Order", "Order ", "Order nobody", "Bearer x", "Key x", "Order \xff\xfe"]


@pytest.mark.parametrize("token", WRONG)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_wrong_token_opens_nothing_and_says_nothing(
    api: Api, method: str, token: str
) -> None:
    right = api.placed()
    number = Order.objects.get().number

    body = api.body() if method == "PUT" else None
    reply = api.send(method, "order/", body, token)

    assert reply.status_code == 401
    assert reply["WWW-Authenticate"] == "Order"
    assert number.encode() not in reply.content
    assert Order.objects.get().state == OrderState.STANDING
    assert right


def test_neither_the_number_nor_the_submit_key_opens_an_order(api: Api) -> None:
    body = api.body()
    number = api.place(body).json()["number"]

    for guess in (number, body["submit_key"], tokens.stored(body["submit_key"])):
        assert api.send("GET", "order/", token=f"Order {guess}").status_code == 401


def test_the_owners_number_comes_back_masked_only(api: Api) -> None:
    reply = api.place(api.body())

    assert CANARY_PHONE.encode() not in reply.content
    assert reply.json()["phone_masked"] == "139****5678"


@pytest.mark.parametrize("codes", ["A", "ABCDEF"])
def test_an_order_costs_the_same_to_read_however_many_lines(
    api: Api, codes: str
) -> None:
    for code in "CDEF":
        factories.make_offer(api.batch.group_buy, code)
    api.batch.stock.all().delete()
    api.batch.delete()
    api.batch = factories.make_batch(api.batch.group_buy)
    token = api.placed(**dict.fromkeys(codes, 1))

    with CaptureQueriesContext(connection) as queries:
        assert api.send("GET", "order/", token=token).status_code == 200

    assert len(queries) == 2


def test_a_unit_may_be_sent_by_itself_and_is_asked_for_where_it_is_missing(
    api: Api,
) -> None:
    building = api.compound.buildings.get(name="3")
    for unit in "12":
        building.households.create(unit=unit, room="802", sort=unit)

    unclear = api.place(api.body("802"))
    assert (unclear.status_code, unclear.json()["code"]) == (409, "several_homes")
    assert [home["unit"] for home in unclear.json()["nearest"]] == ["1", "2"]

    placed = api.place(api.body("802") | {"unit": "2"})
    assert (placed.status_code, placed.json()["unit"]) == (201, "2")
    short = api.place(api.body("1-802"))
    assert (short.status_code, short.json()["unit"]) == (201, "1")
