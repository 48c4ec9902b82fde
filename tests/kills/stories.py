"""The table of stories: what a process does, what a person does again, what is whole."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.actions.open_batch import open_due
from catalog.models import Batch
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.build_lists import build_due, build_lists
from delivery.actions.handoffs import acknowledge, send_handoff
from delivery.models import Handoff
from groupbuy.community.models import RESIDENT, Building, head
from groupbuy.shared.errors import Refused
from orders.actions.call_off import call_off_batch, call_off_offer
from orders.actions.cancel_order import cancel_order
from orders.actions.chain_lines import keep_typed, mark
from orders.actions.change_order import change_order
from orders.actions.close_batch import close_batch, close_due
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.paste_chain import paste_chain
from orders.actions.place_order import place_order
from orders.models import Chain, Order
from orders.queries.chains import work_of
from tests import factories as make
from tests.kills.world import LATER, NOON, Books, World, books, world

Act = Callable[[World], Any]


def is_whole(before: Books, now: Books, after: Books) -> bool:
    """All of it or nothing."""
    return now in (before, after)


@dataclass(frozen=True)
class Story:
    """``act`` is what dies. ``again`` is what a person would do about it, if anybody would;
    two ticks follow. ``repeats`` are verbs that a second, unneeded try may log twice."""

    name: str
    act: Act
    again: Act | None = None
    begin: Callable[[], World] = world
    whole: Callable[[Books, Books, Books], bool] = is_whole
    repeats: frozenset[str] = field(default_factory=frozenset)


def place(w: World) -> str:
    wish = w.wish("502", A=1, B=2)
    placed = place_order(w.day, wish=wish, submit_key=w.key, by=RESIDENT, now=NOON)
    return placed.token


def change(w: World) -> Order:
    """Other goods, and to the neighbour's door."""
    wish = w.wish("503", B=3)
    return change_order(w.fresh_order, wish=wish, by=RESIDENT, now=NOON)


def cancel(w: World) -> Order:
    return cancel_order(w.fresh_order, by=RESIDENT, now=NOON)


def twice_is_told(act: Act) -> Act:
    """A person tries again, and may be told that it was done."""

    def again(w: World) -> None:
        with contextlib.suppress(Refused):
            act(w)

    return again


def nothing_open() -> World:
    w = world()
    make.close(w.batch, NOON)
    build_lists(w.batch, now=NOON)
    return w


def closed() -> World:
    w = world()
    close_batch(w.day, now=LATER)
    return w


def built() -> World:
    w = closed()
    build_lists(w.batch, now=LATER)
    return w


def send_and_confirm(w: World) -> None:
    for handoff in _handoffs(w):
        send_handoff(handoff, by=w.staff, now=LATER)
        acknowledge(handoff, by=w.staff, now=LATER)


def _handoffs(w: World) -> list[Handoff]:
    found = Handoff.objects.filter(batch=w.batch).select_related("batch__group_buy")
    return list(found.order_by("supplier_id"))


def each_handoff(before: Books, now: Books, after: Books) -> bool:
    """One step of one supplier after the other; the log has exactly as many words."""
    steps = sum(
        (sent is not None) + (said is not None) for *_, sent, said in now["handoffs"]
    )
    words = now["log"]["send_handoff"] + now["log"]["acknowledge"]
    rest = {k: v for k, v in now.items() if k not in ("handoffs", "log")}
    return words == steps and all(before[k] == v for k, v in rest.items())


PASTE = """1. 3号楼501 A2B1
2. 3号楼502 B1
3. 3号楼503 A1
4. 3号楼504 A1B1"""


def pasted() -> World:
    """A head's homes: 501 has nothing new, 502 changes, 505 has gone, 503 and 504 are new."""
    w = world()
    Order.objects.filter(pk=w.order.pk).update(channel="head")
    w.batch.stock.filter(code="A").update(reserved_heads=2)
    w.batch.stock.filter(code="B").update(reserved_heads=1)
    make.make_order(w.batch, w.compound, "3-502", items={"A": 1}, channel="head")
    make.make_chain(w.batch, building_3(w), {"505": {"A": 1}})
    hand_in(w)
    lines = {"501": {"A": 2, "B": 1}, "502": {"B": 1}, "503": {"A": 1}}
    building = building_3(w)
    chain = make.make_chain(w.batch, building, lines | {"504": {"A": 1, "B": 1}})
    agreed = {mark(wanted) for wanted in work_of(chain).fold.homes}
    keep_typed(chain, typed_rows={}, agreed=agreed, by=head([building.pk]))
    return w


def building_3(w: World) -> Building:
    return Building.objects.select_related("compound").get(
        compound=w.compound, name="3"
    )


def hand_in(w: World) -> None:
    chain = Chain.objects.select_related("batch__group_buy", "building__compound")
    actor = head([building_3(w).pk])
    results = hand_in_chain(
        chain.filter(batch=w.batch).latest("pk"), by=actor, now=NOON
    )
    assert not [result.refusal for result in results if result.refusal]


def paste(w: World) -> None:
    by = head([building_3(w).pk])
    paste_chain(w.day, building_3(w), text=PASTE, by=by, now=NOON)


def whole_homes(before: Books, now: Books, after: Books) -> bool:
    """Every home as it was or as it will be (its line's word comes with the last step)."""
    homes = [{row[0]: row[:-1] for row in b["orders"]} for b in (before, now, after)]
    was, is_, will = homes
    return len(now["orders"]) == len(is_) and all(
        is_.get(home) in (was.get(home), will.get(home)) for home in was | is_ | will
    )


def call_off(w: World) -> Batch:
    return call_off_batch(w.day, reason="封控", by=w.staff, now=NOON)


def call_off_a(w: World) -> None:
    row = w.batch.stock.select_related("batch__group_buy").get(code="A")
    call_off_offer(row, reason="断货", by=w.staff, now=NOON)


def shut_first(before: Books, now: Books, after: Books) -> bool:
    """The gate is shut first, with its reason; then all orders end at once."""
    if now in (before, after):
        return True
    gate, orders = ("days", "log"), ("orders", "homes")
    shut = all(now[part] == after[part] for part in gate)
    stand = all(now[part] == before[part] for part in orders)
    return shut and stand


def void_late(w: World) -> None:
    order = w.fresh_order
    void_after_close(order, reason="重复", by=w.staff, now=LATER)


def add_late(w: World) -> None:
    wish = w.wish("504", A=1)
    add_after_close(w.day, wish=wish, reason="老人漏报", by=w.staff, now=LATER)


STORIES = [
    Story("place", place, place),
    Story("change", change, change, repeats=frozenset({"change_order"})),
    Story("cancel", cancel, twice_is_told(cancel)),
    Story("open", lambda w: open_due(now=NOON), begin=nothing_open),
    Story("close", lambda w: close_due(now=LATER, closed_at=LATER)),
    Story("build", lambda w: build_due(LATER), begin=closed),
    Story("hand off", send_and_confirm, send_and_confirm, built, each_handoff),
    Story("paste", paste, paste),
    Story(
        "hand in", hand_in, hand_in, pasted, whole_homes, frozenset({"hand_in_chain"})
    ),
    Story("call off", call_off, twice_is_told(call_off), whole=shut_first),
    Story("call off one", call_off_a, twice_is_told(call_off_a), whole=shut_first),
    Story("void after closing", void_late, twice_is_told(void_late), built),
]


def named(name: str, **changes: Any) -> Story:
    (found,) = [story for story in STORIES if story.name == name]
    return replace(found, **changes)


__all__ = ["STORIES", "Story", "books", "named"]
