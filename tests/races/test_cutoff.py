"""Orders across the cutoff and the close: each is in, or refused with the reason."""

import random
import threading
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone

from catalog.models import Batch
from delivery.actions.build_lists import build_due
from groupbuy.community.models import RESIDENT
from groupbuy.roof.verify import RULES, verify
from orders.actions import basket, change_order, close_batch, gate, placing
from orders.actions.cancel_order import cancel_order
from orders.models import Order
from tests.races.conftest import Rush
from tests.races.together import Outcome, together

GATE_WITHOUT_IS_OPEN = gate._GATE.replace("is_open AND", "")
ORDER_WITHOUT_CLOCK = placing._ORDER.replace(
    "day.state = 'open' AND day.{cutoff} > %s", "CAST(%s AS text) IS NOT NULL"
).replace("day.{cutoff} FROM", "'2100-01-01 00:00:00Z' FROM")


def rush_over(rush: Rush, seconds: float) -> Outcome:
    """Twelve phones order, change and cancel for ``seconds``; two clockworks close."""
    until = timezone.now() + timedelta(seconds=seconds / 2)
    Batch.objects.filter(pk=rush.batch.pk).update(
        opens_at=until - timedelta(hours=1),
        until_link=until,
        until_heads=until,
        delivery_on=timezone.localdate() + timedelta(days=1),
    )
    ended = threading.Event()

    def phone(n: int) -> list[str]:
        said, dice, turn = [], random.Random(n), 0  # noqa: S311
        while not ended.is_set():
            turn += 1
            said.append(step(rush, f"{n}-{turn}", dice))
        return said

    def clockwork() -> list[int]:
        done = []
        stop = timezone.now() + timedelta(seconds=seconds)
        while timezone.now() < stop:
            done += close_batch.close_due(now=timezone.now())
            sleep(0.02)
        ended.set()
        return done

    return together(14, lambda n: phone(n) if n < 12 else clockwork())


def step(rush: Rush, key: str, dice: random.Random) -> str:
    """One order, now and then changed or cancelled; what came of it in a word."""
    home = dice.randrange(60)
    try:
        order = rush.place(home, key=key, now=timezone.now(), A=1, B=1).order
        order = Order.objects.select_related("batch__group_buy", "compound").get(
            pk=order.pk
        )
        if dice.random() < 0.3:
            cancel_order(order, by=RESIDENT, now=timezone.now())
        elif dice.random() < 0.3:
            wish = rush.wish(home, B=1, C=1)
            change_order.change_order(order, wish=wish, by=RESIDENT, now=timezone.now())
    except basket.Refused as refusal:
        return refusal.code
    return "in"


def test_each_is_in_or_refused_with_the_reason(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(close_batch, "GRACE", timedelta(seconds=0.2))
    outcome = rush_over(rush, 3)

    assert outcome.faults == []
    words = {word for said in outcome.results for word in said if isinstance(word, str)}
    assert {"in", "late"} <= words <= {"in", "late", "over_limit", "sold_out"}
    closed = [pk for said in outcome.results for pk in said if isinstance(pk, int)]
    assert closed == [rush.batch.pk]
    build_due(timezone.now())
    rules = tuple(rule for rule in RULES if rule.name != "heartbeat_is_fresh")
    assert verify(now=timezone.now(), rules=rules).broken == []


def test_control_without_clock_and_gate_orders_slip_in(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(close_batch, "GRACE", timedelta(seconds=0.2))
    monkeypatch.setattr(gate, "_GATE", GATE_WITHOUT_IS_OPEN)
    monkeypatch.setattr(change_order, "check_in_time", lambda *args, **kwargs: None)
    monkeypatch.setattr(placing, "_ORDER", ORDER_WITHOUT_CLOCK)
    rush_over(rush, 2)
    found = {finding.rule for finding in verify(now=timezone.now()).broken}
    assert "nothing_after_closing" in found


def test_control_the_gate_alone_keeps_latecomers_out(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with a broken clock, a closed stock row takes nothing."""
    monkeypatch.setattr(close_batch, "GRACE", timedelta(seconds=0.2))
    monkeypatch.setattr(placing, "_ORDER", ORDER_WITHOUT_CLOCK)
    rush_over(rush, 2)
    found = {finding.rule for finding in verify(now=timezone.now()).broken}
    assert "nothing_after_closing" not in found


def baskets(rush: Rush, n: int) -> str:
    dice = random.Random(n)  # noqa: S311
    last = ""
    for turn in range(12):
        codes = dice.sample("ABCDE", dice.randint(1, 5))
        home = dice.randrange(60)
        try:
            placed = rush.place(home, key=f"{n}-{turn}", **dict.fromkeys(codes, 1))
            if dice.random() < 0.4:
                order = Order.objects.select_related(
                    "batch__group_buy", "compound"
                ).get(pk=placed.order.pk)
                cancel_order(order, by=RESIDENT, now=placed.order.placed_at)
        except basket.Refused as refusal:
            last = refusal.code
    return last


def test_random_baskets_never_deadlock(rush: Rush) -> None:
    outcome = together(16, lambda n: baskets(rush, n))
    assert outcome.faults == []
    rules = tuple(rule for rule in RULES if rule.name != "heartbeat_is_fresh")
    assert verify(now=rush.batch.opens_at, rules=rules).broken == []


@pytest.mark.postgres
def test_control_locks_in_any_order_deadlock(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = gate.pass_gate

    def any_order(deltas: dict[int, int], *, channel: str) -> None:
        items = list(deltas.items())
        random.shuffle(items)
        for pk, delta in items:
            honest({pk: delta}, channel=channel)
            sleep(0.002)

    monkeypatch.setattr(gate, "pass_gate", any_order)
    assert connection.vendor == "postgresql"
    outcome = together(16, lambda n: baskets(rush, n))
    assert any("deadlock" in str(fault) for fault in outcome.faults)
