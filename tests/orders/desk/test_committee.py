"""The committee's page: its homes by building, and the cash by one tap."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import RESIDENT, User
from orders.actions.change_order import change_order
from orders.models import Order, Wish
from orders.queries.desk.committee import overview
from tests import factories as make

HTMX = {"HX-Request": "true"}


@pytest.fixture
def member(day: Any, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(make.make_committee_staff(day.compound.committee))


def page_of(client: Client, day: Any, batch: object = "") -> Any:
    return client.get(
        reverse("committee-compound", args=[day.compound.pk]), {"day": batch}
    )


def test_orders_stand_by_building_as_people_count(day: Any, member: Client) -> None:
    for home in ("12-101", "3-1701", "3-201"):
        make.make_order(day.batch, day.compound, home)

    buildings = page_of(member, day).context["buildings"]

    assert [(b.name, [o.room for o in b.orders]) for b in buildings] == [
        ("3", ["201", "502", "1701"]),
        ("12", ["101"]),
    ]


def test_both_orders_of_a_home_say_same_home_as_long_as_both_stand(
    day: Any, member: Client
) -> None:
    second = make.make_order(day.batch, day.compound, "3-502")
    elsewhere = make.make_order(day.batch, day.compound, "3-601")

    def marked() -> set[Order]:
        [building] = page_of(member, day).context["buildings"]
        return {order for order in building.orders if order.same_home}

    assert marked() == {day.order, second}
    page = member.get(reverse("desk-order", args=[day.order.pk])).content.decode()
    assert "packed together" in page

    wish = Wish(day.compound.pk, "3", "601", {day.stock().pk: 1})
    change_order(second, wish=wish, by=RESIDENT, now=make.NOON)
    assert marked() == {second, elsewhere}
    page = member.get(reverse("desk-order", args=[day.order.pk])).content.decode()
    assert "packed together" not in page

    member.post(reverse("desk-order-cancel", args=[elsewhere.pk]))
    assert marked() == set()


def test_the_row_keeps_its_mark_when_the_money_is_taken(
    day: Any, member: Client
) -> None:
    make.make_order(day.batch, day.compound, "3-502")

    url = reverse("committee-paid", args=[day.order.pk])
    assert "same home" in member.post(url, headers=HTMX).content.decode()


def test_one_tap_takes_the_money_and_brings_the_sums(day: Any, member: Client) -> None:
    url = reverse("committee-paid", args=[day.order.pk])

    response = member.post(url, headers=HTMX)

    day.order.refresh_from_db()
    assert day.order.paid_cents == 12000
    money = response.context["money"]
    assert (money.due_cents, money.paid_cents) == (0, 12000)
    assert b'id="day-money" hx-swap-oob="true"' in response.content


def test_a_second_tap_is_refused_with_a_sentence(day: Any, member: Client) -> None:
    url = reverse("committee-paid", args=[day.order.pk])
    member.post(url, headers=HTMX)

    response = member.post(url, headers=HTMX)

    assert response.status_code == 409
    assert b"nothing left to pay" in response.content


def test_without_javascript_the_tap_comes_back_to_the_row(
    day: Any, member: Client
) -> None:
    response = member.post(reverse("committee-paid", args=[day.order.pk]))

    assert response["Location"].endswith(f"?day={day.batch.pk}#order-{day.order.pk}")


def test_money_of_a_cancelled_order_is_to_be_given_back(
    day: Any, member: Client
) -> None:
    member.post(reverse("committee-paid", args=[day.order.pk]))
    day.client.post(reverse("desk-order-cancel", args=[day.order.pk]))

    assert page_of(member, day).context["give_back"] == [day.order]

    member.post(reverse("committee-paid", args=[day.order.pk]))
    assert page_of(member, day).context["give_back"] == []


def test_the_last_closed_day_stays_in_reach(day: Any, member: Client) -> None:
    make.close(day.batch)
    tomorrow = make.make_batch(
        day.batch.group_buy, delivery_on=make.DAY.replace(day=13)
    )

    assert page_of(member, day).context["batch"] == tomorrow
    closed = page_of(member, day, day.batch.pk)
    assert closed.context["batch"] == day.batch
    there = reverse("batch-compound", args=[day.batch.pk, day.compound.pk])
    assert there in closed.content.decode()


def test_a_committee_with_one_compound_goes_straight_there(
    day: Any, member: Client
) -> None:
    response = member.get(reverse("committee"))

    assert response["Location"] == reverse("committee-compound", args=[day.compound.pk])


def test_the_town_sees_all_its_compounds_busy_ones_first(day: Any) -> None:
    make.make_compound(town=day.town, name="安静苑")

    rows = day.client.get(reverse("committee")).context["rows"]

    assert [(row.compound.name, row.orders, row.due_cents) for row in rows] == [
        ("品质苑", 1, 12000),
        ("安静苑", 0, 0),
    ]


@pytest.mark.parametrize("compounds", [1, 3])
def test_only_what_stands_in_an_open_day_is_in_hand(
    day: Any, compounds: int, django_assert_num_queries: Any
) -> None:
    for _ in range(compounds - 1):
        make.make_order(day.batch, make.make_compound(town=day.town), "1-101")
    off = {"state": "cancelled", "ended_at": make.NOON}
    make.make_order(day.batch, day.compound, "3-601", **off)
    make.make_order(day.batch, day.compound, "3-602", paid_cents=2000)
    over = make.close(make.make_batch(make.make_group_buy(compounds=[day.compound])))
    make.make_order(over, day.compound, "3-603")

    with django_assert_num_queries(2):
        rows = overview(day.person)

    sums = {row.compound: (row.orders, row.due_cents) for row in rows}
    assert sums.pop(day.compound) == (2, 16000)
    assert list(sums.values()) == [(1, 6000)] * (compounds - 1)


def test_another_committees_homes_are_not_here(
    day: Any, sign_in: Callable[[User], Client]
) -> None:
    other = sign_in(make.make_committee_staff(make.make_committee(day.town)))

    assert page_of(other, day).status_code == 404
    paid = other.post(reverse("committee-paid", args=[day.order.pk]))
    assert paid.status_code == 404
    day.order.refresh_from_db()
    assert day.order.paid_cents == 0


@pytest.mark.parametrize("count", [1, 3])
def test_more_orders_need_no_more_queries(
    day: Any, member: Client, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        make.make_order(day.batch, day.compound, f"{n + 4}-101", items={"A": 1, "B": 1})

    with django_assert_num_queries(11):
        page_of(member, day)
