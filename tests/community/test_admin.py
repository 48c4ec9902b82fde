"""The stock admin: superusers only, and no secret or resident's datum on its pages."""

import pytest
from django.contrib import admin
from django.urls import reverse

from catalog.models import Stock
from groupbuy.community.models import Town, User
from orders.models import HomeUse, Order
from tests.factories import (
    make_batch,
    make_compound,
    make_group_buy,
    make_order,
    make_town_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
CHANGED_HERE = {"user", "town", "committee"}
OURS = {"community", "catalog", "orders", "delivery"}


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root", password="x-9-x-9-x"))
    return client


def ours():
    return [
        (model, registered)
        for model, registered in admin.site._registry.items()
        if model._meta.app_label in OURS
    ]


def test_town_staff_do_not_get_in(client):
    client.force_login(make_town_staff(Town.objects.create(name="镇", slug="z")))

    assert client.get(reverse("admin:index"), follow=True).status_code == 404


def test_is_staff_alone_opens_nothing_not_even_an_empty_index(client):
    client.force_login(make_user(is_staff=True))

    for name in ("admin:index", "admin:community_town_changelist"):
        assert client.get(reverse(name), follow=True).status_code == 404


def test_the_admin_has_no_sign_in_beside_the_house_s_own(client):
    answer = client.get(reverse("admin:index"), follow=True)

    there = reverse("sign-in", query={"next": reverse("admin:index")})
    assert answer.redirect_chain[-1] == (there, 302)


def test_a_superuser_sees_the_index(root):
    assert root.get(reverse("admin:index")).status_code == 200


def test_every_list_opens(root):
    make_order(make_batch())

    for model, _registered in ours():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert root.get(reverse(name)).status_code == 200, name


def test_only_accounts_and_the_top_of_the_tree_are_changed_here(root, rf):
    request = rf.get("/")
    request.user = User.objects.get(username="root")

    changeable = {
        model._meta.model_name
        for model, registered in ours()
        if registered.has_change_permission(request)
    }

    assert changeable == CHANGED_HERE


def test_stock_cannot_be_posted_past_its_verbs(root):
    make_batch(codes="A")
    stock = Stock.objects.get()
    url = reverse("admin:catalog_stock_change", args=[stock.pk])

    assert root.post(url, {"quota": 1}).status_code == 403
    assert Stock.objects.get().quota == 1000


def test_no_home_is_read_here_unnoted(root):
    compound = make_compound(buildings={"3": ["7502"]})
    batch = make_batch(make_group_buy(compounds=[compound]))
    order = make_order(batch, compound, "3-7502")
    assert HomeUse.objects.get().home_key == order.home_key

    for model, _registered in ours():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages = [reverse(f"{name}_changelist")]
        pages += [reverse(f"{name}_change", args=[o.pk]) for o in model.objects.all()]
        for page in pages:
            assert "7502" not in root.get(page).text, page


def test_an_order_s_phone_name_and_token_are_not_shown(root):
    order = make_order(make_batch(), phone="13912345678", name="魏女士", note="轻放")

    page = root.get(reverse("admin:orders_order_change", args=[order.pk])).text

    assert order.number in page
    for secret in ("13912345678", "魏女士", "轻放", Order.objects.get().token_hash):
        assert secret not in page


def test_a_person_without_a_role_does_not_get_in(client):
    client.force_login(make_user())

    assert client.get(reverse("admin:orders_order_changelist")).status_code == 302
