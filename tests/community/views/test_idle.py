"""A desk left alone: signed out after half an hour, told why, led back."""

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories import NOON, make_batch, make_town, make_town_staff

pytestmark = pytest.mark.django_db
PASSWORD = "feng-wei-1901"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def half_an_hour(settings):
    settings.STAFF_IDLE_SECONDS = 30 * 60


@pytest.fixture
def person():
    return make_town_staff(make_town(), password=PASSWORD)


@pytest.fixture
def desk(client, person):
    client.force_login(person)
    client.get(reverse("places"))
    return client


def test_who_works_stays_signed_in(desk, clock):
    for _ in range(5):
        clock.shift(29 * 60)
        assert desk.get(reverse("places")).status_code == 200


def test_half_an_hour_without_a_touch_and_the_sign_in_says_why(desk, person, clock):
    clock.shift(30 * 60 + 1)

    answer = desk.get(reverse("find-order") + "?q=3-502", follow=True)

    assert "half an hour" in desk.get(answer.redirect_chain[0][0] + "&lang=en").text
    typed = {"username": person.username, "password": PASSWORD}
    typed["next"] = answer.context["next"]
    back = desk.post(answer.redirect_chain[0][0], typed)
    assert back.url == reverse("find-order") + "?q=3-502"
    assert desk.get(back.url).status_code == 200


def test_what_is_sent_too_late_is_not_done_and_leads_back_to_its_page(desk, clock):
    clock.shift(30 * 60 + 1)
    page = "http://testserver" + reverse("supplier-new")

    answer = desk.post(
        reverse("supplier-new"), {"name": "x"}, headers={"Referer": page}
    )

    there = {"next": reverse("supplier-new"), "why": "idle"}
    assert answer.url == reverse("sign-in", query=there)
    assert "_auth_user_id" not in desk.session


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(desk, person, clock):
    batch = make_batch()
    batch.group_buy.town = person.memberships.get().town
    batch.group_buy.save()
    live, page = reverse("today-live", args=[batch.pk]), reverse("today")
    for _ in range(3):
        clock.shift(10 * 60)
        assert desk.get(live, headers=HTMX).status_code == 200

    clock.shift(1)
    here = HTMX | {"HX-Current-URL": f"http://testserver{page}"}
    answer = desk.get(live, headers=here)

    assert answer["HX-Redirect"] == reverse(
        "sign-in", query={"next": page, "why": "idle"}
    )
    assert answer.content == b""


def test_after_half_a_day_even_a_busy_one_signs_in_anew(desk, clock):
    for _ in range(12 * 3):
        clock.shift(20 * 60)
        desk.get(reverse("places"))

    clock.shift(1)
    assert desk.get(reverse("places")).status_code == 302


def test_residents_pages_touch_no_session(desk):
    batch = make_batch()
    desk.get(reverse("link", args=[batch.group_buy.token]))
    before = Session.objects.get().session_data
    desk.get(reverse("mine"))
    assert Session.objects.get().session_data == before


def test_the_way_back_is_never_another_site(desk, person, clock):
    clock.shift(30 * 60 + 1)
    evil = {"Referer": "https://evil.example//evil.example/"}

    answer = desk.post(reverse("supplier-new"), {}, headers=evil)
    typed = {"username": person.username, "password": PASSWORD}
    typed["next"] = "//evil.example/"

    assert answer.url.startswith(reverse("sign-in"))
    assert desk.post(answer.url, typed).url == reverse("desk")
