"""On the day: arrived at the gate, a door reached, a building done, one number looked at."""

import pytest

from delivery.actions.access import revoke_link
from delivery.actions.after_close import void_after_close
from delivery.actions.arrivals import building_done, hand_over, mark_arrived
from delivery.actions.build_lists import build_lists
from delivery.actions.reveal_phone import reveal_phone
from delivery.models import Arrival, Handover
from groupbuy.community.models import LogEntry
from groupbuy.shared.errors import NotAllowed, Refused
from orders.queries.mine import mine
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, built_day, closed_day

pytestmark = pytest.mark.django_db


def test_the_first_tap_at_the_gate_counts_and_keeps_its_time():
    day = built_day()
    gate = day.compound.gates.get(name="北门")

    mark_arrived(day.batch, gate, by=day.volunteer, now=NEXT_DAY)
    mark_arrived(
        day.batch, gate, by=day.volunteer, now=NEXT_DAY + make.timedelta(hours=1)
    )

    assert Arrival.objects.get().at == NEXT_DAY


def test_the_owner_reads_at_the_gate_then_handed_out():
    day = built_day()
    mark_arrived(
        day.batch, day.compound.gates.get(name="北门"), by=day.volunteer, now=NEXT_DAY
    )

    waiting, elsewhere = mine([day.order, day.other], now=NEXT_DAY)
    hand_over(day.order, by=day.volunteer, now=NEXT_DAY)
    (handed,) = mine([day.order], now=NEXT_DAY)

    assert (waiting.state, waiting.news.gate) == ("at_gate", "北门")
    assert elsewhere.state == "packing"  # its own gate has seen nothing yet
    assert handed.state == "handed_out"


def test_a_building_done_reaches_its_standing_orders_only():
    day = closed_day()
    make.make_order(day.batch, day.compound, "12-202")
    gone = make.make_order(
        day.batch, day.compound, "12-301", state="void", ended_at=make.NOON
    )
    build_lists(day.batch, now=LATER)

    reached = building_done(
        day.batch, day.compound, "12", by=day.volunteer, now=NEXT_DAY
    )
    again = building_done(day.batch, day.compound, "12", by=day.volunteer, now=NEXT_DAY)

    assert (reached, again) == (2, 0)
    assert not Handover.objects.filter(order__in=[gone, day.order]).exists()


def test_all_orders_of_a_home_are_handed_over_together():
    day = closed_day()
    second = make.make_order(day.batch, day.compound, "3-502")
    build_lists(day.batch, now=LATER)

    assert hand_over(day.order, by=day.volunteer, now=NEXT_DAY) == 2
    assert hand_over(second, by=day.volunteer, now=NEXT_DAY) == 0

    assert Handover.objects.count() == 2


def test_an_order_that_ended_is_not_handed_over():
    day = built_day()
    order = void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    with pytest.raises(Refused):
        hand_over(order, by=day.volunteer, now=NEXT_DAY)


def test_every_look_at_a_number_is_in_the_log_and_the_number_is_not():
    day = built_day()

    number = reveal_phone(day.order, by=day.volunteer, now=NEXT_DAY)

    entry = LogEntry.objects.get(verb="reveal_phone")
    assert number == day.order.phone
    assert (entry.subject_id, entry.actor) == (day.order.pk, "volunteer")
    assert number not in str(entry.data)


def test_without_a_live_link_a_volunteer_may_nothing():
    day, other = built_day(), built_day()
    link = day.batch.links.get(kind="volunteer")
    after, by = link.expires_at, other.volunteer

    for now in (after, after + make.timedelta(days=1)):
        with pytest.raises(NotAllowed):
            reveal_phone(day.order, by=day.volunteer, now=now)
    revoke_link(other.batch.links.get(kind="volunteer"), by=other.town_staff, now=LATER)
    with pytest.raises(NotAllowed):
        reveal_phone(other.order, by=by, now=NEXT_DAY)
    assert reveal_phone(other.order, by=other.volunteer, now=NEXT_DAY)  # the new one


def test_a_link_opens_its_own_compound_and_day_only():
    day, other = built_day(), built_day()
    supplier = day.supplier("永辉")

    for by in (other.volunteer, supplier):
        with pytest.raises(NotAllowed):
            hand_over(day.order, by=by, now=NEXT_DAY)
    assert not Handover.objects.exists()
