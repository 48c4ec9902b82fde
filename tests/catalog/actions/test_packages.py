"""Packages and what they hold from one version to the next."""

import pytest

from catalog.actions.packages import add_package, copy_package, new_version
from catalog.models import Package, PackageVersion
from catalog.reading.items import Item, read_items
from groupbuy.community.models import staff
from groupbuy.shared.errors import NotAllowed, Refused
from tests.factories import (
    NOON,
    make_batch,
    make_group_buy,
    make_offer,
    make_package,
    make_supplier,
    make_town,
    make_town_staff,
)

pytestmark = pytest.mark.django_db
MILK = [Item("鲜牛奶", "950毫升")]


@pytest.fixture
def supplier():
    return make_supplier()


@pytest.fixture
def by(supplier):
    return staff(make_town_staff(supplier.town))


def test_a_new_package_comes_with_its_first_version(supplier, by):
    items = read_items("土鸡蛋 10枚\n时令菜 1公斤（菠菜/上海青）")
    package = Package(supplier=supplier, name="60元蔬菜")

    add_package(
        package, PackageVersion(weight_grams=3000), items=items, by=by, now=NOON
    )

    version = Package.objects.get(name="60元蔬菜").versions.get()
    assert (version.number, version.made_at) == (1, NOON)
    assert [(i.name, i.quantity, i.possible) for i in version.items.all()] == [
        ("土鸡蛋", "10枚", ""),
        ("时令菜", "1公斤", "菠菜/上海青"),
    ]


def test_new_contents_are_a_new_version_and_what_was_bought_stays(supplier, by):
    package = make_package(supplier)
    group_buy = make_group_buy(supplier.town)
    make_offer(group_buy, "A", package=package)
    stock = make_batch(group_buy, codes="").stock.get()

    new_version(package, PackageVersion(weight_grams=950), items=MILK, by=by, now=NOON)

    assert [v.number for v in package.versions.all()] == [2, 1]
    stock.refresh_from_db()
    assert stock.version.number == 1
    assert [i.name for i in stock.version.items.all()] == ["土鸡蛋", "大米"]


def test_a_package_on_offer_cannot_become_incomplete(supplier, by):
    package = make_package(supplier)
    make_offer(make_group_buy(supplier.town), "A", package=package)

    with pytest.raises(Refused) as refusal:
        new_version(package, PackageVersion(), items=MILK, by=by, now=NOON)
    assert refusal.value.field == "items"
    vague, weighed = [Item("时令菜", "1公斤")], PackageVersion(weight_grams=1000)
    with pytest.raises(Refused):
        new_version(package, weighed, items=vague, by=by, now=NOON)
    assert package.versions.count() == 1

    told = PackageVersion(volume_note="950毫升")
    assert new_version(package, told, items=MILK, by=by, now=NOON).number == 2


def test_a_package_nobody_offers_may_be_a_draft(supplier, by):
    package = make_package(supplier)

    assert new_version(package, PackageVersion(), items=MILK, by=by, now=NOON)


def test_a_copy_begins_with_the_newest_contents_and_lives_on_its_own(supplier, by):
    package = make_package(supplier, "牛奶", purchase_price_cents=4000)
    new_version(package, PackageVersion(weight_grams=950), items=MILK, by=by, now=NOON)

    twin = copy_package(package, name="牛奶（大）", by=by, now=NOON)

    version = twin.versions.get()
    assert (version.number, version.weight_grams) == (1, 950)
    assert [i.name for i in version.items.all()] == ["鲜牛奶"]
    assert package.versions.count() == 2


def test_a_copy_of_the_same_name_is_refused_and_leaves_nothing(supplier, by):
    package = make_package(supplier, "牛奶")

    with pytest.raises(Refused) as refusal:
        copy_package(package, name="牛奶", by=by, now=NOON)

    assert refusal.value.field == "name"
    assert Package.objects.count() == 1


def test_another_town_s_staff_may_touch_nothing(supplier):
    package = make_package(supplier)
    stranger = staff(make_town_staff(make_town()))

    with pytest.raises(NotAllowed):
        new_version(package, PackageVersion(), items=MILK, by=stranger, now=NOON)
    with pytest.raises(NotAllowed):
        copy_package(package, name="x", by=stranger, now=NOON)
