"""What a phone sends when it has a signal again, and the worker that opens pages without one."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.models import Handover
from delivery.queries.links import token_of
from delivery.queries.words import stamp
from tests.delivery.days import NEXT_DAY, Day, built_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(NEXT_DAY + timedelta(hours=2), tick=False):
        yield


def address(day: Day, name: str, *more: object) -> str:
    token = token_of(day.batch.links.get(kind="volunteer", revoked_at__isnull=True))
    return reverse(name, args=[token, *more])


def at(minutes: int) -> int:
    return stamp(NEXT_DAY + timedelta(minutes=minutes))


def test_taps_are_taken_together_and_answered_home_by_home():
    day = built_day()
    page = address(day, "volunteer-taps")
    one, two = day.order.pk, day.other.pk

    Client().post(page, {"tap": [f"{two} 0 {at(30)}"]})
    answer = Client().post(
        page, {"tap": [f"{one} 1 {at(5)}", f"{two} 1 {at(10)}", f"0 1 {at(5)}"]}
    )
    told = {one["order"]: one for one in answer.json()["taps"]}

    assert Handover.objects.get().at == NEXT_DAY + timedelta(minutes=5)
    assert answer.json()["now"] == at(120)
    assert told[one] == {
        "order": one, "reached": True, "when": at(5), "clock": "14:05", "says": "",
    }  # fmt: skip
    assert not told[two]["reached"]
    assert "14:30" in told[two]["says"]
    assert told[0]["says"]


@pytest.mark.parametrize(
    "tap",
    ["", "1", "x 1 1700000000000", "1 2 1700000000000", "1 1 99999999999999999999"],
)
def test_what_no_phone_of_ours_sends_changes_nothing(tap: str):
    day = built_day()
    good = f"{day.order.pk} 1 {at(5)}"

    answer = Client().post(address(day, "volunteer-taps"), {"tap": [good, tap]})

    assert answer.status_code == 422
    assert not Handover.objects.exists()


def test_a_form_of_another_site_sends_no_tap():
    day = built_day()
    client = Client(enforce_csrf_checks=True)
    client.get(address(day, "volunteer"))

    answer = client.post(
        address(day, "volunteer-taps"), {"tap": f"{day.order.pk} 1 {at(5)}"}
    )

    assert answer.status_code == 403
    assert not Handover.objects.exists()


def test_without_a_script_one_home_is_ticked_and_taken_back_and_the_page_says_so():
    day = built_day()
    building = address(day, "volunteer-building") + "?b=3"

    done = Client().post(address(day, "volunteer-home-done", day.order.pk))
    assert Handover.objects.exists()
    back = Client().post(address(day, "volunteer-home-not-done", day.order.pk))
    page = Client().get(building)

    assert done.url == back.url == f"{building}#o{day.order.pk}"
    assert not Handover.objects.exists()
    (home,) = page.context["homes"]
    assert home.taken_back_at == NEXT_DAY + timedelta(hours=2)
    assert "16:00" in page.content.decode()


def test_the_worker_lives_below_its_link_and_is_kept_nowhere():
    day = built_day()
    where = address(day, "volunteer-worker")

    answer = Client().get(where)

    assert where.startswith(address(day, "volunteer"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-store" in answer["Cache-Control"]
    with time_machine.travel(NEXT_DAY + timedelta(days=3), tick=False):
        assert Client().get(where).status_code == 404
