"""Pasting and handing in: what becomes an order, what waits, and what a repeat does."""

from datetime import timedelta

import pytest

from groupbuy.community.models import RESIDENT, LogEntry, head, staff
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions import hand_in_chain as module
from orders.actions.cancel_order import void_order
from orders.actions.chain_lines import accept_line, keep_typed, set_aside_line
from orders.actions.paste_chain import MOST_LINES, paste_chain
from orders.actions.place_order import place_order
from orders.models import Chain, Demand, Order
from orders.reading.fold import Kind
from tests import factories
from tests.factories import NOON
from tests.orders.actions.chain_scene import HeadOf
from tests.orders.actions.conftest import Scene


@pytest.fixture
def lady(scene: Scene) -> HeadOf:
    building = scene.compound.buildings.get(name="3")
    return HeadOf(scene.batch, building)


def test_clean_lines_become_orders_with_their_source(lady: HeadOf) -> None:
    lady.paste("3-501 A1", "502 A2 B1 现金")
    assert [r.refusal for r in lady.hand_in()] == ["", ""]

    assert lady.held == {"501": "A1", "502": "A2 B1"}
    order = Order.objects.get(room="502")
    assert (order.channel, order.note) == ("head", "现金")
    assert order.chain_lines.get().text == "502 A2 B1 现金"
    assert lady.states == ["handed_in", "handed_in"]
    assert LogEntry.objects.filter(verb="hand_in_chain").get().data["homes"] == 2


def test_the_same_paste_is_kept_once_and_handed_in_once(lady: HeadOf) -> None:
    first = lady.paste("501 A1")
    lady.hand_in()
    assert lady.paste("501 A1") == first
    assert lady.hand_in() == []
    lady.paste("501 A1", "谢谢")
    assert (lady.work.fold.ready, lady.work.fold.taps) == ([], [])
    assert lady.hand_in() == []
    assert Order.objects.count() == 1


def test_edited_entries_and_vanished_ones_wait_for_their_tap(lady: HeadOf) -> None:
    lady.paste("501 A1", "502 B2")
    lady.hand_in()
    lady.paste("501 A3", "601 A1")
    lady.hand_in()
    assert lady.held == {"501": "A1", "502": "B2", "601": "A1"}

    lady.tap("501", "502")
    lady.hand_in()
    assert lady.held == {"501": "A3", "601": "A1"}
    assert Order.objects.get(room="502").state == "cancelled"


def test_a_home_that_comes_back_is_a_new_order(lady: HeadOf) -> None:
    lady.paste("501 A1")
    lady.hand_in()
    lady.paste("502 A1")
    lady.tap("501")
    lady.hand_in()
    lady.paste("502 A1", "501 A1")
    lady.tap("501")  # handed in before and ended: it asks
    lady.hand_in()
    assert lady.held == {"501": "A1", "502": "A1"}
    assert Order.objects.filter(room="501").count() == 2


def test_a_change_is_proposed_and_counts_once_it_is_accepted(lady: HeadOf) -> None:
    lady.paste("501 A1", "502 A1", "501 再加 B1")
    assert lady.work.rows(lady.work.lines[2])[0]["items"] == {"A": 1, "B": 1}
    lady.hand_in()
    assert lady.held == {"502": "A1"}

    lady.accept(3)
    lady.hand_in()
    assert lady.held == {"501": "A1 B1", "502": "A1"}
    lady.paste("501 A1", "502 A1", "501 再加 B1", "好的")
    assert (lady.work.fold.ready, lady.work.fold.taps) == ([], [])


def test_a_decision_is_asked_again_when_the_entry_above_it_changes(
    lady: HeadOf,
) -> None:
    lady.paste("501 A1", "501 再加 B1")
    lady.accept(2)
    lady.hand_in()
    lady.paste("501 A2", "501 再加 B1")

    (change,) = [line for line in lady.work.lines if lady.work.waits(line)]
    assert change.number == 2
    assert lady.hand_in() == []
    lady.accept(2)
    lady.hand_in()
    assert lady.held == {"501": "A2 B1"}


def test_a_cancellation_gives_back(lady: HeadOf) -> None:
    lady.paste("501 A1")
    lady.hand_in()
    lady.paste("501 A1", "501 不要了")
    lady.accept(2)
    lady.hand_in()
    assert lady.held == {}
    assert lady.work.of_home(("", "501")) == []
    lady.paste("501 A1", "501 不要了", "收到")
    assert (lady.work.fold.ready, lady.work.fold.taps) == ([], [])


def test_what_cannot_be_had_is_told_by_home_and_the_rest_stands(
    scene: Scene, lady: HeadOf
) -> None:
    scene.batch.stock.filter(code="B").update(quota=1)
    lady.paste("501 A1", "502 B2", "601 B1")
    results = {r.wanted.home[1]: r.refusal for r in lady.hand_in()}
    assert results["501"] == results["601"] == ""
    assert scene.stock("B").title in results["502"]
    assert lady.held == {"501": "A1", "601": "B1"}
    assert lady.states == ["handed_in", "refused", "handed_in"]

    scene.batch.stock.filter(code="B").update(quota=9)
    lady.hand_in()
    assert lady.held["502"] == "B2"
    assert lady.states[1] == "handed_in"


class Crash(Exception):  # noqa: N818 - it is no error of ours
    """The worker dies here."""


@pytest.mark.parametrize("dies_after", [0, 1, 2, 3])
def test_killed_between_homes_and_repeated_it_is_the_same(
    lady: HeadOf, monkeypatch: pytest.MonkeyPatch, dies_after: int
) -> None:
    lady.paste("501 A1", "502 A1")
    lady.hand_in()
    lady.paste("501 A2", "601 A1", "602 B1")
    lady.tap("501", "502")
    work, left = module._write, [dies_after]

    def dying(*args: object, **kwargs: object) -> Order:
        if not left[0]:
            raise Crash
        left[0] -= 1
        return work(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_write", dying)
    with pytest.raises(Crash):
        lady.hand_in()
    monkeypatch.setattr(module, "_write", work)
    lady.hand_in()
    lady.hand_in()

    assert lady.held == {"501": "A2", "601": "A1", "602": "B1"}
    assert Order.objects.count() == 4
    assert set(lady.states) == {"handed_in"}


def test_other_buildings_are_shown_and_never_handed_in(lady: HeadOf) -> None:
    lady.paste("12-501 A1", "3-501 A1")
    lady.hand_in()
    assert lady.held == {"501": "A1"}
    assert lady.states[0] == "set_aside"
    assert Order.objects.count() == 1


def test_a_head_pastes_for_the_own_building_only(scene: Scene, lady: HeadOf) -> None:
    other = scene.compound.buildings.get(name="12")
    for actor in (head([other.pk]), RESIDENT):
        with pytest.raises(NotAllowed):
            paste_chain(scene.batch, lady.building, text="501 A1", by=actor, now=NOON)
    lady.paste("501 A1")
    with pytest.raises(NotAllowed):
        module.hand_in_chain(lady.chain, by=head([other.pk]), now=NOON)


def test_typed_corrections_outlive_a_refusal_and_the_next_paste(lady: HeadOf) -> None:
    lady.paste("501 A1?", "没问题")
    row = {"unit": "", "room": "50l", "items": {"A": "x"}, "name": "", "note": "急"}
    keep_typed(lady.chain, typed_rows={1: [row]}, agreed=(), by=lady.actor)
    with pytest.raises(Refused) as refusal:
        lady.accept(1)
    assert refusal.value.field == "0-items"
    lady.paste("501 A1?", "没问题", "502 A1")
    assert lady.work.lines[0].corrected == [row]


def test_set_aside_counts_for_nothing(lady: HeadOf) -> None:
    lady.paste("501 A1")
    set_aside_line(lady.chain, 1, by=lady.actor)
    assert lady.hand_in() == []


def test_an_old_paste_hands_in_nothing(lady: HeadOf) -> None:
    old = lady.paste("501 A1")
    lady.paste("501 A2")
    with pytest.raises(Refused) as refusal:
        module.hand_in_chain(old, by=lady.actor, now=NOON)
    assert refusal.value.code == "old_paste"
    with pytest.raises(Refused):
        accept_line(old, 1, by=lady.actor)


def test_a_staff_voided_order_asks_before_it_comes_back(
    scene: Scene, lady: HeadOf
) -> None:
    lady.paste("501 A1")
    lady.hand_in()
    user = factories.make_committee_staff(scene.compound.committee)
    void_order(Order.objects.get(), reason="重复", by=staff(user), now=NOON)
    assert lady.hand_in() == []
    (wanted,) = lady.work.fold.taps
    assert wanted.kind == Kind.NEW


def test_a_wish_counts_once_however_often_it_is_pasted(lady: HeadOf) -> None:
    lady.paste("501 还有没有A")
    lady.paste("501 还有没有A", "502 A1")
    assert Demand.objects.count() == 1


def test_the_link_s_order_of_a_home_stays_its_own(scene: Scene, lady: HeadOf) -> None:
    wish = scene.wish("501")
    place_order(scene.batch, wish=wish, submit_key="k", by=RESIDENT, now=NOON)
    lady.paste("501 A1")
    lady.hand_in()
    assert Order.objects.filter(room="501").count() == 2
    assert scene.used("A", "501") == 2


@pytest.mark.parametrize("text", ["", " \n\n ", "501 A1\n" * (MOST_LINES + 1)])
def test_nothing_and_too_much_are_refused(lady: HeadOf, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        lady.paste(text)
    assert refusal.value.field == "text"
    assert not Chain.objects.exists()


def test_after_the_cutoff_only_the_town_can(lady: HeadOf) -> None:
    late = lady.batch.until_heads + timedelta(seconds=1)
    lady.paste("501 A1", now=late)
    (result,) = lady.hand_in(now=late)
    assert result.is_late
    assert lady.work.chain.refused["/501"]["late"]
    assert lady.held == {}
