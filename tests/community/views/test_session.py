"""Signing in and out, and the first page of each role."""

import pytest
from django.urls import reverse

from groupbuy.community.models import Membership
from tests.factories import (
    make_committee,
    make_committee_staff,
    make_town,
    make_town_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
PASSWORD = "feng-wei-1901"


def sign_in(client, user, password=PASSWORD, **query):
    url = reverse("sign-in", query=query) if query else reverse("sign-in")
    return client.post(url, {"username": user.username, "password": password, **query})


def test_town_staff_begin_with_today(client):
    user = make_town_staff(make_town(), password=PASSWORD)

    assert sign_in(client, user).url == reverse("desk")
    assert client.get(reverse("desk")).url == reverse("today")


def test_committee_staff_begin_with_their_committee(client):
    client.force_login(make_committee_staff(make_committee()))

    assert client.get(reverse("desk")).url == reverse("committee")


def test_who_has_no_role_is_told_whom_to_ask(client):
    client.force_login(make_user())

    assert client.get(reverse("desk")).status_code == 403


def test_a_role_taken_away_counts_from_the_next_request(client):
    client.force_login(make_town_staff(make_town()))
    assert client.get(reverse("suppliers")).status_code == 200

    Membership.objects.update(is_active=False)

    assert client.get(reverse("suppliers")).status_code == 404


def test_a_wrong_password_and_an_unknown_name_look_the_same(client):
    user = make_town_staff(make_town(), password=PASSWORD)
    wrong = sign_in(client, user, "wrong")
    user.username = "nobody"
    unknown = sign_in(client, user, "wrong")

    assert wrong.status_code == unknown.status_code == 200
    words = [e.context["form"].non_field_errors() for e in (wrong, unknown)]
    assert list(words[0]) == list(words[1])
    assert words[0]


def test_the_page_after_sign_in_is_never_another_site(client):
    user = make_town_staff(make_town(), password=PASSWORD)

    assert sign_in(client, user, next="//evil.example/").url == reverse("desk")


def test_signing_out_needs_a_press_of_the_button(client):
    client.force_login(make_town_staff(make_town()))

    assert client.get(reverse("sign-out")).status_code == 405
    client.post(reverse("sign-out"))
    assert client.get(reverse("desk")).url.startswith(reverse("sign-in"))


def test_the_navigation_shows_each_role_its_own_pages(client):
    town = make_town()
    client.force_login(make_town_staff(town))
    assert reverse("suppliers") in client.get(reverse("places")).text

    client.force_login(make_committee_staff(make_committee(town)))
    page = client.get(reverse("committee")).text
    assert reverse("find-order") in page
    assert reverse("suppliers") not in page


def test_staff_pages_are_never_kept_by_a_browser_or_proxy(client):
    client.force_login(make_town_staff(make_town()))

    assert "no-store" in client.get(reverse("places"))["Cache-Control"]
