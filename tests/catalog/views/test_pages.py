"""Supply's pages: forms keep what was typed, lists ask no more for more rows."""

from datetime import date

import pytest
from django.urls import reverse

from catalog.models import GroupBuy, Offer, Package, Supplier, SupplierPaper
from groupbuy.shared.web import csp
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


def test_the_preview_is_the_shared_page_itself_in_a_frame_of_our_own(desk, town):
    group_buy = make_group_buy(town, compounds=[make_compound(town=town)])
    make_batch(group_buy)
    page = reverse("group-buy-preview-page", args=[group_buy.pk])

    assert page in desk.get(reverse("group-buy-preview", args=[group_buy.pk])).text
    framed = desk.get(page)
    assert group_buy.title in framed.text
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed[csp.HEADER]
    assert (
        "frame-ancestors 'none'"
        in desk.get(reverse("link", args=[group_buy.token]))[csp.HEADER]
    )


def test_a_draft_is_previewed_from_its_own_lines(desk, town):
    group_buy = make_group_buy(
        town, compounds=[make_compound(town=town)], published_at=None
    )
    make_offer(group_buy, "A", price_cents=4990)

    page = desk.get(reverse("group-buy-preview", args=[group_buy.pk])).text

    assert "49.90" in page
    assert "土鸡蛋 10枚" in page


def test_what_somebody_typed_is_text_never_markup(desk, town):
    make_package(make_supplier(town, "<script>alert(1)</script>"), "{{7*7}}")

    page = desk.get(reverse("packages")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
