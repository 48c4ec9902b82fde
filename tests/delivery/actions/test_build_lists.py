"""After closing: what homes ordered is what lists say and what suppliers bring, exactly once."""

import pytest

from delivery.actions.build_lists import build_due, build_lists
from delivery.models import Handoff, Paperwork, PickupLine
from delivery.queries.progress import progress
from groupbuy.community.models import Gate, Heartbeat
from groupbuy.shared.errors import Refused
from tests import factories as make
from tests.delivery.days import LATER, closed_day
from tests.delivery.paper import in_balance, of_supply

pytestmark = pytest.mark.django_db


def test_lists_and_supply_orders_equal_the_orders_by_package_and_gate():
    day = closed_day()

    build_lists(day.batch, now=LATER)

    assert of_supply(day.batch) == {
        ("A", "北门"): 2,
        ("B", "北门"): 1,
        ("A", "正门"): 1,
    }
    assert in_balance(day.batch)
    listed = day.pickup_list
    assert (listed.version, listed.homes, listed.packages) == (1, 2, 4)


def test_what_ended_before_closing_is_on_no_paper():
    day = closed_day()
    make.make_order(
        day.batch, day.compound, "12-202", state="cancelled", ended_at=make.NOON
    )

    build_lists(day.batch, now=LATER)

    assert not PickupLine.objects.filter(room="202").exists()
    assert in_balance(day.batch)


def test_a_home_in_a_building_nobody_knows_comes_through_the_default_gate():
    day = closed_day()
    make.make_order(day.batch, day.compound, "88-1-101")

    build_lists(day.batch, now=LATER)

    assert PickupLine.objects.get(building="88").gate.name == "正门"


def test_the_rosters_care_flag_reaches_the_list_though_the_order_did_not_say_it():
    day = closed_day()
    home = day.compound.buildings.get(name="12").households.get(room="201")
    home.bring_to_door = True
    home.save()

    build_lists(day.batch, now=LATER)

    assert PickupLine.objects.get(room="201").bring_to_door
    assert not PickupLine.objects.filter(room="502", bring_to_door=True).exists()


def test_every_supplier_has_one_handoff_and_every_place_one_live_link():
    day = closed_day()

    build_lists(day.batch, now=LATER)

    assert Handoff.objects.filter(batch=day.batch, version=1).count() == 2
    kinds = sorted(day.batch.links.values_list("kind", flat=True))
    assert kinds == ["supplier", "supplier", "volunteer"]


def test_building_again_changes_nothing():
    day = closed_day()
    first = build_lists(day.batch, now=LATER)

    again = build_lists(day.batch, now=make.NOON)

    assert again == first
    assert day.batch.pickup_lists.count() == 1
    assert Handoff.objects.count() == 2


def test_an_open_day_is_not_built():
    batch = make.make_batch()

    with pytest.raises(Refused):
        build_lists(batch, now=make.NOON)

    assert not Paperwork.objects.exists()


def test_a_day_without_orders_is_done_with_no_sheets():
    batch = make.close(make.make_batch())

    paperwork = build_lists(batch, now=LATER)

    assert paperwork.sheets_total == 0
    assert progress(batch, LATER).step == "rendering"


def test_a_broken_batch_is_named_and_stops_no_other(caplog):
    broken, whole = closed_day(), closed_day()
    make.make_order(broken.batch, broken.compound, "77-101")
    Gate.objects.filter(compound=broken.compound).update(is_default=False)

    built = build_due(LATER)

    assert built == 1
    assert in_balance(whole.batch)
    assert not Paperwork.objects.filter(batch=broken.batch).exists()
    assert f"batch {broken.batch.pk}" in caplog.text
    assert "77" not in Heartbeat.objects.get(name=f"build:{broken.batch.pk}").note
    assert "gate_id" in progress(broken.batch, LATER).problem


def test_a_mended_batch_is_built_by_the_next_tick_and_its_problem_is_gone():
    day = closed_day()
    make.make_order(day.batch, day.compound, "77-101")
    Gate.objects.filter(compound=day.compound).update(is_default=False)
    build_due(LATER)
    Gate.objects.filter(compound=day.compound, name="正门").update(is_default=True)

    assert build_due(LATER) == 1

    assert in_balance(day.batch)
    assert progress(day.batch, LATER).problem == ""


def test_the_number_of_statements_does_not_grow_with_the_orders(
    django_assert_max_num_queries,
):
    day = closed_day()
    for floor in range(1, 30):
        make.make_order(day.batch, day.compound, f"12-{floor}01", items={"A": 1})

    with django_assert_max_num_queries(25):
        build_lists(day.batch, now=LATER)

    assert in_balance(day.batch)
