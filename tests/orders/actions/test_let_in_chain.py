"""A late home of a chain: only the town, only with a reason, only once, only more."""

from datetime import timedelta

import pytest
from django.utils import translation

from delivery.actions.build_lists import build_lists
from delivery.actions.late_home import let_home_in
from delivery.models import PickupLine
from groupbuy.community.models import Actor, staff
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions.cancel_order import void_order
from orders.actions.close_batch import close_batch
from orders.actions.hand_in_chain import too_late
from orders.models import Chain, Order, SoldOut
from orders.queries.late_homes import late_homes
from tests import factories
from tests.orders.actions.chain_scene import HeadOf
from tests.orders.actions.conftest import Scene

WHY = "手机没电了"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lady(scene: Scene) -> HeadOf:
    """501 handed in in time; 501 more and 502 pasted a minute after the heads' cutoff."""
    scene.batch.until_link = scene.batch.until_heads + timedelta(hours=1)
    scene.batch.save()
    lady = HeadOf(scene.batch, scene.compound.buildings.get(name="3"))
    lady.paste("501 A1")
    lady.hand_in()
    late = scene.batch.until_heads + MINUTE
    lady.paste("17:59 501 A3", "502 B1", now=late)
    lady.tap("501")
    lady.hand_in(now=late)
    return lady


@pytest.fixture
def town(scene: Scene) -> Actor:
    return staff(factories.make_town_staff(scene.compound.committee.town))


def let_in(lady: HeadOf, room: str, by: Actor, reason: str = WHY) -> Order:
    chain, now = Chain.objects.latest("pk"), lady.batch.until_heads + 2 * MINUTE
    return let_home_in(chain, f"/{room}", reason=reason, by=by, now=now)


def waiting(lady: HeadOf, by: Actor) -> dict[str, str]:
    assert by.user is not None
    return {home.room: home.wants for home in late_homes(lady.batch, by.user)}


def test_the_town_sees_who_is_late_what_was_said_and_when(
    lady: HeadOf, town: Actor
) -> None:
    assert waiting(lady, town) == {"501": "A×3", "502": "B×1"}
    assert town.user is not None
    first = late_homes(lady.batch, town.user)[0]
    assert first.said_at == lady.batch.until_heads - MINUTE
    assert first.chain.pasted_at == lady.batch.until_heads + MINUTE
    stranger = factories.make_town_staff(factories.make_town())
    assert late_homes(lady.batch, stranger) == []


def test_a_home_comes_in_with_its_reason_its_source_and_only_once(
    lady: HeadOf, town: Actor
) -> None:
    order = let_in(lady, "502", town)

    order.refresh_from_db()
    assert (order.late_reason, order.late_by) == (WHY, town.user)
    assert order.channel == "head"
    assert order.chain_lines.get().state == "handed_in"
    assert waiting(lady, town) == {"501": "A×3"}
    with pytest.raises(Refused):
        let_in(lady, "502", town)


def test_a_home_that_has_some_gets_what_it_wants_more(
    lady: HeadOf, town: Actor
) -> None:
    order = let_in(lady, "501", town)
    assert order.lines.get().quantity == 2
    assert lady.work.held["", "501"].items == {"A": 3}
    assert waiting(lady, town) == {"502": "B×1"}
    assert lady.work.fold.taps == []


def test_nobody_else_and_not_without_a_reason(
    scene: Scene, lady: HeadOf, town: Actor
) -> None:
    office = staff(factories.make_committee_staff(scene.compound.committee))
    for actor in (office, lady.actor):
        with pytest.raises(NotAllowed):
            let_in(lady, "502", actor)
    with pytest.raises(Refused) as refusal:
        let_in(lady, "502", town, reason=" ")
    assert refusal.value.field == "reason"


def test_the_quota_holds_for_late_homes_too(
    scene: Scene, lady: HeadOf, town: Actor
) -> None:
    scene.batch.stock.filter(code="B").update(quota=0)
    with pytest.raises(SoldOut):
        let_in(lady, "502", town)
    assert waiting(lady, town) == {"501": "A×3", "502": "B×1"}


def test_after_closing_the_paper_follows(lady: HeadOf, town: Actor) -> None:
    close_batch(lady.batch, now=lady.batch.until_last + MINUTE)
    build_lists(lady.batch, now=lady.batch.until_last + MINUTE)
    order = let_in(lady, "502", town)
    line = PickupLine.objects.get(order_line__order=order, pickup_list__void_at=None)
    assert (line.room, line.quantity) == ("502", 1)


def test_less_is_not_let_in_but_withdrawn(lady: HeadOf, town: Actor) -> None:
    late = lady.batch.until_heads + MINUTE
    lady.paste("502 B1", now=late)
    lady.tap("501")
    lady.hand_in(now=late)
    with pytest.raises(Refused) as refusal:
        let_in(lady, "501", town)
    assert refusal.value.code == "less"
    assert waiting(lady, town) == {"501": "", "502": "B×1"}


def test_a_home_that_takes_everything_back_too_late_waits_with_its_order(
    scene: Scene, lady: HeadOf, town: Actor
) -> None:
    """Nothing happens by itself: whoever looks after the home withdraws its order."""
    late = lady.batch.until_heads + MINUTE
    lady.paste("3号501 不要了", now=late)
    lady.accept(1)
    lady.tap("501")
    (told,) = lady.hand_in(now=late)
    assert told.is_late
    assert lady.held == {"501": "A1"}
    office = factories.make_committee_staff(scene.compound.committee)
    for user in (town.user, office):
        assert user is not None
        (home,) = late_homes(lady.batch, user)
        assert (home.room, home.wants) == ("501", "")
    (order,) = home.orders
    with pytest.raises(Refused):
        let_in(lady, "501", town)
    void_order(order, reason=WHY, by=staff(office), now=late)
    assert lady.held == {}
    assert late_homes(lady.batch, office) == []


def test_who_wants_less_too_late_reads_something_else_than_who_wants_more(
    lady: HeadOf,
) -> None:
    late = lady.batch.until_heads + MINUTE
    lady.paste("501 B1", "502 B1", now=late)
    lady.tap("501")
    less, more = lady.hand_in(now=late)
    with translation.override("en"):
        assert "withdraw" in too_late(less.wanted)
        assert "let this in" in too_late(more.wanted)
    assert less.is_late
    assert more.is_late
