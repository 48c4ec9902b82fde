"""Suppliers and packages on their pages: nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from catalog.models import Package, Supplier, SupplierPaper
from tests.factories import (
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


def test_a_new_supplier_belongs_to_the_person_s_town(desk, town):
    data = {"town": town.pk, "name": "光明随心订", "phone": "021-95105777"}

    answer = desk.post(reverse("supplier-new"), data)

    supplier = Supplier.objects.get()
    assert supplier.town == town
    assert answer.url == reverse("supplier", args=[supplier.pk])


def test_a_supplier_cannot_be_put_into_another_town(desk):
    data = {"town": make_town().pk, "name": "光明"}

    assert desk.post(reverse("supplier-new"), data).status_code == 422
    assert not Supplier.objects.exists()


def test_a_name_twice_is_said_beside_the_field_and_nothing_typed_is_lost(desk, town):
    make_supplier(town, "光明")
    data = {"town": town.pk, "name": "光明", "contact": "李女士", "phone": "62"}

    answer = desk.post(reverse("supplier-new"), data)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"name"}
    assert 'value="李女士"' in answer.text


def test_a_paper_is_added_on_the_supplier_s_page(desk, town):
    supplier = make_supplier(town)
    data = {"kind": "supply", "number": "沪保供001", "expires_on": "2022-06-30"}

    desk.post(reverse("paper-new", args=[supplier.pk]), data)

    paper = SupplierPaper.objects.get(kind="supply")
    assert (paper.number, paper.expires_on) == ("沪保供001", date(2022, 6, 30))


def test_suspending_without_a_reason_is_refused_on_the_page(desk, town):
    supplier = make_supplier(town)

    answer = desk.post(reverse("supplier-suspend", args=[supplier.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert answer.context["reason_form"].errors
    supplier.refresh_from_db()
    assert supplier.suspended_at is None


def test_a_package_is_typed_as_lines(desk, town):
    data = {
        "supplier": make_supplier(town).pk,
        "name": "100元蔬菜肉类",
        "items": "土鸡蛋 10枚\n东北大米 5公斤",
        "weight": "6公斤",
        "purchase_price": "82.5",
    }

    desk.post(reverse("package-new"), data)

    version = Package.objects.get().versions.get()
    assert (version.weight_grams, version.purchase_price_cents) == (6000, 8250)
    assert [i.name for i in version.items.all()] == ["土鸡蛋", "东北大米"]


def test_weight_is_added_up_when_every_item_has_one(desk, town):
    data = {
        "supplier": make_supplier(town).pk,
        "name": "三样菜",
        "items": "菠菜 1斤\n土豆 2公斤",
    }

    desk.post(reverse("package-new"), data)

    assert Package.objects.get().versions.get().weight_grams == 2500


def test_a_line_without_quantity_is_named_and_all_lines_are_still_there(desk, town):
    package = make_package(make_supplier(town))
    data = {"items": "土鸡蛋 10枚\n菠菜", "weight": "很重", "purchase_price": "x"}

    answer = desk.post(reverse("package-version", args=[package.pk]), data)

    form = answer.context["version_form"]
    assert answer.status_code == 422
    assert form.errors.keys() == {"items", "weight", "purchase_price"}
    assert "土鸡蛋 10枚\n菠菜" in answer.text
    assert package.versions.count() == 1


def test_a_foreign_supplier_is_no_choice(desk):
    data = {"supplier": make_supplier().pk, "name": "x", "items": "蛋 1枚"}

    assert desk.post(reverse("package-new"), data).status_code == 422
    assert not Package.objects.exists()


def test_a_price_too_high_warns_and_is_saved(desk, town):
    supplier = make_supplier(town)
    package = make_package(supplier, purchase_price_cents=5000)
    offer = make_offer(make_group_buy(town), "A", package=package, price_cents=10000)

    page = desk.get(reverse("package", args=[package.pk])).text

    assert "100" in page
    assert "message warning" in page
    assert offer.pk
