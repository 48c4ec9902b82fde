"""A head's first page says what is open, what was handed in, and when the next round comes."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import factories as make


def test_a_head_sees_the_cutoff_with_its_date_and_the_next_round(street) -> None:
    page = street.client.get(street.path).content.decode()

    assert "Building 3" in page
    assert "五里桥" in page
    assert "Round 2: hand in until" in page
    assert "today 18:00" in page
    assert "Monday 11 April" in page
    assert "tomorrow" in page
    assert "Tuesday 12 April" in page
    assert "Round 3 comes Friday 15 April" in page
    assert "Hand in until Thursday 14 April 18:00" in page


def test_what_was_handed_in_and_when(street) -> None:
    make.make_order(street.batch, home="3-501", channel="head", items={"A": 2, "B": 1},
                    placed_at=make.NOON - timedelta(hours=2))  # fmt: skip
    make.make_order(street.batch, home="3-101", channel="proxy")
    make.make_order(street.batch, home="3-502")  # by the link
    make.make_order(street.batch, home="4-401", channel="head")

    page = street.client.get(street.path).content.decode()

    assert "Homes handed in: 2, the first at 10:00, the last at 12:00." in page
    assert "A×2 B×1" in page
    assert "401" not in page
    assert "502" not in page


def test_all_orders_show_the_link_s_without_name_and_phone(street) -> None:
    make.make_order(street.batch, home="3-501", channel="head", name="魏阿姨")
    make.make_order(street.batch, home="3-502", name="陈女士", phone="13900001111")

    page = street.client.get(street.page("orders")).content.decode()

    assert "魏阿姨" in page
    assert "by the building head" in page
    assert "502" in page
    assert "by the link" in page
    assert "陈女士" not in page
    assert "13900001111" not in page
    assert "13800138000" not in page


def test_after_the_cutoff_the_page_says_whom_to_call(street, noon) -> None:
    noon.move_to(street.batch.until_heads)
    page = street.client.get(street.path).content.decode()

    assert "Handing in has ended" in page
    assert "021-64090000" in page
    assert "Enter room by room" not in page


def test_a_head_with_an_account_lands_on_the_building(street) -> None:
    client = street.signed_in(street.head)
    landed = client.get("/desk/", follow=True)
    assert landed.redirect_chain[-1][0] == f"/desk/buildings/{street.building.pk}/"
    assert "Enter room by room" in landed.content.decode()


def test_nobody_else_gets_in(street) -> None:
    there = f"/desk/buildings/{street.building.pk}/"
    other = street.compound.buildings.get(name="4")
    assert Client().get(there).status_code == 302
    assert street.signed_in(make.make_head(other)).get(there).status_code == 404
    assert street.signed_in(make.make_user()).get(there).status_code == 404
    assert street.signed_in(make.make_user()).get("/desk/buildings/").status_code == 404
    assert street.signed_in(street.committee).get(there).status_code == 200
    assert Client().get("/b/" + "a" * 32 + "/").status_code == 404


def test_a_day_of_another_building_is_not_there(street) -> None:
    elsewhere = make.make_batch(make.make_group_buy(compounds=[make.make_compound()]))
    there = f"{street.path}orders/{elsewhere.pk}/"
    assert street.client.get(there).status_code == 404


def test_no_page_of_a_head_is_kept_by_a_cache(street) -> None:
    assert "no-store" in street.client.get(street.path)["Cache-Control"]


@pytest.mark.parametrize("orders", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    street, orders, django_assert_num_queries
) -> None:
    for room in ("101", "501", "502")[:orders]:
        make.make_order(street.batch, home=f"3-{room}", channel="head")
    with django_assert_num_queries(7):
        street.client.get(street.path)


def test_a_lost_cookie_costs_a_head_by_link_nothing_an_account_is_checked(
    street,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(street.page("grid"), {}).status_code == 302

    strict.force_login(street.head)
    there = f"/desk/buildings/{street.building.pk}/grid/{street.batch.pk}/"
    assert strict.post(there, {}).status_code == 403


def test_money_of_a_cancelled_home_is_to_be_given_back(street) -> None:
    gone = {"state": "cancelled", "ended_at": make.NOON, "paid_cents": 6000}
    make.make_order(street.batch, home="3-501", channel="head", **gone)
    make.make_order(street.batch, home="3-502", **gone)  # by the link: the committee's

    page = street.client.get(street.page("orders")).content.decode()

    text = " ".join(page.split())
    assert "Money to give back: <b>501</b> 60 yuan" in text
    assert "502" not in text
