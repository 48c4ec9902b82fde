"""What a chat group is told, hour by hour: whole in plain words, the link last."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils import translation

from catalog.models import Batch
from delivery.queries.group_text import message
from delivery.queries.publishing import (
    Facts,
    Hour,
    heads_until,
    hour_of,
    hours_of,
)
from groupbuy.shared.clock import at
from tests.factories import DAY, NOON

UNTIL = at(DAY, time(17))
WINDOW_TO = at(DAY + timedelta(days=1), time(18))
FACTS = Facts(
    title="古藤马桥",
    compound="品质苑",
    notice="",
    packages=(("A", "蔬菜套餐", 6000), ("B", "肉蛋套餐", 10000)),
    until=UNTIL,
    day="4月12日 星期二",
    delivery="4月12日 星期二 14:00–18:00",
    url="https://example.org/g/abc/c/7/",
    contact_name="敬南路居委会",
    contact_phone="021-64090000",
    homes=86,
    pieces=(("A", 80), ("B", 52)),
)


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("hour", [Hour.OPENED, Hour.LAST])
def test_before_the_cutoff_everything_needed_stands_in_words(hour: Hour) -> None:
    text = message(hour, FACTS)

    for words in (
        "古藤马桥",
        "¥60–¥100",
        "Monday 11 April 17:00",
        "4月12日 星期二 14:00–18:00",
        "021-64090000",
    ):
        assert words in text
    assert text.endswith("\nhttps://example.org/g/abc/c/7/")


def test_just_opened_greets_the_compound_and_names_packages() -> None:
    text = message(Hour.OPENED, FACTS)

    assert "品质苑" in text
    assert "A 蔬菜套餐 ¥60" in text


def test_a_notice_of_the_day_is_passed_on() -> None:
    with_notice = replace(FACTS, notice="下雨，晚半小时")

    assert "下雨，晚半小时" in message(Hour.OPENED, with_notice)
    assert "下雨，晚半小时" in message(Hour.LAST, with_notice)


def test_after_closing_only_sums_are_told() -> None:
    text = message(Hour.CLOSED, FACTS)

    assert "86 homes, 132 packages (A×80 B×52)" in text
    assert "No smartphone" not in text


def test_while_heads_may_still_order_the_sums_are_not_called_final() -> None:
    waiting = replace(FACTS, heads_until=UNTIL + timedelta(hours=2))

    text = message(Hour.CLOSED, waiting)

    assert "Ordering by link has ended" in text
    assert "Building heads can still order for you until Monday 11 April 19:00." in text
    assert "Building heads" not in message(Hour.CLOSED, FACTS)


def test_heads_have_time_only_while_the_day_is_open() -> None:
    later = UNTIL + timedelta(hours=2)
    batch = Batch(state="open", until_link=UNTIL, until_heads=later)
    closed = Batch(state="closed", until_link=UNTIL, until_heads=later)
    together = Batch(state="open", until_link=UNTIL, until_heads=UNTIL)

    assert heads_until(batch) == later
    assert heads_until(closed) is None
    assert heads_until(together) is None


def test_on_the_day_it_says_whether_it_is_at_the_gate() -> None:
    coming = message(Hour.ARRIVING, FACTS)
    arrived = replace(FACTS, arrived=(("南门", NOON + timedelta(days=1, hours=3)),))
    there = message(Hour.ARRIVING, arrived)

    assert "It comes today" in coming
    assert "It is here" in there
    assert "At 南门 since Tuesday 12 April 15:00" in there


def test_one_price_is_no_range_and_no_phone_is_no_line() -> None:
    plain = replace(FACTS, packages=FACTS.packages[:1], contact_phone="")

    assert "1 packages, ¥60\n" in message(Hour.LAST, plain)
    assert "Call" not in message(Hour.LAST, plain)
    assert "\n\n" not in message(Hour.ARRIVING, plain)


@pytest.mark.parametrize(
    ("state", "now", "hour"),
    [
        ("open", NOON, Hour.OPENED),
        ("open", UNTIL - timedelta(minutes=70), Hour.LAST),
        ("open", UNTIL - timedelta(minutes=1), Hour.LAST),
        ("open", UNTIL, Hour.CLOSED),
        ("closed", UNTIL + timedelta(hours=2), Hour.CLOSED),
        ("closed", NOON + timedelta(days=1), Hour.ARRIVING),
        ("closed", WINDOW_TO - timedelta(seconds=1), Hour.ARRIVING),
        ("closed", WINDOW_TO, Hour.BROUGHT),
        ("closed", NOON + timedelta(days=9), Hour.BROUGHT),
        ("called_off", NOON, Hour.OFF),
        ("called_off", NOON + timedelta(days=1), Hour.OFF),
    ],
)
def test_the_text_fits_the_hour(state: str, now: datetime, hour: Hour) -> None:
    batch = Batch(
        state=state,
        until_link=UNTIL,
        until_heads=UNTIL,
        delivery_on=DAY + timedelta(days=1),
        window_to=time(18),
    )

    assert hour_of(batch, FACTS, now) == hour
    assert hour in hours_of(batch)


def test_goods_that_came_early_are_told_at_once_and_no_longer_than_the_window() -> None:
    batch = Batch(
        state="closed",
        until_link=UNTIL,
        delivery_on=DAY + timedelta(days=1),
        window_to=time(18),
    )
    here = replace(FACTS, arrived=(("南门", NOON),))

    assert hour_of(batch, here, UNTIL + timedelta(hours=1)) == Hour.ARRIVING
    assert hour_of(batch, here, WINDOW_TO) == Hour.BROUGHT


def test_the_last_hour_names_the_minute_and_counts_none() -> None:
    text = message(Hour.LAST, FACTS)

    assert text.startswith("[古藤马桥] Only until 17:00!")
    assert "One hour" not in text


def test_after_the_day_nothing_comes_today_any_more() -> None:
    nobody_tapped = message(Hour.BROUGHT, FACTS)
    brought = message(Hour.BROUGHT, replace(FACTS, arrived=(("南门", NOON),)))

    assert "has been brought" in brought
    assert "has been brought" not in nobody_tapped, "nobody knows that"
    assert "Has nothing come? Call 敬南路居委会, 021-64090000." in nobody_tapped
    for text in (brought, nobody_tapped):
        assert "today" not in text
        assert text.endswith("\nhttps://example.org/g/abc/c/7/")


def test_a_day_called_off_says_which_and_what_becomes_of_the_money() -> None:
    text = message(Hour.OFF, replace(FACTS, notice="封路，车进不来"))

    assert "Called off: nothing comes on 4月12日 星期二." in text
    assert "封路，车进不来" in text
    assert "Already paid? You get it back: call 敬南路居委会, 021-64090000." in text
    assert "Order until" not in text
