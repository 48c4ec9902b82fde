"""Committee and town see which buildings have handed in, from when, and what still waits."""

from datetime import timedelta

import pytest

from orders.models import Chain, ChainLine
from orders.queries.heads.handed_in import handed_in
from orders.states import LineState
from tests import factories as make


def rows(street, user):
    return {
        state.building.name: state
        for _compound, states in handed_in(street.batch, user)
        for state in states
    }


def test_from_when_to_when_and_how_many_homes(street) -> None:
    early = make.NOON - timedelta(hours=2)
    make.make_order(street.batch, home="3-501", channel="head", placed_at=early)
    make.make_order(street.batch, home="3-502", channel="proxy")
    make.make_order(street.batch, home="3-101")  # by the link

    found = rows(street, street.committee)

    assert set(found) == {"3"}  # nobody heads building 4
    assert (found["3"].homes, found["3"].first_at, found["3"].last_at) == (
        2,
        early,
        make.NOON,
    )
    assert found["3"].state == "handed_in"


def test_lines_of_the_newest_paste_that_wait_are_counted(street) -> None:
    for waiting in (5, 2):  # the chain grows; only its newest paste counts
        chain = Chain.objects.create(
            batch=street.batch, building=street.building, pasted_at=make.NOON
        )
        for number in range(waiting + 1):
            state = LineState.WAITING if number else LineState.ACCEPTED
            ChainLine.objects.create(
                chain=chain, number=number, verdict="review", why_code="x", state=state
            )

    found = rows(street, street.committee)["3"]
    assert (found.waiting, found.state, found.pasted_at) == (2, "review", make.NOON)


def test_a_building_with_a_head_and_nothing_yet_is_on_the_page(street) -> None:
    town = make.make_town_staff(street.compound.committee.town)
    page = street.signed_in(town).get(f"/desk/handed-in/{street.batch.pk}/")
    text = page.content.decode()
    assert "Building 3" in text
    assert "nothing yet" in text


def test_the_neighbour_sees_no_building_of_ours(street) -> None:
    other = make.make_compound(town=street.compound.committee.town)
    street.batch.group_buy.places.create(compound=other)
    neighbour = make.make_committee_staff(other.committee)
    assert rows(street, neighbour) == {}


@pytest.mark.parametrize("orders", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    street, orders, django_assert_num_queries
) -> None:
    for room in ("101", "501", "502")[:orders]:
        make.make_order(street.batch, home=f"3-{room}", channel="head")
    with django_assert_num_queries(4):
        rows(street, street.committee)
