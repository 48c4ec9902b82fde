"""Published means complete: each thing that can be missing, alone."""

from datetime import date

import pytest

from catalog.models import GroupBuy, Offer, PackageItem, PackageVersion, Supplier
from catalog.queries.completeness import gaps, missing, offers_to_open
from catalog.queries.margins import above_ceiling, margin_percent
from tests.factories import NOON, make_compound, make_group_buy, make_offer, make_town

pytestmark = pytest.mark.django_db
TOMORROW = date(2022, 4, 12)


@pytest.fixture
def group_buy():
    town = make_town()
    group_buy = make_group_buy(town, compounds=[make_compound(town=town)])
    make_offer(group_buy, "A")
    return group_buy


def test_what_is_complete_misses_nothing(group_buy):
    assert missing(group_buy, on=TOMORROW) == []


ONE_THING = {
    "contact": lambda: GroupBuy.objects.update(contact_name=""),
    "phone": lambda: GroupBuy.objects.update(contact_phone=""),
    "remedy": lambda: GroupBuy.objects.update(remedy=""),
    "rhythm": lambda: GroupBuy.objects.update(rhythm="weekdays", weekdays=[]),
    "places": lambda: GroupBuy.objects.get().places.all().delete(),
    "price": lambda: Offer.objects.update(price_cents=0),
    "offers": lambda: Offer.objects.update(withdrawn_at=NOON),
    "weight": lambda: PackageVersion.objects.update(weight_grams=None),
    "items": lambda: PackageItem.objects.all().delete(),
    "quantity": lambda: PackageItem.objects.filter(position=0).update(quantity=""),
    "possible": lambda: PackageItem.objects.filter(position=0).update(name="时令菜"),
    "suspended": lambda: Supplier.objects.update(suspended_at=NOON),
    "after-sales": lambda: Supplier.objects.update(phone=""),
    "food permit": lambda: Supplier.objects.get().papers.filter(kind="food").delete(),
    "licence": lambda: (
        Supplier.objects.get()
        .papers.filter(kind="licence")
        .update(expires_on=date(2022, 4, 11))
    ),
}


@pytest.mark.parametrize("take_away", ONE_THING.values(), ids=ONE_THING.keys())
def test_each_missing_thing_is_named_once(group_buy, take_away):
    take_away()
    group_buy.refresh_from_db()

    assert len(missing(group_buy, on=TOMORROW)) == 1


def test_volume_in_words_is_as_good_as_weight(group_buy):
    PackageVersion.objects.update(weight_grams=None, volume_note="950毫升")

    assert missing(group_buy, on=TOMORROW) == []


def test_undetermined_items_are_fine_with_what_they_may_be(group_buy):
    items = PackageItem.objects.filter(position=0)
    items.update(name="时令菜", possible="菠菜/上海青")

    assert missing(group_buy, on=TOMORROW) == []


def test_any_paper_the_supplier_holds_must_be_valid(group_buy):
    supplier = Supplier.objects.get()
    supplier.papers.create(kind="pass", number="9", expires_on=date(2022, 4, 1))
    assert len(missing(group_buy, on=TOMORROW)) == 1

    supplier.papers.create(kind="pass", number="10", expires_on=date(2022, 5, 1))
    assert missing(group_buy, on=TOMORROW) == []


def test_each_gap_says_which_page_mends_it(group_buy):
    offer = group_buy.offers.get()
    Offer.objects.update(price_cents=0)
    Supplier.objects.update(phone="")

    found = {(gap.page, gap.page_id) for gap in gaps(group_buy, on=TOMORROW)}

    assert found == {("offer", offer.pk), ("supplier", offer.package.supplier_id)}


def test_only_complete_offers_are_opened(group_buy):
    make_offer(group_buy, "B", price_cents=0)

    assert [o.code for o in offers_to_open(group_buy, on=TOMORROW)] == ["A"]


def test_margins_count_on_the_purchase_price():
    version = PackageVersion(purchase_price_cents=10000)

    assert margin_percent(13500, 10000) == 35
    assert above_ceiling(13500, version, 35) is None
    assert above_ceiling(13501, version, 35) == 35
    assert margin_percent(13500, None) is None
    assert above_ceiling(13500, PackageVersion(), 35) is None
