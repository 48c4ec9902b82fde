"""A group buy's terms, places and offers; publishing and ending it."""

from datetime import date, time

import pytest

from catalog.actions.group_buys import (
    restore_offer,
    save_group_buy,
    save_offer,
    save_places,
    withdraw_offer,
)
from catalog.actions.open_batch import open_batch
from catalog.actions.publish import Incomplete, end_group_buy, publish
from catalog.models import GroupBuy, Offer, SupplierPaper
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed, Refused
from tests.factories import (
    DAY,
    NOON,
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
def by(town):
    return staff(make_town_staff(town))


@pytest.fixture
def draft(town):
    """Complete, not published."""
    group_buy = make_group_buy(
        town, compounds=[make_compound(town=town)], published_at=None
    )
    make_offer(group_buy, "A")
    return group_buy


def test_a_new_group_buy_gets_a_link_nobody_can_guess(town, by):
    group_buy = GroupBuy(
        town=town,
        title="古藤",
        starts_on=DAY,
        cutoff_link=time(15),
        cutoff_heads=time(17),
        window_from=time(14),
        window_to=time(18),
    )

    save_group_buy(group_buy, by=by, now=NOON)

    assert len(GroupBuy.objects.get().token) >= 22


def test_a_title_stands_once_in_a_town(draft, by):
    again = GroupBuy(town=draft.town, title=draft.title)

    with pytest.raises(Refused) as refusal:
        save_group_buy(again, by=by, now=NOON)
    assert refusal.value.field == "title"


def test_publishing_opens_the_way_for_batches(draft, by):
    assert open_batch(draft, now=NOON) is None

    publish(draft, by=by, now=NOON)

    assert open_batch(draft, now=NOON).delivery_on == date(2022, 4, 12)
    assert LogEntry.objects.filter(verb="publish", user=by.user).count() == 1


def test_publishing_is_refused_with_the_list_of_what_is_missing(town, by):
    bare = make_group_buy(town, published_at=None, contact_phone="", remedy="")

    with pytest.raises(Incomplete) as refusal:
        publish(bare, by=by, now=NOON)

    assert len(refusal.value.missing) == 4  # contact, remedy, places, packages
    bare.refresh_from_db()
    assert bare.published_at is None


def test_papers_must_last_to_the_day_of_delivery(draft, by):
    """Ordered on the 11th, delivered on the 12th: valid on the 11th is not enough."""
    SupplierPaper.objects.filter(kind="food").update(expires_on=date(2022, 4, 11))
    with pytest.raises(Incomplete):
        publish(draft, by=by, now=NOON)

    SupplierPaper.objects.filter(kind="food").update(expires_on=date(2022, 4, 12))
    publish(draft, by=by, now=NOON)


def test_a_published_group_buy_cannot_lose_what_made_it_complete(draft, by):
    publish(draft, by=by, now=NOON)

    draft.contact_phone = ""
    with pytest.raises(Incomplete):
        save_group_buy(draft, by=by, now=NOON)
    with pytest.raises(Incomplete):
        save_places(draft, compounds=[], buildings=[], by=by, now=NOON)

    draft.refresh_from_db()
    assert draft.contact_phone == "021-64091234"
    assert draft.places.count() == 1


def test_a_supplier_s_expired_paper_does_not_hold_up_other_mending(draft, by):
    publish(draft, by=by, now=NOON)
    SupplierPaper.objects.update(expires_on=date(2022, 1, 1))

    draft.contact_name = "李师傅"
    save_group_buy(draft, by=by, now=NOON)

    draft.refresh_from_db()
    assert draft.contact_name == "李师傅"


def test_what_was_missing_before_may_be_mended_step_by_step(draft, by):
    publish(draft, by=by, now=NOON)
    GroupBuy.objects.update(remedy="", contact_name="")
    draft.refresh_from_db()

    draft.remedy = "三天内退款"
    save_group_buy(draft, by=by, now=NOON)

    draft.refresh_from_db()
    assert draft.remedy == "三天内退款"


def test_an_ended_group_buy_opens_nothing_and_can_be_published_again(draft, by):
    publish(draft, by=by, now=NOON)
    end_group_buy(draft, by=by, now=NOON)
    assert open_batch(draft, now=NOON) is None

    publish(draft, by=by, now=NOON)
    assert open_batch(draft, now=NOON) is not None


def test_a_building_of_a_whole_compound_is_not_listed_twice(draft, town, by):
    whole, part = make_compound(town=town), make_compound(town=town)
    inside, single = make_building(whole, "1"), make_building(part, "2")

    save_places(draft, compounds=[whole], buildings=[inside, single], by=by, now=NOON)

    places = draft.places.values_list("compound", "building")
    assert set(places) == {(whole.pk, None), (part.pk, single.pk)}


def test_another_town_s_compound_is_not_served(draft, by):
    with pytest.raises(NotAllowed):
        save_places(draft, compounds=[make_compound()], buildings=[], by=by, now=NOON)

    assert draft.places.count() == 1


def test_a_code_stands_once_also_when_its_line_is_withdrawn(draft, by):
    withdraw_offer(draft.offers.get(), by=by, now=NOON)
    package = make_package(make_supplier(draft.town))
    line = Offer(
        group_buy=draft, package=package, code="A", price_cents=100, daily_quota=1
    )

    with pytest.raises(Refused) as refusal:
        save_offer(line, by=by, now=NOON)
    assert refusal.value.field == "code"


def test_another_town_s_package_is_not_offered(draft, by):
    package = make_package(make_supplier())
    line = Offer(
        group_buy=draft, package=package, code="B", price_cents=100, daily_quota=1
    )

    with pytest.raises(NotAllowed):
        save_offer(line, by=by, now=NOON)


def test_a_new_price_is_for_the_next_batch(draft, by):
    publish(draft, by=by, now=NOON)
    stock = open_batch(draft, now=NOON).stock.get()

    offer = draft.offers.get()
    offer.price_cents = 9900
    save_offer(offer, by=by, now=NOON)

    stock.refresh_from_db()
    assert stock.price_cents == 6000
    assert LogEntry.objects.get(verb="save_offer").data == {"price_cents": 9900}


def test_a_published_group_buy_takes_no_incomplete_package(draft, by):
    publish(draft, by=by, now=NOON)
    package = make_package(make_supplier(draft.town), weight_grams=None)
    line = Offer(
        group_buy=draft, package=package, code="B", price_cents=100, daily_quota=1
    )

    with pytest.raises(Incomplete):
        save_offer(line, by=by, now=NOON)

    assert draft.offers.count() == 1


def test_a_withdrawn_line_can_come_back(draft, by):
    offer = draft.offers.get()
    withdraw_offer(offer, by=by, now=NOON)
    assert offer.withdrawn_at == NOON

    restore_offer(offer, by=by, now=NOON)
    assert offer.withdrawn_at is None


def test_another_town_s_staff_may_touch_nothing(draft):
    stranger = staff(make_town_staff(make_town()))

    for verb in (publish, end_group_buy, save_group_buy):
        with pytest.raises(NotAllowed):
            verb(draft, by=stranger, now=NOON)
    with pytest.raises(NotAllowed):
        withdraw_offer(draft.offers.get(), by=stranger, now=NOON)
