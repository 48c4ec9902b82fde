"""A head and the committee fill in the same homes at once: each home has one order, the books fit."""

import pytest

from groupbuy.community.models import Building, head
from groupbuy.roof.verify import verify
from groupbuy.roof.verify.orders import ORDERS
from groupbuy.roof.verify.stock import STOCK
from orders.actions.heads.save_grid import Entry, save_grid
from orders.models import Order
from orders.queries.heads.grid import NOTHING, seen
from orders.states import Channel, OrderState
from tests.factories import NOON
from tests.races.conftest import Rush
from tests.races.together import together

BOOKS = (*STOCK, *ORDERS)


def save(rush: Rush, entries: list[Entry]) -> dict[tuple[str, str], object]:
    building = Building.objects.select_related("compound").get()
    return dict(
        save_grid(
            rush.batch,
            building,
            entries=entries,
            channel=Channel.HEAD,
            by=head([building.pk]),
            now=NOON,
        )
    )


def entry(rush: Rush, home: int, pieces: int, shown: str = NOTHING) -> Entry:
    items = {rush.stock["A"]: pieces} if pieces else {}
    return Entry("", str(101 + home), items, shown)


@pytest.mark.parametrize("pieces", [0, 1])
def test_the_same_homes_saved_by_six_at_once_are_ordered_once(
    rush: Rush, pieces: int
) -> None:
    """``pieces`` 1: six times the same. 0: every hand types another amount."""
    outcome = together(
        6, lambda n: save(rush, [entry(rush, h, pieces or n % 3 + 1) for h in range(5)])
    )

    assert outcome.faults == []
    rooms = Order.objects.filter(state=OrderState.STANDING).values_list("room")
    assert sorted(rooms) == [(str(101 + home),) for home in range(5)]
    refused = [refusal for told in outcome.results for refusal in told]
    assert bool(refused) is (pieces == 0)
    assert verify(now=NOON, rules=BOOKS).broken == []


def test_cancelled_and_changed_at_once_gives_back_exactly_once(rush: Rush) -> None:
    save(rush, [entry(rush, 0, 3)])
    shown = seen(Order.objects.get())

    outcome = together(6, lambda n: save(rush, [entry(rush, 0, n % 3, shown)]))

    assert outcome.faults == []
    assert verify(now=NOON, rules=BOOKS).broken == []
