"""How many lists are read at a time: each large one alone, small ones together."""

import pytest

from delivery.actions.build_lists import build_lists
from delivery.models import PickupList
from delivery.queries.rows import PIECES, few_at_once, rows_by_list
from tests import factories as make
from tests.delivery.days import LATER, closed_day

LARGE, SMALL = PIECES, PIECES // 4


def shares(*packages: int) -> list[list[int]]:
    lists = [PickupList(packages=n) for n in packages]
    return [[one.packages for one in some] for some in few_at_once(lists)]


def test_small_lists_are_read_together_and_a_large_one_alone():
    assert shares(LARGE, LARGE, SMALL, SMALL, SMALL, SMALL, SMALL) == [
        [LARGE],
        [LARGE],
        [SMALL] * 4,
        [SMALL],
    ]
    assert shares() == []


@pytest.mark.django_db
def test_lists_read_together_keep_each_its_own_rows_in_the_order_given(
    django_assert_num_queries,
):
    day = closed_day()
    beside = make.make_compound(day.committee, "元江苑")
    make.make_order(day.batch, beside, "7-7701")
    build_lists(day.batch, now=LATER)
    lists = list(day.batch.pickup_lists.order_by("-pk"))

    with django_assert_num_queries(1):
        read = list(rows_by_list(lists))

    found = [(one, {row.compound_id for row in rows}) for one, rows in read]

    assert found == [(one, {one.compound_id}) for one in lists]
    assert len(found) == 2
