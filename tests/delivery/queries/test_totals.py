"""A day in numbers: each compound under its committee, and when the orders came."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.utils.timezone import localtime

from catalog.models import Batch
from delivery.actions.after_close import void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_all
from delivery.queries.batches import orders_in, places_in
from delivery.queries.paper import compound_rows, differences_of
from delivery.queries.totals import Bar, Totals, by_committee, homes_of, over_the_day
from groupbuy.community.models import Compound, User
from groupbuy.shared import db
from orders.models import Order, OrderLine
from orders.states import OrderState
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day, closed_day
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@dataclass
class Open:
    """Two committees with three compounds of theirs, and an open batch for all."""

    compounds: list[Compound]
    batch: Batch
    user: User

    def order(self, n: int, home: str, **fields: object) -> Order:
        return make.make_order(self.batch, self.compounds[n], home, **fields)

    def orders(self, user: User | None = None):
        user = user or self.user
        return orders_in(user, self.batch, places_in(user, self.batch))

    def sums(self, user: User | None = None) -> list[object]:
        user = user or self.user
        groups = by_committee(self.orders(user), places_in(user, self.batch))
        return [
            [
                group.name,
                group.totals,
                *((c.compound.name, c.totals) for c in group.compounds),
            ]
            for group in groups
        ]


@pytest.fixture
def day() -> Open:
    town = make.make_town()
    first = make.make_committee(town, name="甲居委", code="310112100001")
    second = make.make_committee(town, name="乙居委", code="310112100002")
    compounds = [
        make.make_compound(first, "一村"),
        make.make_compound(first, "二村"),
        make.make_compound(second, "三村"),
    ]
    group_buy = make.make_group_buy(town, compounds)
    for code in "AB":
        make.make_offer(group_buy, code)
    user = make.make_town_staff(town)
    return Open(compounds, make.make_batch(group_buy), user)


def test_each_compound_stands_under_its_committee_with_all_sums(day: Open) -> None:
    day.order(0, "3-501", items={"A": 2, "B": 1}, paid_cents=18000)
    day.order(0, "3-501", items={"A": 1})
    day.order(1, "1-101", late_reason="住院")
    day.order(2, "9-901", items={"B": 4})
    ended = {"ended_at": NOON, "ended_reason": "x"}
    day.order(2, "9-902", state=OrderState.CANCELLED, **ended)

    one, two = Totals(2, None, 4, 24000, 18000), Totals(1, None, 1, 6000, 0)
    three = Totals(1, None, 4, 24000, 0)
    assert day.sums() == [
        ["甲居委", Totals(3, None, 5, 30000, 18000), ("一村", one), ("二村", two)],
        ["乙居委", three, ("三村", three)],
    ]


def test_a_committee_adds_up_its_own_and_another_town_has_nothing(day: Open) -> None:
    for n in range(3):
        day.order(n, "3-501")
    second = make.make_committee_staff(day.compounds[2].committee)
    stranger = make.make_town_staff(make.make_town())

    assert [row[0] for row in day.sums(second)] == ["乙居委"]
    assert sum(bar.orders for bar in over_the_day(day.orders(second))) == 1
    assert (day.sums(stranger), over_the_day(day.orders(stranger))) == ([], [])


def test_pieces_come_from_the_order_and_from_its_lines_where_it_does_not_say(
    day: Open, django_assert_num_queries
) -> None:
    told = day.order(0, "3-501", items={"A": 2})
    old = day.order(0, "3-502", items={"A": 1, "B": 2})
    day.order(1, "3-501")
    places = places_in(day.user, day.batch)

    def pieces(queries: int) -> list[int]:
        orders = day.orders()
        with django_assert_num_queries(queries):
            (group,) = by_committee(orders, places)
        return [row.totals.packages for row in group.compounds]

    assert pieces(1) == [5, 1]
    Order.objects.filter(pk=old.pk).update(pieces=None)
    assert pieces(2) == [5, 1]
    OrderLine.objects.filter(order=old, stock__code="B").update(quantity=7)
    OrderLine.objects.filter(order=told).update(quantity=9)
    assert pieces(2) == [10, 1]


def homes(day: Day) -> dict[str, int | None]:
    """As the page has them, by compound."""
    user = day.town_staff.user
    places = places_in(user, day.batch)
    orders, changes = (
        orders_in(user, day.batch, places),
        differences_of(user, day.batch),
    )
    known = homes_of(orders, compound_rows(user, day.batch), changes)
    groups = by_committee(orders, places, known)
    return {row.compound.name: row.totals.homes for g in groups for row in g.compounds}


def test_homes_are_the_lists_until_something_changes_after_printing() -> None:
    day = built_day()
    again = make.make_order(day.batch, day.compound, "3-502")
    assert homes(day) == {"品质苑": 2}
    day.batch.pickup_lists.update(homes=7)
    assert homes(day) == {"品质苑": 7}, "nobody counts what the list says"

    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="冒名", by=day.town_staff, now=NEXT_DAY)
    assert homes(day) == {"品质苑": 1}
    void_after_close(again, reason="冒名", by=day.town_staff, now=NEXT_DAY)
    assert homes(day) == {"品质苑": 1}, "two orders of one home are one home"


def test_homes_of_a_compound_that_changed_leave_the_others_as_their_lists_say() -> None:
    day = closed_day()
    near = make.make_compound(day.committee, "近邻苑")
    make.make_order(day.batch, near, "1-101")
    build_lists(day.batch, now=LATER)
    print_all(day.batch, by=day.town_staff, now=LATER)
    day.batch.pickup_lists.update(homes=7)
    void_after_close(day.other, reason="冒名", by=day.town_staff, now=NEXT_DAY)

    assert homes(day) == {"品质苑": 1, "近邻苑": 7}


def bars(day: Open, *placed: timedelta) -> list[tuple[str, int]]:
    until = {"accepted_until": NOON + timedelta(days=30)}
    for n, after in enumerate(placed):
        day.order(0, f"3-{n}", placed_at=NOON + after, **until)
    found = over_the_day(day.orders())
    return [(f"{localtime(bar.start):%d %H:%M}", bar.orders) for bar in found]


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def test_a_short_day_is_shown_by_quarters_without_gaps(day: Open) -> None:
    assert bars(day, 14 * MINUTE, 15 * MINUTE, 16 * MINUTE, 46 * MINUTE) == [
        ("11 12:00", 1),
        ("11 12:15", 2),
        ("11 12:30", 0),
        ("11 12:45", 1),
    ]


def test_a_long_day_is_shown_by_hours_of_the_towns_clock(day: Open) -> None:
    found = bars(day, 59 * MINUTE, 60 * MINUTE, 11 * HOUR + 59 * MINUTE, 12 * HOUR)
    assert (found[0], found[1]) == (("11 12:00", 1), ("11 13:00", 1))
    assert found[-2:] == [("11 23:00", 1), ("12 00:00", 1)]
    assert len(found) == 13


def test_many_days_are_shown_by_days_that_begin_at_midnight_here(day: Open) -> None:
    """In London's days the first two would be one."""
    found = bars(day, 12 * HOUR - MINUTE, 12 * HOUR, 4 * 24 * HOUR)
    assert found == [
        ("11 00:00", 1),
        ("12 00:00", 1),
        ("13 00:00", 0),
        ("14 00:00", 0),
        ("15 00:00", 1),
    ]


def test_who_was_let_in_late_does_not_stretch_the_day(day: Open) -> None:
    day.order(0, "3-501", placed_at=NOON + timedelta(days=3), late_reason="住院")
    assert bars(day) == []
    assert bars(day, MINUTE) == [("11 12:00", 1)]


def test_a_bar_starts_when_its_quarter_does(day: Open) -> None:
    day.order(0, "3-501", placed_at=NOON + 44 * MINUTE)
    assert over_the_day(day.orders()) == [Bar(NOON + 30 * MINUTE, 1)]


def test_numbers_and_chart_are_a_query_each_however_many_compounds(
    day: Open, django_assert_num_queries
) -> None:
    for n in range(3):
        day.order(n, "3-501")
        places, orders = places_in(day.user, day.batch), day.orders()
        with django_assert_num_queries(2):
            by_committee(orders, places)
            over_the_day(orders)


@pytest.mark.postgres
def test_the_planner_knows_that_quarters_are_few(day: Open) -> None:
    """Else it thinks of a group for each order, and leaves the work to one processor."""
    for n in range(30):
        day.order(0, f"3-{n}", placed_at=NOON + timedelta(seconds=n))
    db.changed("ANALYZE orders_order")
    few = Order.objects.order_by().values_list(db.Quarter("placed_at"))

    with connection.cursor() as cursor:
        sql, params = few.annotate(n=Sum("pieces")).query.sql_with_params()
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        [(told,)] = cursor.fetchall()

    assert told[0]["Plan"]["Plan Rows"] == 1
