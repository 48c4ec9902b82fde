"""The password once more before homes leave: right, wrong, too often wrong, with the phone."""

from base64 import b32decode
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from groupbuy.community.models import User
from groupbuy.community.requests import in_person
from groupbuy.community.rules import PROOF_HOLDS, has_proved
from tests.factories import NOON, make_committee, make_committee_staff

pytestmark = pytest.mark.django_db
PAGE = "prove-again"
PASSWORD = "feng-wei-1901"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def person() -> User:
    return make_committee_staff(make_committee(), password=PASSWORD)


@pytest.fixture
def desk(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def later(clock) -> None:
    """Longer than a proof holds, shorter than the idle sign-out."""
    clock.shift(PROOF_HOLDS + timedelta(seconds=1))


def is_sure(client: Client, person: User, rf) -> bool:
    """Whether an export would go out in this session now."""
    request = rf.get("/")
    request.session, request.user = client.session, person
    return has_proved(in_person(request), timezone.now())


def test_a_sign_in_proves_for_a_quarter_of_an_hour(desk, person, clock, rf):
    clock.shift(PROOF_HOLDS)
    assert is_sure(desk, person, rf)

    clock.shift(timedelta(seconds=1))
    assert not is_sure(desk, person, rf)


def test_the_password_proves_again_and_leads_back(desk, person, clock, rf):
    later(clock)
    page = f"{reverse(PAGE)}?next=/desk/batches/"
    assert "code" not in desk.get(page).context["form"].fields

    answer = desk.post(page, {"password": PASSWORD})

    assert answer.url == "/desk/batches/"
    assert is_sure(desk, person, rf)


@pytest.mark.parametrize("typed", ["", "feng-wei", PASSWORD.upper(), PASSWORD + " "])
def test_another_password_proves_nothing(desk, person, clock, rf, typed):
    later(clock)

    answer = desk.post(reverse(PAGE), {"password": typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"password"}
    assert PASSWORD not in answer.text
    assert not is_sure(desk, person, rf)


def test_a_colleague_s_password_is_not_one_s_own(desk, person, clock, rf):
    make_committee_staff(make_committee(), password="another-1902")
    later(clock)

    desk.post(reverse(PAGE), {"password": "another-1902"})

    assert not is_sure(desk, person, rf)


def test_guessing_is_stopped_as_at_the_sign_in(desk, person, clock, rf, settings):
    later(clock)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        desk.post(reverse(PAGE), {"password": "wrong"})

    assert desk.post(reverse(PAGE), {"password": PASSWORD}).status_code == 429
    assert not is_sure(desk, person, rf)


def enrolled(client: Client) -> bytes:
    key = b32decode(client.get(reverse("second-factor")).context["secret"])
    client.post(reverse("second-factor"), {"code": f"{totp(key):06d}"})
    return key


def test_where_a_phone_is_enrolled_the_password_alone_proves_nothing(
    desk, person, clock, rf
):
    key = enrolled(desk)
    later(clock)

    alone = desk.post(reverse(PAGE), {"password": PASSWORD})
    wrong = desk.post(reverse(PAGE), {"password": PASSWORD, "code": "000000"})
    assert alone.context["form"].errors.keys() == {"code"}
    assert wrong.status_code == 422
    assert not is_sure(desk, person, rf)

    clock.shift(30)  # the phone was slowed down by the wrong code
    both = {"password": PASSWORD, "code": f"{totp(key):06d}"}
    assert desk.post(reverse(PAGE), both).status_code == 302
    assert is_sure(desk, person, rf)


def test_a_sign_in_by_the_password_alone_proves_nothing_once_there_is_a_phone(
    desk, person, clock, rf
):
    enrolled(desk)
    desk.logout()
    desk.force_login(person)

    assert not is_sure(desk, person, rf)


def test_whoever_finds_a_desk_left_alone_gains_nothing_by_a_phone_of_their_own(
    desk, person, clock, rf
):
    later(clock)

    enrolled(desk)

    assert not is_sure(desk, person, rf)


def test_the_way_back_is_never_another_site(desk):
    page = f"{reverse(PAGE)}?next=//evil.example/"

    assert desk.post(page, {"password": PASSWORD}).url == reverse("desk")


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("?next=/desk/batches/", "/desk/batches/"),
        ("?next=/desk/sheets/1/&back=/desk/batches/", "/desk/batches/"),
        ("?next=/desk/batches/&back=//elsewhere.example/", "/desk/"),
        ("?next=javascript:alert(1)", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_who_would_rather_not_goes_back_on_this_site(desk, asked, back):
    page = desk.get(reverse(PAGE) + asked).text
    assert f'class="alone" href="{back}"' in page
