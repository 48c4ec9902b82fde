"""The second factor of town staff: password, then the phone's code."""

from base64 import b32decode

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from groupbuy.community.actions.second_factor import enrol_second_factor, new_device
from groupbuy.community.models import LogEntry, User
from groupbuy.shared.errors import Refused
from tests.factories import (
    NOON,
    make_committee,
    make_committee_staff,
    make_town,
    make_town_staff,
)

pytestmark = pytest.mark.django_db
PAGE = "second-factor"


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    return make_town_staff(make_town())


@pytest.fixture
def desk(client, person):
    client.force_login(person)
    return client


def code_of(key):
    return f"{totp(key):06d}"


def enrol(client):
    secret = client.get(reverse(PAGE)).context["secret"]
    key = b32decode(secret)
    client.post(reverse(PAGE), {"code": code_of(key)})
    return key


def test_without_the_code_no_staff_page_opens(desk):
    answer = desk.get(reverse("suppliers"))

    assert answer.status_code == 302
    assert answer.url == f"{reverse(PAGE)}?next=%2Fdesk%2Fsuppliers%2F"


def test_a_phone_is_enrolled_by_its_first_code_and_then_the_pages_open(desk, person):
    assert "data:image/svg+xml" in desk.get(reverse(PAGE)).text

    enrol(desk)

    assert TOTPDevice.objects.get().user == person
    assert LogEntry.objects.get(verb="enrol_second_factor").user == person
    assert desk.get(reverse("suppliers")).status_code == 200


def test_looking_at_the_enrolment_page_stores_nothing(desk):
    desk.get(reverse(PAGE))

    assert not TOTPDevice.objects.exists()


def test_the_next_sign_in_asks_for_the_code_and_shows_no_secret(desk, person, clock):
    key = enrol(desk)
    clock.shift(60)
    desk.logout()
    desk.force_login(person)
    page = desk.get(reverse(PAGE) + "?next=/desk/places/")
    assert "secret" not in page.context

    answer = desk.post(reverse(PAGE) + "?next=/desk/places/", {"code": code_of(key)})

    assert answer.url == "/desk/places/"
    assert desk.get(reverse("places")).status_code == 200


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_opens_nothing(desk, code):
    answer = desk.post(reverse(PAGE), {"code": code})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"code"}
    assert not TOTPDevice.objects.exists()
    assert desk.get(reverse("suppliers")).status_code == 302


def test_a_code_opens_once(desk, person):
    key = enrol(desk)
    desk.logout()
    desk.force_login(person)

    answer = desk.post(reverse(PAGE), {"code": code_of(key)})

    assert answer.status_code == 422


def test_guessing_is_slowed_down_and_the_count_survives_the_refusal(
    desk, person, clock
):
    key = enrol(desk)
    clock.shift(60)
    desk.logout()
    desk.force_login(person)
    for _ in range(3):
        desk.post(reverse(PAGE), {"code": "000000"})

    assert TOTPDevice.objects.get().throttling_failure_count > 0
    assert desk.post(reverse(PAGE), {"code": code_of(key)}).status_code == 422

    clock.shift(30)
    assert desk.post(reverse(PAGE), {"code": code_of(key)}).status_code == 302


def test_a_second_phone_is_not_slipped_in(desk, person):
    enrol(desk)
    desk.logout()
    desk.force_login(person)

    desk.post(reverse(PAGE), {"code": "000000"})

    assert TOTPDevice.objects.count() == 1
    assert desk.get(reverse("suppliers")).status_code == 302


def new_codes(client):
    """Enrolled, with the ten codes as the page showed them."""
    key = b32decode(client.get(reverse(PAGE)).context["secret"])
    return client.post(reverse(PAGE), {"code": code_of(key)}).context["codes"]


def sign_in_again(client, person, clock):
    clock.shift(60)
    client.logout()
    client.force_login(person)


def test_ten_recovery_codes_are_shown_once_and_kept_as_hashes(desk):
    key = b32decode(desk.get(reverse(PAGE)).context["secret"])
    page = desk.post(reverse(PAGE), {"code": code_of(key)})

    codes = page.context["codes"]
    assert len(set(codes)) == 10
    assert all(code in page.text for code in codes)
    assert "no-store" in page["Cache-Control"]
    kept = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert not any(code.replace(" ", "") in kept for code in codes)
    assert codes[0] not in desk.get(reverse("recovery-codes")).text


def test_a_recovery_code_opens_once_instead_of_the_phone(desk, person, clock):
    code, other, *_rest = new_codes(desk)
    sign_in_again(desk, person, clock)

    answer = desk.post(reverse(PAGE), {"code": code})
    assert answer.url == reverse("recovery-codes")
    assert desk.get(answer.url).context["left"] == 9
    assert desk.get(reverse("suppliers")).status_code == 200
    assert LogEntry.objects.get(verb="use_recovery_code").user == person

    sign_in_again(desk, person, clock)
    assert desk.post(reverse(PAGE), {"code": code}).status_code == 422
    clock.shift(60)
    assert desk.post(reverse(PAGE), {"code": other}).status_code == 302


def test_another_person_s_recovery_code_opens_nothing(client, desk, person, clock):
    code, *_rest = new_codes(desk)
    other = make_town_staff(person.memberships.get().town)
    client.force_login(other)
    enrol(client)
    sign_in_again(client, other, clock)

    assert client.post(reverse(PAGE), {"code": code}).status_code == 422


def test_new_codes_make_the_old_ones_void(desk, person, clock):
    old, *_rest = new_codes(desk)
    new = desk.post(reverse("recovery-codes")).context["codes"]
    assert old not in new
    sign_in_again(desk, person, clock)

    assert desk.post(reverse(PAGE), {"code": old}).status_code == 422
    clock.shift(60)
    assert desk.post(reverse(PAGE), {"code": new[0]}).status_code == 302


def test_a_lost_phone_is_replaced_by_who_holds_a_recovery_code(desk, person, clock):
    key = b32decode(desk.get(reverse(PAGE)).context["secret"])
    codes = desk.post(reverse(PAGE), {"code": code_of(key)}).context["codes"]
    sign_in_again(desk, person, clock)
    desk.post(reverse(PAGE), {"code": codes[0]})

    desk.post(reverse("phone-lost"))
    assert not TOTPDevice.objects.exists()
    enrol(desk)
    assert desk.get(reverse("suppliers")).status_code == 200
    assert bytes.fromhex(TOTPDevice.objects.get().key) != key


def test_after_a_lost_phone_the_password_alone_adds_none(desk, person, clock):
    """Its owner left before adding another; the password's thief comes now."""
    codes = new_codes(desk)
    sign_in_again(desk, person, clock)
    desk.post(reverse(PAGE), {"code": codes[0]})
    desk.post(reverse("phone-lost"))
    sign_in_again(desk, person, clock)

    page = desk.get(reverse(PAGE))
    assert "secret" not in page.context
    code = code_of(new_device(person).bin_key)
    with pytest.raises(Refused):
        enrol_second_factor(person, code=code, proved_by=None, now=timezone.now())
    assert not TOTPDevice.objects.exists()
    assert desk.post(reverse(PAGE), {"code": codes[1]}).status_code == 302


def test_a_phone_that_is_at_hand_is_not_lost(desk):
    enrol(desk)

    desk.post(reverse("phone-lost"))

    assert TOTPDevice.objects.exists()


def test_recovery_codes_are_not_for_who_came_by_the_password_alone(desk, person, clock):
    new_codes(desk)
    sign_in_again(desk, person, clock)

    for answer in (
        desk.get(reverse("recovery-codes")), desk.post(reverse("recovery-codes")),
        desk.post(reverse("phone-lost")),
    ):  # fmt: skip
        assert answer.url.startswith(reverse(PAGE))


def test_the_way_back_is_never_another_site(desk):
    key = b32decode(desk.get(reverse(PAGE)).context["secret"])

    answer = desk.post(reverse(PAGE) + "?next=//evil.example/", {"code": code_of(key)})

    assert answer.context["next"] == reverse("desk")


def test_the_admin_asks_for_it_too(client):
    client.force_login(User.objects.create_superuser("root", password="x-9-x-9-x"))

    assert client.get(reverse("admin:index")).url.startswith(reverse(PAGE))


def test_committee_staff_sign_in_with_their_password(client):
    client.force_login(make_committee_staff(make_committee()))

    assert client.get(reverse("committee")).status_code == 200


def test_embedded_the_demo_s_sign_ins_work_as_printed(desk, settings):
    settings.SECOND_FACTOR = False

    assert desk.get(reverse("suppliers")).status_code == 200
