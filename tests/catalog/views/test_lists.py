"""Supply's lists ask no more for more rows, and show what needs a look."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_batch,
    make_building,
    make_compound,
    make_group_buy,
    make_offer,
    make_package,
    make_supplier,
    make_town,
    make_town_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def desk(client, town):
    client.force_login(make_town_staff(town))
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_suppliers_ask_as_often_for_one_as_for_three(
    desk, town, count, django_assert_num_queries
):
    for _ in range(count):
        make_package(make_supplier(town))

    with django_assert_num_queries(5):
        desk.get(reverse("suppliers"))


@pytest.mark.parametrize("count", [1, 3])
def test_packages_ask_as_often_for_one_as_for_three(
    desk, town, count, django_assert_num_queries
):
    group_buy = make_group_buy(town)
    for n in range(count):
        make_offer(group_buy, "ABC"[n])

    with django_assert_num_queries(7):
        desk.get(reverse("packages"))


@pytest.mark.parametrize("count", [1, 3])
def test_group_buys_ask_as_often_for_one_as_for_three(
    desk, town, count, django_assert_num_queries
):
    for _ in range(count):
        make_batch(make_group_buy(town, compounds=[make_compound(town=town)]))

    with django_assert_num_queries(5):
        desk.get(reverse("group-buys"))


@pytest.mark.parametrize("count", [1, 3])
def test_one_group_buy_asks_as_often_for_three_offers_and_places(
    desk, town, count, django_assert_num_queries
):
    compounds = [make_compound(town=town) for _ in range(count)]
    group_buy = make_group_buy(town, compounds=compounds)
    supplier = make_supplier(town)
    for n in range(count):
        make_offer(group_buy, "ABC"[n], supplier)

    with django_assert_num_queries(15):
        desk.get(reverse("group-buy", args=[group_buy.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_places_picker_asks_as_often_for_three_compounds(
    desk, town, count, django_assert_num_queries
):
    group_buy = make_group_buy(town)
    for _ in range(count):
        make_building(make_compound(town=town), "1")

    with django_assert_num_queries(8):
        desk.get(reverse("group-buy-places", args=[group_buy.pk]))


def test_a_supplier_with_an_ending_paper_stands_out(desk, town):
    supplier = make_supplier(town, "光明")
    supplier.papers.filter(kind="food").update(expires_on=date(2020, 1, 1))

    page = desk.get(reverse("suppliers")).text

    assert "2020-01-01" in page
    assert "tag cannot" in page


def test_what_somebody_typed_is_text_never_markup(desk, town):
    make_package(make_supplier(town, "<script>alert(1)</script>"), "{{7*7}}")

    page = desk.get(reverse("packages")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
