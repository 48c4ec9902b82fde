"""Group buys on their pages: terms, offers, places, preview."""

import pytest
from django.urls import reverse

from catalog.models import GroupBuy, Offer
from tests.factories import (
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


TERMS = {
    "title": "古藤马桥",
    "rhythm": "every_n",
    "every_days": "3",
    "starts_on": "2022-04-12",
    "skip_dates": "2022-05-01，2022/05/02",
    "lead_days": "1",
    "cutoff_link": "15:00",
    "cutoff_heads": "17:00",
    "window_from": "08:00",
    "window_to": "18:30",
}


def test_terms_are_typed_with_days_and_times(desk, town):
    desk.post(reverse("group-buy-new"), TERMS | {"town": town.pk})

    group_buy = GroupBuy.objects.get()
    assert group_buy.skip_dates == ["2022-05-01", "2022-05-02"]
    assert (group_buy.every_days, f"{group_buy.cutoff_heads:%H:%M}") == (3, "17:00")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rhythm": "weekdays"}, "weekdays"),
        ({"window_to": "07:00"}, "window_to"),
        ({"lead_days": "0"}, "lead_days"),
        ({"every_days": "0"}, "every_days"),
        ({"skip_dates": "五一"}, "skip_dates"),
        ({"starts_on": "2022-02-30"}, "starts_on"),
        ({"title": ""}, "title"),
    ],
)
def test_wrong_terms_are_said_beside_their_field(desk, town, wrong, field):
    answer = desk.post(reverse("group-buy-new"), TERMS | {"town": town.pk} | wrong)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert 'value="15:00"' in answer.text
    assert not GroupBuy.objects.exists()


def test_publishing_shows_what_is_missing_with_a_link_to_each(desk, town):
    bare = make_group_buy(town, published_at=None, remedy="")

    page = desk.post(reverse("group-buy-publish", args=[bare.pk]), follow=True)

    assert len(page.context["gaps"]) == 3
    for name in ("group-buy-edit", "group-buy-places", "offer-new"):
        assert reverse(name, args=[bare.pk]) in page.text


def test_places_are_ticked_whole_or_by_building(desk, town):
    group_buy = make_group_buy(town)
    whole, part = make_compound(town=town), make_compound(town=town)
    building = make_building(part, "6甲")
    url = reverse("group-buy-places", args=[group_buy.pk])

    desk.post(url, {"compounds": [whole.pk], "buildings": [building.pk]})

    assert desk.get(url).text.count(" checked") == 2
    places = group_buy.places.values_list("compound", "building")
    assert set(places) == {(whole.pk, None), (part.pk, building.pk)}


def test_a_foreign_compound_cannot_be_ticked(desk, town):
    group_buy = make_group_buy(town)
    url = reverse("group-buy-places", args=[group_buy.pk])

    answer = desk.post(url, {"compounds": [make_compound().pk]})

    assert answer.status_code == 422
    assert not group_buy.places.exists()


def test_a_new_line_gets_the_next_letter_and_its_price_in_cents(desk, town):
    group_buy = make_group_buy(town)
    make_offer(group_buy, "A")
    url = reverse("offer-new", args=[group_buy.pk])
    assert 'value="B"' in desk.get(url).text

    data = {"package": make_package(make_supplier(town)).pk, "code": "b"}
    data |= {"price": "49.90", "household_limit": 2, "daily_quota": 500}
    desk.post(url, data | {"held_for_heads": 0})

    offer = Offer.objects.get(code="B")
    assert (offer.price_cents, offer.daily_quota) == (4990, 500)


def test_a_line_s_package_stays_what_it_is(desk, town):
    offer = make_offer(make_group_buy(town), "A")
    other = make_package(make_supplier(town))
    data = {"package": other.pk, "code": "A", "price": "60"}
    data |= {"household_limit": 2, "daily_quota": 500, "held_for_heads": 0}

    desk.post(reverse("offer", args=[offer.pk]), data)

    offer.refresh_from_db()
    assert offer.package != other
    assert offer.household_limit == 2


@pytest.mark.parametrize("fields", [{}, {"published_at": None}])
def test_the_preview_frames_the_residents_own_page(desk, town, fields):
    """Between two days and before there is any, too: it is never a sketch."""
    group_buy = make_group_buy(town, compounds=[make_compound(town=town)], **fields)
    page = reverse("group-buy-preview-page", args=[group_buy.pk])

    shown = desk.get(reverse("group-buy-preview", args=[group_buy.pk]))

    assert f'<iframe src="{page}"' in shown.text
    assert (reverse("link", args=[group_buy.token]) in shown.text) is (not fields)
