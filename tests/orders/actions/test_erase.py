"""Thirty days after delivery nobody can tell who lived behind an order; the books still hold."""

from datetime import timedelta

from delivery.actions.build_lists import build_lists
from delivery.actions.shred import shred_due
from delivery.models import PickupLine
from groupbuy.community.models import RESIDENT, SYSTEM
from groupbuy.roof.tick import beat
from groupbuy.roof.verify import verify
from orders.actions.close_batch import close_batch
from orders.actions.erase import erase_due
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.place_order import place_order
from orders.models import ChainLine, HomeUse, Order
from tests.factories import NOON, make_chain
from tests.orders.actions.conftest import Scene


def test_forgotten_after_thirty_days_and_the_books_hold(scene: Scene) -> None:
    for key, room in (("k1", "502"), ("k2", "502"), ("k3", "601")):
        wish = scene.wish(room, B=1)
        place_order(scene.batch, wish=wish, submit_key=key, by=RESIDENT, now=NOON)
    building = scene.compound.buildings.get(name="3")
    chain = make_chain(scene.batch, building, {"602": {"A": 1}})
    hand_in_chain(chain, by=SYSTEM, now=NOON)
    close_batch(scene.batch, now=scene.batch.until_last)
    build_lists(scene.batch, now=scene.batch.until_last)
    month = NOON + timedelta(days=31)
    assert erase_due(now=month) == 0  # delivered 30 days ago, not more

    later = month + timedelta(days=1)
    overdue = {"nothing_kept_too_long", "chains_forget"}
    assert overdue <= {f.rule for f in verify(now=later).broken}
    assert erase_due(now=later) > 0
    assert erase_due(now=later) == 0
    shred_due(later)

    told = ("name", "phone", "note", "unit", "room", "room_sort")
    assert set(Order.objects.values_list(*told)) == {("",) * 6}
    assert set(Order.objects.values_list("building", flat=True)) == {"3"}
    assert not PickupLine.objects.exclude(room="").exists()
    assert not HomeUse.objects.filter(home_key__contains="502").exists()
    assert Order.objects.values("home_key").distinct().count() == 3
    line = ChainLine.objects.get()
    assert (line.text, line.understood, line.corrected) == ("", [], None)
    assert line.orders.get().in_building == building
    beat("test")
    assert verify(now=later).broken == []
