"""A thumb too fast: what was tapped by mistake is taken back once, logged, and read no more."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.arrivals import building_done, hand_over, mark_arrived
from delivery.actions.build_lists import build_lists
from delivery.actions.take_back import building_not_done, take_back_arrival
from delivery.models import Arrival, Handover
from delivery.queries.links import token_of
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed
from orders.queries.mine import mine
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day, closed_day

pytestmark = pytest.mark.django_db
LATER_ON = NEXT_DAY + timedelta(minutes=20)


def north(day: Day):
    return day.compound.gates.get(name="北门")


def state_of(order) -> str:
    (found,) = mine([order], now=LATER_ON)
    return found.state


def test_an_arrival_is_taken_back_and_the_owner_reads_so():
    day = built_day()
    mark_arrived(day.batch, north(day), by=day.volunteer, now=NEXT_DAY)
    before = state_of(day.order)

    took = take_back_arrival(day.batch, north(day), by=day.volunteer, now=LATER_ON)
    again = take_back_arrival(day.batch, north(day), by=day.volunteer, now=LATER_ON)

    assert (before, state_of(day.order)) == ("at_gate", "packing")
    assert (took, again) == (True, False)
    entry = LogEntry.objects.get(verb="take_back_arrival")
    assert (entry.actor, entry.subject_id) == ("volunteer", north(day).pk)


def test_it_can_arrive_once_more_at_its_own_time():
    day = built_day()
    mark_arrived(day.batch, north(day), by=day.volunteer, now=NEXT_DAY)
    take_back_arrival(day.batch, north(day), by=day.town_staff, now=NEXT_DAY)

    mark_arrived(day.batch, north(day), by=day.volunteer, now=LATER_ON)

    assert Arrival.objects.get().at == LATER_ON


def test_only_the_tap_in_question_is_taken_back_and_only_once():
    day = closed_day()
    make.make_order(day.batch, day.compound, "12-202")
    build_lists(day.batch, now=LATER)
    hand_over(day.other, by=day.volunteer, now=NEXT_DAY)
    building_done(day.batch, day.compound, "12", by=day.volunteer, now=LATER_ON)
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=LATER_ON)
    mistake = {"tapped_at": LATER_ON, "by": day.volunteer, "now": LATER_ON}

    took = building_not_done(day.batch, day.compound, "12", **mistake)
    again = building_not_done(day.batch, day.compound, "12", **mistake)

    assert (took, again) == (1, 0)
    left = set(Handover.objects.values_list("order", flat=True))
    assert left == {day.other.pk, day.order.pk}
    assert LogEntry.objects.get(verb="building_not_done").data["orders"] == 1
    assert state_of(day.other) == "handed_out"


def test_a_strangers_link_takes_back_nothing():
    day, other = built_day(), built_day()
    mark_arrived(day.batch, north(day), by=day.volunteer, now=NEXT_DAY)
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=NEXT_DAY)
    committee = make.make_committee_staff(make.make_committee(day.town))

    for by in (other.volunteer, day.supplier("永辉"), staff(committee)):
        with pytest.raises(NotAllowed):
            take_back_arrival(day.batch, north(day), by=by, now=LATER_ON)
        with pytest.raises(NotAllowed):
            building_not_done(
                day.batch, day.compound, "3", tapped_at=NEXT_DAY, by=by, now=LATER_ON
            )

    assert Arrival.objects.exists()
    assert Handover.objects.exists()


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes to ``action``."""
    form = page.split(f'action="{action}"')[1].split("</form>")[0]
    hidden = form.split('<input type="hidden" name="')[1:]
    return {one.split('"')[0]: one.split('value="')[1].split('"')[0] for one in hidden}


def test_the_volunteers_pages_ask_once_and_take_it_back():
    day = built_day()
    token = token_of(day.batch.links.get(kind="volunteer"))
    gate_back = reverse("volunteer-not-arrived", args=[token, north(day).pk])
    done_back = reverse("volunteer-not-done", args=[token])
    page = reverse("volunteer", args=[token])
    building = reverse("volunteer-building", args=[token]) + "?b=3"
    client = Client()

    with time_machine.travel(NEXT_DAY + timedelta(microseconds=123), tick=False):
        nothing_to_take_back = client.get(page).content.decode()
        client.post(reverse("volunteer-arrived", args=[token, north(day).pk]))
        client.post(reverse("volunteer-done", args=[token]), {"b": "3"})
    with time_machine.travel(LATER_ON, tick=False):
        asked = client.get(page).content.decode()
        client.post(gate_back)
        fields = form_of(client.get(building).content.decode(), done_back)
        answer = client.post(done_back, fields)

    assert gate_back not in nothing_to_take_back
    assert f'action="{gate_back}"' in asked
    assert answer.url == building
    assert not Arrival.objects.exists()
    assert not Handover.objects.exists()


def test_the_office_takes_it_back_from_its_own_page():
    day = built_day()
    mark_arrived(day.batch, north(day), by=day.volunteer, now=NEXT_DAY)
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=NEXT_DAY)
    where = [day.batch.pk, day.compound.pk]
    done_back = reverse("building-not-done", args=where)
    client = Client()
    client.force_login(day.committee_staff.user)

    page = client.get(reverse("batch-compound", args=where)).content.decode()
    client.post(reverse("gate-not-arrived", args=[*where, north(day).pk]))
    client.post(done_back, form_of(page, done_back))

    assert not Arrival.objects.exists()
    assert not Handover.objects.exists()
    assert LogEntry.objects.filter(user=day.committee_staff.user).count() == 2


@pytest.mark.parametrize("typed", [{}, {"b": "3"}, {"b": "3", "at": "yesterday"}])
def test_a_form_that_was_tampered_with_changes_nothing(typed: dict[str, str]):
    day = built_day()
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=NEXT_DAY)
    token = token_of(day.batch.links.get(kind="volunteer"))

    with time_machine.travel(LATER_ON, tick=False):
        answer = Client().post(reverse("volunteer-not-done", args=[token]), typed)

    assert answer.status_code == 302
    assert Handover.objects.count() == 1
