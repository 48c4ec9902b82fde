"""What a chat group is told, hour by hour: whole in plain words, the link last."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.utils import translation

from catalog.models import Batch
from delivery.queries.publishing import Facts, Hour, heads_until, hour_of, message
from groupbuy.shared.clock import at
from tests.factories import DAY, NOON

UNTIL = at(DAY, time(17))
FACTS = Facts(
    title="古藤马桥",
    compound="品质苑",
    notice="",
    packages=(("A", "蔬菜套餐", 6000), ("B", "肉蛋套餐", 10000)),
    until=UNTIL,
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
    ],
)
def test_the_text_fits_the_hour(state: str, now: datetime, hour: Hour) -> None:
    batch = Batch(
        state=state,
        until_link=UNTIL,
        until_heads=UNTIL,
        delivery_on=DAY + timedelta(days=1),
    )

    assert hour_of(batch, FACTS, now) == hour
