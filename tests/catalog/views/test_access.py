"""Every supply page for every role: another town's object is not here, a stranger signs in."""

import pytest
from django.urls import reverse

from catalog.urls import urlpatterns
from tests.factories import (
    make_committee,
    make_committee_staff,
    make_compound,
    make_group_buy,
    make_offer,
    make_package,
    make_supplier,
    make_town,
    make_town_staff,
    make_user,
)

pytestmark = pytest.mark.django_db

# name: (what its argument is, method)
PAGES = {
    "suppliers": ("", "get"),
    "supplier-new": ("", "get"),
    "supplier": ("supplier", "get"),
    "paper-new": ("supplier", "post"),
    "paper-drop": ("paper", "post"),
    "supplier-suspend": ("supplier", "post"),
    "supplier-resume": ("supplier", "post"),
    "packages": ("", "get"),
    "package-new": ("", "get"),
    "package": ("package", "get"),
    "package-version": ("package", "post"),
    "package-copy": ("package", "post"),
    "group-buys": ("", "get"),
    "group-buy-new": ("", "get"),
    "group-buy": ("group_buy", "get"),
    "group-buy-edit": ("group_buy", "get"),
    "group-buy-publish": ("group_buy", "post"),
    "group-buy-end": ("group_buy", "post"),
    "group-buy-places": ("group_buy", "get"),
    "group-buy-preview": ("group_buy", "get"),
    "offer-new": ("group_buy", "get"),
    "offer": ("offer", "get"),
    "offer-withdraw": ("offer", "post"),
    "offer-restore": ("offer", "post"),
    "places": ("", "get"),
    "places-import": ("", "get"),
    "places-committee": ("committee", "get"),
}


def world(town):
    """One of everything in ``town``."""
    committee = make_committee(town)
    group_buy = make_group_buy(town, compounds=[make_compound(committee)])
    supplier = make_supplier(town)
    package = make_package(supplier)
    return {
        "supplier": supplier.pk,
        "paper": supplier.papers.first().pk,
        "package": package.pk,
        "group_buy": group_buy.pk,
        "offer": make_offer(group_buy, "A", package=package).pk,
        "committee": committee.pk,
    }


def ask(client, name, ids):
    argument, method = PAGES[name]
    url = reverse(name, args=[ids[argument]] if argument else [])
    return getattr(client, method)(url)


def test_the_table_names_every_supply_page():
    assert {pattern.name for pattern in urlpatterns} <= PAGES.keys()


@pytest.mark.parametrize("name", PAGES)
def test_town_staff_open_their_own(client, name):
    town = make_town()
    ids = world(town)
    client.force_login(make_town_staff(town))

    assert ask(client, name, ids).status_code in {200, 302, 422}


@pytest.mark.parametrize("name", [n for n, (arg, _m) in PAGES.items() if arg])
def test_another_town_s_object_is_not_here(client, name):
    ids = world(make_town())
    client.force_login(make_town_staff(make_town()))

    assert ask(client, name, ids).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_committee_staff_and_people_without_a_role_find_nothing(client, name):
    town = make_town()
    ids = world(town)

    for user in (make_committee_staff(make_committee(town)), make_user()):
        client.force_login(user)
        assert ask(client, name, ids).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client, name):
    answer = ask(client, name, world(make_town()))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", [n for n, (_a, m) in PAGES.items() if m == "post"])
def test_looking_changes_nothing(client, name):
    town = make_town()
    ids = world(town)
    client.force_login(make_town_staff(town))
    argument, _method = PAGES[name]

    assert client.get(reverse(name, args=[ids[argument]])).status_code == 405


@pytest.mark.parametrize("name", ["suppliers", "packages", "group-buys", "places"])
def test_no_list_shows_another_town(client, name):
    other = make_town("别处镇")
    supplier = make_supplier(other, "别处供应商")
    make_package(supplier, "别处套餐")
    make_group_buy(other, title="别处团")
    make_committee(other, "别处居委会")
    client.force_login(make_town_staff(make_town()))

    assert "别处" not in client.get(reverse(name)).text
