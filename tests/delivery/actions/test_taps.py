"""Taps of a phone that had no network: late, twice, out of order, and beside another phone's."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from delivery.actions.after_close import void_after_close
from delivery.actions.arrivals import building_done, hand_over
from delivery.actions.build_lists import build_lists
from delivery.actions.take_back import building_not_done
from delivery.actions.taps import settle_taps
from delivery.models import Handover, Settled, Tap
from groupbuy.community.models import LogEntry
from groupbuy.shared.errors import NotAllowed
from orders.models import Order
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day, closed_day

pytestmark = pytest.mark.django_db
BACK = NEXT_DAY + timedelta(hours=2)  # on the street again, with a signal


def minute(n: int) -> datetime:
    return NEXT_DAY + timedelta(minutes=n)


def tick(order: Order, n: int) -> Tap:
    return Tap(order.pk, reached=True, at=minute(n))


def untick(order: Order, n: int) -> Tap:
    return Tap(order.pk, reached=False, at=minute(n))


def send(day: Day, *taps: Tap, now: datetime = BACK) -> list[Settled]:
    return settle_taps(day.batch, day.compound, taps, by=day.volunteer, now=now)


def ticks() -> dict[int, datetime]:
    return dict(Handover.objects.values_list("order", "at"))


def test_what_was_tapped_two_hours_ago_keeps_its_time():
    day = built_day()

    (settled,) = send(day, tick(day.order, 5))

    assert ticks() == {day.order.pk: minute(5)}
    assert (settled.reached, settled.since) == (True, minute(5))
    entry = LogEntry.objects.get(verb="hand_over")
    assert (entry.at, entry.data["tapped_at"]) == (BACK, minute(5).isoformat())


def test_sent_again_after_a_lost_reply_it_changes_nothing():
    day = built_day()

    first = send(day, tick(day.order, 5), untick(day.other, 6))
    again = send(
        day, tick(day.order, 5), untick(day.other, 6), now=BACK + BACK.resolution
    )

    assert first == again
    assert ticks() == {day.order.pk: minute(5)}
    assert LogEntry.objects.filter(verb="hand_over").count() == 1


@pytest.mark.parametrize("order_of_arrival", list(permutations(range(3))))
def test_the_last_tapping_counts_in_whatever_order_taps_come(order_of_arrival):
    day = built_day()
    taps = [tick(day.order, 5), untick(day.order, 6), tick(day.order, 7)]
    undone = [tick(day.other, 5), tick(day.other, 6), untick(day.other, 7)]

    for n in order_of_arrival:
        send(day, taps[n])
        send(day, undone[n])

    assert ticks() == {day.order.pk: minute(7)}


def test_who_tapped_earlier_is_told_what_counts_now():
    day = built_day()
    send(day, untick(day.order, 20))

    (late,) = send(day, tick(day.order, 10))
    (same,) = send(day, untick(day.order, 12))

    assert (late.is_overruled, late.reached, late.since) == (True, False, minute(20))
    assert not same.is_overruled
    assert ticks() == {}


def test_a_tick_of_before_does_not_undo_what_the_office_took_back():
    day = built_day()
    done = {"by": day.volunteer, "now": minute(1)}
    building_done(day.batch, day.compound, "3", **done)
    building_not_done(
        day.batch, day.compound, "3", tapped_at=minute(1), by=day.committee_staff, now=minute(30)
    )  # fmt: skip

    (late,) = send(day, tick(day.order, 10))

    assert late.is_overruled
    assert ticks() == {}


def test_all_orders_of_a_home_go_together():
    day = closed_day()
    second = make.make_order(day.batch, day.compound, "3-502")
    build_lists(day.batch, now=LATER)

    send(day, tick(second, 5))
    assert ticks() == {day.order.pk: minute(5), second.pk: minute(5)}
    send(day, untick(day.order, 6))
    assert ticks() == {}


def test_an_order_off_the_list_and_one_of_elsewhere_are_gone_and_the_rest_is_kept():
    day, other = built_day(), built_day()
    gone = void_after_close(day.other, reason="冒名", by=day.town_staff, now=LATER)

    found = send(day, tick(gone, 5), tick(other.order, 5), tick(day.order, 5))

    assert [one.is_gone for one in found] == [True, True, False]
    assert ticks() == {day.order.pk: minute(5)}


def test_a_phone_whose_clock_is_ahead_taps_now_and_not_tomorrow():
    day = built_day()

    send(day, tick(day.order, 60 * 24))
    (after,) = send(day, untick(day.order, 121), now=minute(122))

    assert not after.is_overruled
    assert ticks() == {}


def test_a_strangers_link_settles_nothing():
    day, other = built_day(), built_day()

    for by in (other.volunteer, day.supplier("永辉")):
        with pytest.raises(NotAllowed):
            settle_taps(day.batch, day.compound, [tick(day.order, 5)], by=by, now=BACK)
    assert ticks() == {}


@pytest.mark.parametrize("homes", [1, 3])
def test_many_taps_are_few_questions(homes, django_assert_num_queries):
    day = closed_day()
    for n in range(homes - 1):
        make.make_order(day.batch, day.compound, f"3-{n}01")
    build_lists(day.batch, now=LATER)
    taps = [tick(order, 5) for order in day.batch.orders.filter(building="3")]
    log_lines = homes
    by = day.volunteer

    with django_assert_num_queries(8 + log_lines):
        settle_taps(day.batch, day.compound, taps, by=by, now=BACK)


def test_a_second_tap_with_a_signal_counts_against_a_kept_one_before_it():
    """A page without a script, opened before the first tick: its button is still there."""
    day = built_day()
    send(day, tick(day.order, 1), now=minute(1))
    hand_over(day.order, by=day.volunteer, now=minute(10))

    (settled,) = send(day, untick(day.order, 5))

    assert (settled.reached, settled.since) == (True, minute(10))
    assert settled.is_overruled


def test_a_building_done_counts_as_a_tap_for_homes_ticked_before():
    day = built_day()
    send(day, tick(day.order, 1), now=minute(1))
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=minute(10))

    (settled,) = send(day, untick(day.order, 5))

    assert settled.is_overruled
    assert (settled.reached, settled.since) == (True, minute(10))
    assert ticks() == {day.order.pk: minute(1)}, "residents read when it first came"


def test_a_building_that_was_not_done_no_longer_stands_against_a_kept_tap():
    day = built_day()
    send(day, tick(day.order, 1), now=minute(1))
    building_done(day.batch, day.compound, "3", by=day.volunteer, now=minute(10))
    building_not_done(
        day.batch, day.compound, "3", tapped_at=minute(10), by=day.volunteer, now=minute(11)
    )  # fmt: skip
    assert ticks() == {day.order.pk: minute(1)}

    (settled,) = send(day, untick(day.order, 5))

    assert not settled.reached
    assert ticks() == {}


def test_a_phone_whose_clock_is_years_behind_taps_on_the_day():
    day = built_day()

    (settled,) = send(day, tick(day.order, -60 * 24 * 3650))

    day.batch.refresh_from_db()
    assert settled.since == day.batch.closed_at
    assert ticks() == {day.order.pk: day.batch.closed_at}


def test_a_home_tapped_to_and_fro_in_one_sending_is_one_line_in_the_log():
    day = closed_day()
    second = make.make_order(day.batch, day.compound, "3-502")
    build_lists(day.batch, now=LATER)
    taps = [
        (tick if n % 2 else untick)(second if n % 3 else day.order, n)
        for n in range(100)
    ]

    found = send(day, *reversed(taps), tick(day.other, 7))

    assert len(found) == 101
    assert ticks() == {
        day.order.pk: minute(99),
        second.pk: minute(99),
        day.other.pk: minute(7),
    }
    told = LogEntry.objects.filter(verb__in=["hand_over", "take_back_home"])
    assert told.count() == 2
