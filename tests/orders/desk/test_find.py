"""Finding an order by what people say, within what the person may see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import User
from orders.queries.desk.find import Asked, understood
from tests import factories as make


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("品质苑 3-502", Asked("品质苑", ("3", "502"), number="3502")),
        ("品质苑3号楼502室", Asked("品质苑", ("3", "502"), number="3502")),
        ("品质苑６号甲302", Asked("品质苑", ("6甲", "302"), number="6302")),
        ("pzy 3-1-502", Asked("PZY", ("3", "1", "502"), number="31502")),
        ("PZY3-502", Asked("PZY", ("3", "502"), number="3502")),
        ("金星村 3组12号", Asked("金星村", ("3", "12"), number="312")),
        ("3-502", Asked("", ("3", "502"), number="3502")),
        ("品质苑", Asked("品质苑")),
        ("8000", Asked("", ("8000",), "8000", "8000")),
        ("138 0013 8000", Asked("", (), "13800138000", "13800138000")),
        ("021-64091234", Asked("", (), "02164091234", "02164091234")),
        ("", Asked()),
    ],
)
def test_a_search_is_taken_apart(text: str, asked: Asked) -> None:
    found = understood(text)

    if found.phone_end or found.place or not found.number:
        assert (found.place, found.home, found.phone_end) == (
            asked.place,
            asked.home,
            asked.phone_end,
        )
    assert found.home == asked.home


@pytest.mark.parametrize(
    "text",
    [
        "品质苑 3-502",
        "品质 502",
        "pzy 3-502",
        "PZY3号楼502室",
        "3-502",
        "8000",
        "13800138000",
    ],
)
def test_the_order_of_3_502_is_found(day: Any, text: str) -> None:
    make.make_order(day.batch, day.compound, "4-101", phone="13900001111")

    response = day.client.get(reverse("find-order"), {"q": text})

    assert response.context["orders"] == [day.order]


def test_an_order_is_found_by_its_number(day: Any) -> None:
    order = make.make_order(day.batch, day.compound, "4-101", number="399527813")

    response = day.client.get(reverse("find-order"), {"q": "399 527 813"})

    assert response.context["orders"] == [order]


def test_the_list_shows_no_whole_phone(day: Any) -> None:
    page = day.client.get(reverse("find-order"), {"q": "8000"}).content.decode()

    assert "138****8000" in page
    assert "13800138000" not in page


def test_nothing_found_says_so_and_keeps_the_words(day: Any) -> None:
    page = day.client.get(reverse("find-order"), {"q": "没有苑 <b>1"}).content.decode()

    assert "没有苑 &lt;b&gt;1" in page
    assert "No order found" in page


def test_no_search_reaches_another_town(
    day: Any, sign_in: Callable[[User], Client]
) -> None:
    stranger = sign_in(make.make_town_staff(make.make_town()))

    for text in ("品质苑 3-502", "8000", day.order.number):
        assert stranger.get(reverse("find-order"), {"q": text}).context["orders"] == []


def test_a_committee_finds_its_own_homes_only(
    day: Any, sign_in: Callable[[User], Client]
) -> None:
    neighbour = make.make_compound(town=day.town, name="品质新苑")
    make.make_order(day.batch, neighbour, "3-502")
    member = sign_in(make.make_committee_staff(day.compound.committee))

    found = member.get(reverse("find-order"), {"q": "3-502"}).context["orders"]

    assert found == [day.order]


@pytest.mark.parametrize("count", [1, 3])
def test_more_orders_need_no_more_queries(
    day: Any, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        make.make_order(day.batch, day.compound, f"8-{n + 101}", items={"A": 1, "B": 1})

    with django_assert_num_queries(7):
        day.client.get(reverse("find-order"), {"q": "品质苑 8"})
