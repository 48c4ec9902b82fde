"""Closing the day, and calling off a day or a package."""

from datetime import timedelta

import pytest

from catalog.models import Batch, Stock
from groupbuy.community.models import RESIDENT, LogEntry, staff
from groupbuy.shared.errors import NotAllowed
from orders.actions import call_off as calling_off
from orders.actions import gate
from orders.actions.call_off import call_off_batch, call_off_offer, finish_called_off
from orders.actions.close_batch import GRACE, close_batch, close_due
from orders.actions.leave_demand import leave_demand
from orders.actions.place_order import place_order
from orders.models import Demand, Order, SoldOut, TooLate
from orders.states import Channel, OrderState
from tests import factories
from tests.factories import NOON
from tests.orders.actions.conftest import Scene


def place(scene: Scene, key: str, room: str = "502", **items: int) -> Order:
    wish = scene.wish(room, **items)
    return place_order(
        scene.batch, wish=wish, submit_key=key, by=RESIDENT, now=NOON
    ).order


def test_closing_waits_for_the_last_channel_and_five_seconds(scene: Scene) -> None:
    last = scene.batch.until_last
    assert last == scene.batch.until_heads
    assert close_due(now=last + GRACE - timedelta(microseconds=1)) == []
    assert close_due(now=last + GRACE) == [scene.batch.pk]
    assert close_due(now=last + GRACE) == []
    assert not scene.stock("A").is_open


def test_a_cutoff_moved_at_the_last_moment_is_kept(scene: Scene) -> None:
    due = scene.batch.until_last + GRACE
    Batch.objects.filter(pk=scene.batch.pk).update(until_heads=due + timedelta(hours=1))
    assert not close_batch(scene.batch, now=due, due_at=due)
    assert scene.stock("A").is_open


def test_a_package_of_a_closed_day_is_not_called_off(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day closes between the first look and the last: nothing may have changed."""
    order = place(scene, "k1", A=1, B=1)
    by = staff(factories.make_town_staff(scene.compound.committee.town))
    honest = calling_off._drop_lines

    def closing_meanwhile(stock: Stock, orders: list[int]) -> None:
        honest(stock, orders)
        Stock.objects.filter(pk=stock.pk).update(is_open=False)

    monkeypatch.setattr(calling_off, "_drop_lines", closing_meanwhile)
    with pytest.raises(TooLate):
        call_off_offer(scene.stock("B"), reason="断货", by=by, now=NOON)
    order.refresh_from_db()
    assert order.total_cents == 16000
    assert order.lines.count() == 2
    assert scene.stock("B").called_off_at is None
    told = LogEntry.objects.filter(subject="stock").order_by("pk")
    assert [entry.verb for entry in told] == ["call_off_offer", "keep_offer"]


def test_closing_twice_is_closing_once(scene: Scene) -> None:
    twin = Batch.objects.get(pk=scene.batch.pk)
    assert close_batch(scene.batch, now=NOON)
    assert not close_batch(twin, now=NOON + timedelta(hours=1))
    assert Batch.objects.get(pk=twin.pk).closed_at == NOON


def test_a_day_called_off_voids_its_orders(scene: Scene) -> None:
    order = place(scene, "k1", A=1, B=1)
    with pytest.raises(NotAllowed):
        call_off_batch(scene.batch, reason="暴雨", by=RESIDENT, now=NOON)
    by = staff(factories.make_town_staff(scene.compound.committee.town))
    call_off_batch(scene.batch, reason="暴雨", by=by, now=NOON)

    order.refresh_from_db()
    assert (order.state, order.ended_reason) == (OrderState.VOID, "暴雨")
    assert (scene.stock("A").reserved, scene.used("A")) == (0, 0)
    with pytest.raises(TooLate):
        call_off_batch(scene.batch, reason="again", by=by, now=NOON)


def test_a_crash_in_the_middle_of_calling_off_is_finished(scene: Scene) -> None:
    order = place(scene, "k1", A=1)
    Batch.objects.filter(pk=scene.batch.pk).update(
        state=Batch.State.CALLED_OFF, called_off_reason="暴雨"
    )
    scene.batch.stock.update(is_open=False)
    assert finish_called_off(now=NOON) == [scene.batch.pk]
    assert finish_called_off(now=NOON) == []
    order.refresh_from_db()
    assert order.state == OrderState.VOID


def test_a_package_called_off_leaves_every_order(scene: Scene) -> None:
    mixed = place(scene, "k1", "502", A=1, B=2)
    alone = place(scene, "k2", "601", B=1)
    by = staff(factories.make_town_staff(scene.compound.committee.town))
    call_off_offer(scene.stock("B"), reason="断货", by=by, now=NOON)

    mixed.refresh_from_db()
    alone.refresh_from_db()
    assert (mixed.state, mixed.total_cents) == (OrderState.STANDING, 10000)
    assert mixed.pieces == 1
    assert [line.stock.code for line in mixed.lines.all()] == ["A"]
    assert alone.state == OrderState.VOID
    assert (scene.stock("B").reserved, scene.used("B")) == (0, 0)
    assert scene.stock("B").called_off_reason == "断货"


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("channel", [Channel.LINK, Channel.HEAD])
def test_nobody_gets_more_of_what_was_called_off(
    scene: Scene, channel: str, *, closed: bool
) -> None:
    order = place(scene, "k1", "502", A=1, B=1)
    Stock.objects.filter(pk=scene.stock("B").pk).update(
        called_off_at=NOON, called_off_reason="断货"
    )
    if closed:
        close_batch(scene.batch, now=NOON)
    gates = gate.pass_side_door if closed else gate.pass_gate
    b = scene.stock("B").pk

    with pytest.raises(gate.GateShut) as shut:
        gates({b: 1}, channel=channel)
    gates({b: 0}, channel=channel)
    gates({b: -1}, channel=order.channel)
    assert scene.stock("B").reserved == 0
    if not closed:
        refusal = gate.explain(shut.value, {b: 1}, channel=channel)
        assert isinstance(refusal, SoldOut)


def test_a_crash_between_the_two_steps_of_calling_off_a_package_is_finished(
    scene: Scene,
) -> None:
    """The gate is shut, nothing has left its orders yet; the next tick goes on."""
    order = place(scene, "k1", A=1, B=1)
    Stock.objects.filter(pk=scene.stock("B").pk).update(
        called_off_at=NOON, called_off_reason="断货"
    )
    assert finish_called_off(now=NOON) == [scene.batch.pk]
    assert finish_called_off(now=NOON) == []
    order.refresh_from_db()
    assert (order.state, order.total_cents) == (OrderState.STANDING, 10000)


def test_a_package_half_called_off_when_the_day_closed_stays_on_its_lists(
    scene: Scene,
) -> None:
    order = place(scene, "k1", A=1, B=1)
    Stock.objects.filter(pk=scene.stock("B").pk).update(
        called_off_at=NOON, called_off_reason="断货"
    )
    close_batch(scene.batch, now=NOON)
    finish_called_off(now=NOON)
    order.refresh_from_db()
    assert order.total_cents == 16000
    assert scene.stock("B").called_off_at is None


def test_a_wish_counts_once_a_device(scene: Scene) -> None:
    stock = scene.stock("A")
    assert leave_demand(stock, device="d1", compound_id=scene.compound.pk, now=NOON)
    assert not leave_demand(stock, device="d1", compound_id=None, now=NOON)
    assert leave_demand(stock, device="d2", compound_id=None, now=NOON)
    assert Demand.objects.count() == 2
    assert not Demand.objects.filter(device_hash="d1").exists()
