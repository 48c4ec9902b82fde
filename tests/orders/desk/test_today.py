"""Today's page: the day's numbers, one row per package, one town at a time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import User
from orders.models import Demand
from orders.queries.desk.today import totals_by_supplier
from tests import factories as make


def test_today_shows_the_numbers_of_the_open_day(day: Any) -> None:
    make.make_order(day.batch, day.compound, "3-503", items={"A": 1, "B": 1})

    response = day.client.get(reverse("today"))

    numbers = response.context["numbers"]
    assert (numbers.orders, numbers.homes, numbers.packages) == (2, 2, 4)
    assert numbers.money_cents == 4 * 6000
    assert (numbers.link.hours, numbers.heads.hours) == (5, 6)


def test_a_package_may_come_to_more_than_fits_into_four_bytes(day: Any) -> None:
    day.batch.stock.filter(code="A").update(quota=1_000_000, reserved=900_000)

    numbers = day.client.get(reverse("today")).context["numbers"]
    assert numbers.money_cents >= 900_000 * 6000
    assert totals_by_supplier(day.batch)[0]["money"] == numbers.money_cents


def test_two_orders_of_one_home_are_one_home(day: Any) -> None:
    make.make_order(day.batch, day.compound, "3-502", items={"B": 1})

    numbers = day.client.get(reverse("today")).context["numbers"]

    assert (numbers.orders, numbers.homes) == (2, 1)


def test_a_row_shows_how_many_wait(day: Any) -> None:
    for device in ("one", "two"):
        Demand.objects.create(stock=day.stock("B"), device_hash=device, at=make.NOON)

    rows = day.client.get(reverse("today")).context["rows"]

    assert [(row.stock.code, row.stock.waiting) for row in rows] == [("A", 0), ("B", 2)]


def test_the_last_hour_is_amber_and_the_end_is_said(
    day: Any, noon: time_machine.Traveller
) -> None:
    noon.move_to(day.batch.until_link - timedelta(minutes=59))
    assert b'class="time soon"' in day.client.get(reverse("today")).content

    noon.move_to(day.batch.until_link)
    numbers = day.client.get(reverse("today")).context["numbers"]
    assert numbers.link.is_over
    assert not numbers.heads.is_over


def test_a_day_without_open_batches_says_so(day: Any) -> None:
    make.close(day.batch)

    assert b"Nothing is open for orders" in day.client.get(reverse("today")).content


def test_another_towns_day_is_not_here(
    day: Any, sign_in: Callable[[User], Client]
) -> None:
    other = make.make_batch()
    stranger = sign_in(make.make_town_staff(make.make_town()))

    assert other not in day.client.get(reverse("today")).context["tabs"]
    for name in ("today-batch", "today-live", "close-now", "call-off"):
        url = reverse(name, args=[day.batch.pk])
        assert stranger.get(url).status_code == 404, name


def test_committee_staff_does_not_run_the_day(
    day: Any, sign_in: Callable[[User], Client]
) -> None:
    member = sign_in(make.make_committee_staff(day.compound.committee))

    assert member.get(reverse("today")).status_code == 404


def test_the_live_numbers_touch_no_field(day: Any) -> None:
    page = day.client.get(reverse("today-live", args=[day.batch.pk])).content.decode()

    assert "<input" not in page
    assert "<form" not in page
    assert f'id="left-{day.stock().pk}" hx-swap-oob="true"' in page


def test_polling_stops_when_the_day_has_closed(day: Any) -> None:
    make.close(day.batch)

    response = day.client.get(reverse("today-live", args=[day.batch.pk]))

    assert response.status_code == 286
    assert reverse("batch", args=[day.batch.pk]) in response.content.decode()


@pytest.mark.parametrize("codes", ["C", "CDE"])
def test_more_rows_need_no_more_queries(
    day: Any, codes: str, django_assert_num_queries: Any
) -> None:
    batch = make.make_batch(make.make_group_buy(day.town, [day.compound]), codes)
    url = reverse("today-batch", args=[batch.pk])
    day.client.get(url)

    with django_assert_num_queries(10):
        day.client.get(url)
