"""Where it does not come every day, people count rounds: the link tells the next one."""

from datetime import date, timedelta

from catalog.queries.rhythm import round_of
from orders.views.link import PAGES
from tests import factories as make


def test_a_round_is_counted_by_the_rhythm_without_the_days_left_out(db) -> None:
    group_buy = make.make_group_buy(
        rhythm="every_n",
        every_days=3,
        starts_on=date(2022, 4, 9),
        skip_dates=["2022-04-12"],
    )
    days = [date(2022, 4, 9), date(2022, 4, 15), date(2022, 4, 18)]
    assert [round_of(group_buy, day) for day in days] == [1, 2, 3]


def test_the_link_of_a_building_with_rounds_says_when_the_next_one_comes(
    street,
) -> None:
    PAGES.clear()
    page = street.client.get(f"/g/{street.batch.group_buy.token}/?lang=en")
    text = " ".join(page.content.decode().split())

    assert "Order now" in text
    assert (
        "Round 3 comes Friday 15 April. Order for it until Thursday 14 April 17:00"
        in text
    )


def test_a_daily_one_needs_no_rounds(street) -> None:
    PAGES.clear()
    group_buy = make.make_batch(
        make.make_group_buy(compounds=[street.compound]),
        delivery_on=make.DAY + timedelta(days=1),
    ).group_buy
    page = street.client.get(f"/g/{group_buy.token}/?lang=en").content.decode()
    assert "Round" not in page
