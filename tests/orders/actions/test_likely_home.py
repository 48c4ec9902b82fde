"""The short way asks the roster in the statement that writes: it never lets in what the long
way would not, and writes down the same home."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import ServedPlace
from groupbuy.community.models import RESIDENT, Building, Compound, Household
from groupbuy.shared.errors import Refused
from orders.actions import place_order as placing
from orders.actions.place_order import place_order
from orders.models import Order, OverLimit
from tests import factories
from tests.factories import NOON
from tests.orders.actions.conftest import Scene

COLUMNS = "building", "unit", "room", "home_key", "in_building_id", "bring_to_door"


@pytest.fixture
def homes(scene: Scene) -> Scene:
    """Building 12 has rooms in units; 501 is there twice, 502 without a unit, too."""
    twelve = Building.objects.get(compound=scene.compound, name="12")
    for unit, room in ("1", "501"), ("2", "501"), ("1", "502"), ("1", "701"):
        Household.objects.create(building=twelve, unit=unit, room=room, sort=room)
    Household.objects.filter(building__name="3", room="601").update(bring_to_door=True)
    return scene


def written(scene: Scene, building: str, unit: str, room: str) -> object:
    """The home of the order that comes of it, or the word why there is none."""
    wish = replace(scene.wish(room, building), unit=unit)
    try:
        placed = place_order(
            scene.batch, wish=wish, submit_key="k", by=RESIDENT, now=NOON
        )
    except Refused as refusal:
        return refusal.code
    row = tuple(getattr(placed.order, name) for name in COLUMNS)
    assert Order.objects.values_list(*COLUMNS).get(pk=placed.order.pk) == row
    Order.objects.get().lines.all().delete()
    Order.objects.all().delete()
    return row


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "", "502"),
        ("3", "", "601"),
        ("３号楼", "", "５０２室"),
        ("3-1", "", "502"),
        ("3", "1", "502"),
        ("3", "", "999"),
        ("12", "", "501"),
        ("12", "1", "501"),
        ("12", "", "502"),
        ("12", "", "701"),
        ("12", "3", "701"),
        ("12-1", "", "701"),
        ("6甲", "", "101"),
        ("99", "", "101"),
        ("7" * 21, "", "502"),
        ("3", "7" * 11, "502"),
        ("3", "", "7" * 70),
    ],
)
def test_both_ways_write_the_same_home_or_say_the_same(
    homes: Scene, typed: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = written(homes, *typed)
    monkeypatch.setattr(placing, "likely_home", lambda *_asked: None)
    assert written(homes, *typed) == short


def test_the_short_way_asks_nothing_before_it_writes(
    scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The places and the packages are read, and kept; then it begins to write."""
    batch, wish = scene.batch, scene.wish()
    with django_assert_max_num_queries(10) as asked:
        place_order(batch, wish=wish, submit_key="k1", by=RESIDENT, now=NOON)
    reads = [q["sql"] for q in asked.captured_queries if q["sql"].startswith("SELECT")]
    assert not any("community_household" in sql for sql in reads)


@pytest.mark.parametrize("change", ["not served", "other building", "no roster"])
def test_what_changed_since_the_places_were_read_is_seen(
    scene: Scene, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of compounds may be a moment old; the statement that writes is not."""
    known = Compound.objects.select_related("committee").get()
    monkeypatch.setattr("orders.queries.homes.served_compound", lambda *_asked: known)
    if change == "not served":
        ServedPlace.objects.update(group_buy=factories.make_group_buy())
    elif change == "other building":
        ServedPlace.objects.update(building=Building.objects.get(name="12"))
    else:
        Compound.objects.update(has_roster=False)
        Household.objects.update(bring_to_door=True)  # a roster that no longer counts
    placed = written(scene, "3", "", "502")
    if change == "no roster":
        assert isinstance(placed, tuple)
        assert placed[-1] is False
    else:
        assert placed == "not_served"


def test_the_limit_names_only_the_package_that_is_too_many(scene: Scene) -> None:
    def order(key: str, **items: int) -> None:
        wish = scene.wish(**items)
        place_order(scene.batch, wish=wish, submit_key=key, by=RESIDENT, now=NOON)

    order("k1", A=1, B=2)
    with pytest.raises(OverLimit) as refusal:
        order("k2", A=1, B=1)
    assert refusal.value.stock_ids == {scene.stock("B").pk}
    assert (scene.used("A"), scene.used("B")) == (1, 2)
