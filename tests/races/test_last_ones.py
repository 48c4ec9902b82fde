"""Fifty buyers for the last few: exactly the quota is sold, whoever is first."""

import threading

import pytest

from catalog.models import Stock
from groupbuy.roof.verify import verify
from groupbuy.roof.verify.orders import ORDERS
from groupbuy.roof.verify.stock import STOCK
from orders.actions import gate
from orders.actions import place_order as placing
from orders.models import HomeUse, Order, SoldOut
from tests.factories import NOON
from tests.races.conftest import Rush
from tests.races.together import together, without_check

BOOKS = (*STOCK, *ORDERS)


UNGUARDED = """
UPDATE catalog_stock SET reserved = reserved + %s
WHERE id = %s AND CAST(%s AS text) || CAST(%s AS text) <> ''
"""


def read_first(monkeypatch: pytest.MonkeyPatch, buyers: int) -> None:
    """The guard off: look whether there is enough, then, when all have looked, write."""
    all_have_looked, honest = threading.Barrier(buyers), placing.basket

    def basket(batch, wish):  # type: ignore[no-untyped-def]
        wanted = honest(batch, wish)
        for pk, quantity in wanted.items.items():
            enough = Stock.objects.get(pk=pk).left >= quantity
            all_have_looked.wait(30)
            if not enough:
                raise SoldOut([pk], ["A"])
        return wanted

    monkeypatch.setattr(placing, "basket", basket)
    monkeypatch.setattr(gate, "_GATE", UNGUARDED)


@pytest.mark.parametrize("quota", [1, 5, 37])
def test_fifty_buyers_get_exactly_the_quota(rush: Rush, quota: int) -> None:
    rush.quota("A", quota)
    outcome = together(50, rush.place)

    assert outcome.faults == []
    assert len(outcome.results) == quota
    assert outcome.refused == {"sold_out": 50 - quota}
    assert rush.row("A").reserved == Order.objects.count() == quota
    assert verify(now=NOON, rules=BOOKS).broken == []


@pytest.mark.parametrize("quota", [1, 5, 37])
def test_control_reading_first_oversells(
    rush: Rush, quota: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rush.quota("A", quota)
    read_first(monkeypatch, 50)
    with without_check("catalog_stock", "stock_never_oversold"):
        outcome = together(50, rush.place, checks=False)

    assert outcome.faults == []
    assert len(outcome.results) > quota
    assert "stock_within_quota" in {
        f.rule for f in verify(now=NOON, rules=BOOKS).broken
    }


def test_the_check_alone_still_holds_the_quota(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the guarded statement stands a CHECK: without the guard nothing is oversold."""
    rush.quota("A", 5)
    monkeypatch.setattr(gate, "_GATE", UNGUARDED)
    outcome = together(20, rush.place)
    assert len(outcome.results) == rush.row("A").reserved == Order.objects.count() == 5
    assert len(outcome.faults) == 15


def test_one_home_by_forty_hands_keeps_its_limit(rush: Rush) -> None:
    outcome = together(40, lambda n: rush.place(0, key=f"hand-{n}"))

    assert outcome.faults == []
    assert len(outcome.results) == 5
    assert outcome.refused == {"over_limit": 35}
    assert HomeUse.objects.get().quantity == rush.row("A").reserved == 5


def test_control_a_limit_that_is_only_read_is_broken(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded = gate._MORE_FOR_HOME.replace(
        "WHERE orders_homeuse.quantity + excluded.quantity <=", "WHERE 0 <="
    )
    monkeypatch.setattr(gate, "_MORE_FOR_HOME", unguarded)
    together(40, lambda n: rush.place(0, key=f"hand-{n}"))
    assert HomeUse.objects.get().quantity == 40
    assert "home_within_limit" in {f.rule for f in verify(now=NOON, rules=BOOKS).broken}


def test_one_form_sent_twenty_times_is_one_order(rush: Rush) -> None:
    outcome = together(20, lambda n: rush.place(0, key="the-form"))

    assert outcome.faults == []
    assert outcome.refused == {}
    assert len({placed.order.pk for placed in outcome.results}) == 1
    assert len({placed.token for placed in outcome.results}) == 1
    assert sum(placed.is_new for placed in outcome.results) == 1
    assert (Order.objects.count(), rush.row("A").reserved) == (1, 1)


def test_control_looking_for_the_key_first_lets_doubles_in(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_have_looked, honest = threading.Barrier(20), placing.basket
    of_form, counter = placing.of_form, iter(range(1000))

    def basket(batch, wish):  # type: ignore[no-untyped-def]
        all_have_looked.wait(30)
        return honest(batch, wish)

    monkeypatch.setattr(placing, "basket", basket)
    monkeypatch.setattr(
        placing, "of_form", lambda key: of_form(f"{key}-{next(counter)}")
    )
    monkeypatch.setattr(placing, "order_number", lambda *_key: f"{next(counter):09d}")
    together(20, lambda n: rush.place(0, key="the-form"))
    assert Order.objects.count() > 1
