"""The batch page's numbers: whose, what is paid and due, and homes once the lists are there."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.build_lists import build_lists
from tests import factories as make
from tests.delivery.days import LATER, built_day, closed_day

pytestmark = pytest.mark.django_db
HOMES = re.compile('<dt>住户</dt>|<th class="n">户</th>')


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(LATER, tick=False):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_committee_sees_the_sums_of_its_own_compounds_only():
    day = built_day()
    far = make.make_compound(town=day.town, name="远方苑")
    make.ServedPlace.objects.create(group_buy=day.batch.group_buy, compound=far)
    make.make_order(day.batch, far, "1-101", items={"A": 40})

    page = signed_in(day.committee_staff.user).get(
        reverse("batch", args=[day.batch.pk])
    )

    assert page.context["totals"].packages == 4
    assert "远方苑" not in page.content.decode()
    assert page.context["suppliers"] == []


def test_sums_say_what_is_paid_and_what_is_due():
    day = built_day()
    day.other.paid_cents = day.other.total_cents
    day.other.save()

    page = signed_in(day.town_staff.user).get(reverse("batch", args=[day.batch.pk]))

    sums = page.context["totals"]
    assert (sums.orders, sums.homes, sums.total_cents) == (2, 2, 24000)
    assert (sums.paid_cents, sums.due_cents) == (6000, 18000)


def test_homes_stand_on_the_page_once_the_lists_are_built():
    day = closed_day()
    staff = day.town_staff.user, day.committee_staff.user
    page = reverse("batch", args=[day.batch.pk])

    before = [signed_in(user).get(page) for user in staff]
    build_lists(day.batch, now=LATER)
    after = [signed_in(user).get(page) for user in staff]

    for shown in before:
        assert shown.context["totals"].homes is None
        assert not HOMES.search(shown.content.decode())
    for shown in after:
        assert shown.context["totals"].homes == 2
        assert len(HOMES.findall(shown.content.decode())) == 2, "a number and a column"


@pytest.mark.parametrize("compounds", [1, 3])
def test_the_batch_page_asks_the_same_for_one_and_three_compounds(
    compounds, django_assert_num_queries
):
    day = built_day()
    for n in range(compounds - 1):
        place = make.make_compound(town=day.town)
        make.make_order(day.batch, place, f"{n + 1}-101", items={"A": 1})
    client = signed_in(day.town_staff.user)
    client.get(reverse("batch", args=[day.batch.pk]))

    with django_assert_num_queries(17):
        client.get(reverse("batch", args=[day.batch.pk]))
