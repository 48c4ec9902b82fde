"""Whom the committee calls: care homes without an order, ticked off one by one."""

import pytest

from groupbuy.community.models import Household, staff
from orders.actions.heads.calls import mark_called
from orders.models import Call
from tests import factories as make


@pytest.fixture
def desk(street):
    Household.objects.filter(room__in=["501", "502", "401"]).update(on_call_list=True)
    return street.signed_in(street.committee)


def path(street) -> str:
    return f"/desk/call-list/{street.batch.pk}/{street.compound.committee_id}/"


def listed(street, desk) -> list[str]:
    found = desk.get(path(street)).context["list"]
    return [f"{h.household.building.name}-{h.household}" for h in found.homes]


def test_only_care_homes_without_a_standing_order_in_building_order(
    street, desk
) -> None:
    make.make_order(street.batch, home="3-501")
    make.make_order(street.batch, home="3-502", state="cancelled", ended_at=make.NOON)

    assert listed(street, desk) == ["3-502", "4-401"]
    page = desk.get(path(street)).content.decode()
    assert "Without an order: 2. Still to be called: 2." in page
    assert "Ordered already: 1." in page
    assert "13800138000" not in page


def test_ticking_off_is_kept_with_who_and_when_and_can_be_undone(street, desk) -> None:
    home = Household.objects.get(room="401")
    tick = f"/desk/call-list/{street.batch.pk}/homes/{home.pk}/called/"
    desk.post(tick)
    desk.post(tick)

    call = Call.objects.get()
    assert (call.household, call.by, call.at) == (home, street.committee, make.NOON)
    assert "✓ 12:00" in desk.get(path(street)).content.decode()

    desk.post(tick, {"undo": "1"})
    assert not Call.objects.exists()


def test_another_day_is_called_anew(street, desk) -> None:
    home = Household.objects.get(room="401")
    other = make.make_batch(make.make_group_buy(compounds=[street.compound]))
    by = make.make_committee_staff(street.compound.committee)
    mark_called(other, home, by=staff(by), now=make.NOON)

    assert desk.get(path(street)).context["list"].open == 3


def test_the_neighbours_committee_sees_none_of_it(street, desk) -> None:
    town = street.compound.committee.town
    neighbour = street.signed_in(make.make_committee_staff(make.make_committee(town)))
    assert neighbour.get(path(street)).status_code == 404
    home = Household.objects.get(room="401")
    tick = f"/desk/call-list/{street.batch.pk}/homes/{home.pk}/called/"
    assert neighbour.post(tick).status_code == 404


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    street, desk, homes, django_assert_num_queries
) -> None:
    keep = ["501", "502", "401"][:homes]
    Household.objects.exclude(room__in=keep).update(on_call_list=False)
    with django_assert_num_queries(9):
        desk.get(path(street))
