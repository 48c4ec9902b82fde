"""Keys that nobody may foresee, and forms that need no more protection than their address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import Batch
from groupbuy.community.models import (
    RESIDENT,
    Building,
    HeadLink,
    LogEntry,
    head,
)
from groupbuy.community.queries.head_links import head_link_path
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.place_order import place_order
from orders.models import Order, Wish
from tests import factories
from tests.house.world import day_of


@pytest.fixture
def building(db: None) -> Building:
    compound = factories.make_compound(buildings={"3": ["501", "502"]})
    return compound.buildings.get()


@pytest.fixture
def today(building: Building) -> Batch:
    now = timezone.now()
    group_buy = factories.make_group_buy(compounds=[building.compound])
    factories.make_offer(group_buy, "A")
    return day_of(group_buy, now, timedelta(days=2))


@pytest.fixture
def link(building: Building) -> HeadLink:
    return factories.make_head_link(building)


def test_a_stranger_cannot_use_up_the_key_of_a_homes_next_hand_in(
    building: Building, today: Batch
) -> None:
    """Everything a key might be made of is countable; so the key must be more than that."""
    now, place = timezone.now(), building.compound_id
    home = f"{today.pk}:{building.pk}:/501:1"
    wish = Wish(place, "3", "502", {today.stock.first().pk: 1}, phone="13800138000")
    for key in (f"chain:{home}", f"chain:{home}".replace(":", "-"), home):
        place_order(today, wish=wish, submit_key=key, by=RESIDENT, now=now)
    chain = factories.make_chain(today, building, {"501": {"A": 1}})

    [result] = hand_in_chain(chain, by=head([building.pk]), now=now)

    assert result.refusal == ""
    assert result.order is not None
    assert result.order.room == "501"


def test_behind_a_link_no_cookie_lends_a_right(link: HeadLink, today: Batch) -> None:
    """That is why it needs no CSRF check: what is done there the link does, and nobody else."""
    factories.make_chain(today, link.building, {"501": {"A": 1}})
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(
        factories.make_committee_staff(link.building.compound.committee)
    )

    chain = today.chains.get()
    browser.post(
        f"{head_link_path(link)}paste/{today.pk}/", {"chain": chain.pk, "do": "hand"}
    )

    order = Order.objects.get()
    acts = LogEntry.objects.filter(subject="order", subject_id=order.pk)
    assert order.entered_by is None
    assert {(act.actor, act.user) for act in acts} == {("head", None)}


def test_by_account_a_form_of_another_site_is_refused(
    link: HeadLink, today: Batch
) -> None:
    chain = factories.make_chain(today, link.building, {"501": {"A": 1}})
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(factories.make_head(link.building))

    page = f"/desk/buildings/{link.building_id}/paste/{today.pk}/"
    answer = browser.post(page, {"chain": chain.pk, "do": "hand"})

    assert answer.status_code == 403
    assert not Order.objects.exists()
