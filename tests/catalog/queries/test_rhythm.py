"""Which days a group buy delivers on, and which of them may still be opened."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from catalog.models import GroupBuy
from catalog.queries.rhythm import (
    cutoffs,
    delivery_days,
    next_delivery,
    next_delivery_after,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def group_buy(**changes):
    facts = {
        "rhythm": GroupBuy.Rhythm.DAILY,
        "starts_on": date(2022, 4, 1),
        "cutoff_link": time(15),
        "cutoff_heads": time(17),
        "lead_days": 1,
    } | changes
    return GroupBuy(**facts)


def shanghai(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def test_daily_delivers_tomorrow_but_never_before_its_first_day():
    daily = group_buy()
    assert next_delivery(daily, date(2022, 4, 10)) == date(2022, 4, 11)
    assert next_delivery(daily, date(2022, 1, 1)) == date(2022, 4, 1)


def test_every_three_days_counts_from_the_first_delivery():
    abc = group_buy(rhythm="every_n", every_days=3, starts_on=date(2022, 4, 2))
    assert delivery_days(abc, date(2022, 4, 3), 3) == [
        date(2022, 4, 5),
        date(2022, 4, 8),
        date(2022, 4, 11),
    ]


def test_the_first_day_itself_is_in_the_list():
    abc = group_buy(rhythm="every_n", every_days=3, starts_on=date(2022, 4, 2))
    assert delivery_days(abc, date(2022, 4, 2), 1) == [date(2022, 4, 2)]


def test_every_three_days_crosses_the_leap_day_and_the_year_end():
    leap = group_buy(rhythm="every_n", every_days=3, starts_on=date(2024, 2, 26))
    assert delivery_days(leap, date(2024, 2, 26), 3) == [
        date(2024, 2, 26),
        date(2024, 2, 29),
        date(2024, 3, 3),
    ]
    new_year = group_buy(rhythm="every_n", every_days=3, starts_on=date(2023, 12, 30))
    assert next_delivery(new_year, date(2023, 12, 31)) == date(2024, 1, 2)


def test_weekdays_are_those_named():
    stars = group_buy(rhythm="weekdays", weekdays=[2, 4, 6])  # Tue, Thu, Sat
    assert delivery_days(stars, date(2022, 4, 11), 4) == [
        date(2022, 4, 12),
        date(2022, 4, 14),
        date(2022, 4, 16),
        date(2022, 4, 19),
    ]


def test_a_day_left_out_is_skipped_and_does_not_shift_the_rhythm():
    abc = group_buy(
        rhythm="every_n",
        every_days=3,
        starts_on=date(2022, 4, 2),
        skip_dates=["2022-04-05"],
    )
    assert next_delivery(abc, date(2022, 4, 2)) == date(2022, 4, 8)


def test_weekdays_without_any_day_never_deliver():
    assert next_delivery(group_buy(rhythm="weekdays", weekdays=[]), date.min) is None


def test_a_rhythm_longer_than_a_year_is_still_found():
    rare = group_buy(rhythm="every_n", every_days=500, skip_dates=["2023-08-14"])
    assert next_delivery(rare, date(2022, 4, 1)) == date(2024, 12, 26)


def test_cutoffs_fall_on_the_town_s_clock_days_before_delivery():
    until_link, until_heads = cutoffs(group_buy(lead_days=2), date(2024, 3, 1))
    assert until_link == shanghai(2024, 2, 28, 15)
    assert until_heads == shanghai(2024, 2, 28, 17)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (shanghai(2022, 4, 10, 14, 59), date(2022, 4, 11)),
        (shanghai(2022, 4, 10, 16, 0), date(2022, 4, 11)),  # heads still may
        (shanghai(2022, 4, 10, 17, 0), date(2022, 4, 12)),  # the cutoff itself is late
        (shanghai(2022, 4, 10, 23, 59), date(2022, 4, 12)),
        (shanghai(2022, 12, 31, 17, 0), date(2023, 1, 2)),
    ],
)
def test_what_may_open_is_the_first_day_whose_last_cutoff_is_ahead(now, expected):
    assert next_delivery_after(group_buy(), now) == expected


def test_the_town_s_day_decides_though_the_server_counts_in_utc():
    late_evening_in_utc = datetime(2022, 4, 10, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert next_delivery_after(group_buy(), late_evening_in_utc) == date(2022, 4, 12)


def test_same_day_delivery_opens_until_its_own_cutoff():
    same_day = group_buy(lead_days=0)
    assert next_delivery_after(same_day, shanghai(2022, 4, 10, 9)) == date(2022, 4, 10)
    assert next_delivery_after(same_day, shanghai(2022, 4, 10, 17)) == date(2022, 4, 11)


def test_nothing_opens_when_nothing_is_ever_delivered():
    never = group_buy(rhythm="weekdays", weekdays=[])
    assert next_delivery_after(never, shanghai(2022, 4, 10, 9)) is None
