"""Changing, cancelling, voiding: what is given back comes back exactly once."""

from datetime import timedelta

import pytest

from catalog.models import Stock
from groupbuy.community.models import RESIDENT, LogEntry, staff
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions.cancel_order import cancel_order, void_order, withdraw
from orders.actions.change_order import change_order
from orders.actions.close_batch import close_batch
from orders.actions.let_in_late import let_in_late
from orders.actions.mark_paid import mark_paid
from orders.actions.place_order import place_order
from orders.models import Order, OverLimit, SoldOut, TooLate
from orders.states import ORDER_FLOW, OrderState
from tests import factories
from tests.factories import NOON
from tests.orders.actions.conftest import Scene

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def order(scene: Scene) -> Order:
    wish = scene.wish(A=1, B=2)
    placed = place_order(scene.batch, wish=wish, submit_key="k1", by=RESIDENT, now=NOON)
    return Order.objects.select_related("batch__group_buy", "compound").get(
        pk=placed.order.pk
    )


def test_other_quantities(scene: Scene, order: Order) -> None:
    changed = change_order(order, wish=scene.wish(A=3), by=RESIDENT, now=LATER)

    assert {line.stock.code: line.quantity for line in changed.lines.all()} == {"A": 3}
    changed.refresh_from_db()
    assert (changed.total_cents, changed.pieces, changed.revision) == (30000, 3, 2)
    assert (scene.stock("A").reserved, scene.stock("B").reserved) == (3, 0)
    assert (scene.used("A"), scene.used("B")) == (3, 0)


def test_another_home_takes_its_use_along(scene: Scene, order: Order) -> None:
    changed = change_order(
        order, wish=scene.wish("602", "12", A=1, B=2), by=RESIDENT, now=LATER
    )
    assert changed.home == "12-602"
    assert (scene.used("B"), scene.used("B", "602", "12")) == (0, 2)
    assert scene.stock("B").reserved == 2


def test_a_change_that_cannot_be_had_changes_nothing(
    scene: Scene, order: Order
) -> None:
    Stock.objects.filter(batch=scene.batch, code="A").update(quota=1)
    with pytest.raises(SoldOut):
        change_order(order, wish=scene.wish(A=2), by=RESIDENT, now=LATER)
    with pytest.raises(OverLimit):
        change_order(order, wish=scene.wish(B=3), by=RESIDENT, now=LATER)
    assert (scene.used("A"), scene.used("B"), scene.stock("B").reserved) == (1, 2, 2)
    assert Order.objects.get(pk=order.pk).revision == 1


def test_a_new_room_cannot_slip_in_after_closing(scene: Scene, order: Order) -> None:
    Stock.objects.filter(batch=scene.batch).update(is_open=False)
    with pytest.raises(TooLate):
        change_order(order, wish=scene.wish("602", A=1, B=2), by=RESIDENT, now=LATER)
    assert Order.objects.get(pk=order.pk).room == "502"


def test_a_paused_package_can_still_be_given_back(scene: Scene, order: Order) -> None:
    Stock.objects.filter(batch=scene.batch, code="B").update(paused_at=NOON)
    cancel_order(order, by=RESIDENT, now=LATER)
    assert scene.stock("B").reserved == 0


def test_cancelling_gives_back_once(scene: Scene, order: Order) -> None:
    twin = Order.objects.get(pk=order.pk)
    cancel_order(order, by=RESIDENT, now=LATER)
    with pytest.raises(Refused):
        cancel_order(twin, by=RESIDENT, now=LATER)

    assert (scene.stock("A").reserved, scene.stock("B").reserved) == (0, 0)
    assert (scene.used("A"), scene.used("B")) == (0, 0)
    assert LogEntry.objects.filter(verb="cancel_order").count() == 1


def test_what_goes_back_is_what_the_order_holds_now(scene: Scene, order: Order) -> None:
    """Staff's copy of the order is old: its owner has changed home and quantities since."""
    stale = (
        Order.objects.select_related("batch__group_buy", "compound")
        .prefetch_related("lines")
        .get(pk=order.pk)
    )
    assert len(stale.lines.all()) == 2
    change_order(order, wish=scene.wish("602", "12", A=4), by=RESIDENT, now=LATER)

    cancel_order(stale, by=RESIDENT, now=LATER)
    assert (scene.stock("A").reserved, scene.stock("B").reserved) == (0, 0)
    assert (scene.used("A"), scene.used("A", "602", "12")) == (0, 0)


def test_a_late_order_cannot_have_what_was_paused(scene: Scene, order: Order) -> None:
    user = staff(factories.make_town_staff(scene.compound.committee.town))
    Stock.objects.filter(batch=scene.batch, code="A").update(paused_at=NOON)
    close_batch(scene.batch, now=scene.batch.until_last + timedelta(seconds=5))
    after = scene.batch.until_last + timedelta(minutes=5)
    wish = scene.wish("601", A=1)
    with pytest.raises(SoldOut):
        let_in_late(scene.batch, wish=wish, reason="漏了", by=user, now=after)
    withdraw(order, reason="填错", by=user, now=after)
    assert scene.stock("A").reserved == 0


def test_after_the_cutoff_only_staff_may_until_the_last_channel_ends(
    scene: Scene, order: Order
) -> None:
    user = factories.make_committee_staff(scene.compound.committee)
    after_link = scene.batch.until_link + timedelta(minutes=1)
    with pytest.raises(TooLate):
        cancel_order(order, by=RESIDENT, now=after_link)
    with pytest.raises(TooLate):
        change_order(order, wish=scene.wish(A=1), by=RESIDENT, now=after_link)
    change_order(order, wish=scene.wish(A=1), by=staff(user), now=after_link)
    with pytest.raises(TooLate):
        cancel_order(order, by=staff(user), now=scene.batch.until_last)


def test_staff_voids_with_a_reason(scene: Scene, order: Order) -> None:
    user = factories.make_committee_staff(scene.compound.committee)
    with pytest.raises(Refused) as refusal:
        void_order(order, reason=" ", by=staff(user), now=LATER)
    assert refusal.value.field == "reason"
    void_order(order, reason="重复下单", by=staff(user), now=LATER)
    assert Order.objects.get(pk=order.pk).state == OrderState.VOID
    assert scene.stock("A").reserved == 0


def test_nobody_touches_another_committees_orders(scene: Scene, order: Order) -> None:
    other = staff(factories.make_committee_staff(factories.make_committee()))
    with pytest.raises(NotAllowed):
        cancel_order(order, by=other, now=LATER)
    with pytest.raises(NotAllowed):
        void_order(order, reason="x", by=other, now=LATER)
    with pytest.raises(NotAllowed):
        mark_paid(order, by=other, now=LATER)
    with pytest.raises(NotAllowed):
        void_order(order, reason="x", by=RESIDENT, now=LATER)


def test_paid_then_made_smaller_is_owed_back(scene: Scene, order: Order) -> None:
    user = staff(factories.make_committee_staff(scene.compound.committee))
    mark_paid(order, by=user, now=LATER)
    order = Order.objects.select_related("batch__group_buy", "compound").get(
        pk=order.pk
    )
    assert order.due_cents == 0
    with pytest.raises(Refused):
        mark_paid(order, by=user, now=LATER)

    changed = change_order(order, wish=scene.wish(A=1), by=RESIDENT, now=LATER)
    assert changed.due_cents == -12000
    assert mark_paid(changed, by=user, now=LATER).due_cents == 0


def test_after_closing_only_the_side_door(scene: Scene, order: Order) -> None:
    town = scene.compound.committee.town
    user = staff(factories.make_town_staff(town))
    with pytest.raises(Refused):
        withdraw(order, reason="填错", by=user, now=LATER)
    close_batch(scene.batch, now=scene.batch.until_last + timedelta(seconds=5))
    after = scene.batch.until_last + timedelta(minutes=5)
    with pytest.raises(TooLate):
        void_order(order, reason="填错", by=user, now=after)

    withdraw(order, reason="填错", by=user, now=after)
    late = let_in_late(
        scene.batch,
        wish=scene.wish("601", A=2),
        reason="电话没打通",
        by=user,
        now=after,
    )
    assert (scene.stock("A").reserved, scene.stock("B").reserved) == (2, 0)
    assert late.late_reason == "电话没打通"
    assert late.placed_at > scene.batch.until_last


@pytest.mark.parametrize("old", OrderState.values)
@pytest.mark.parametrize("new", OrderState.values)
def test_every_pair_of_states(old: str, new: str) -> None:
    ends = {OrderState.CANCELLED, OrderState.VOID}
    assert ORDER_FLOW.allows(old, new) == (old == OrderState.STANDING and new in ends)
