"""T23b: random walks of a day's verbs; the model, the database and ``verify`` agree at each step.

``WALKS=500`` walks more, ``WALKS_SEED=7`` elsewhere; the suite always walks the same way.
"""

import os

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from delivery.actions import after_close
from orders.actions import cancel_order, change_order, gate
from orders.models import Order
from tests.walks.walker import WALKS, FromNight, Walk

pytestmark = pytest.mark.django_db
SEED = os.environ.get("WALKS_SEED", "")
SOME = settings(
    max_examples=int(os.environ.get("WALKS", "8")),
    stateful_step_count=30,
    derandomize=not SEED,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
FOUND = settings(SOME, phases=[Phase.generate], max_examples=60)


@pytest.mark.parametrize("walk", WALKS, ids=[walk.__name__ for walk in WALKS])
def test_model_database_and_rules_agree_at_every_step(walk: type[Walk]) -> None:
    machine = seed(int(SEED))(walk) if SEED else walk
    run_state_machine_as_test(machine, settings=SOME)


def planted(monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    if bug == "cancelled twice":
        honest = cancel_order._give_back_open

        def twice(order: Order, back: dict[int, int]) -> None:
            honest(order, back)
            honest(order, back)

        monkeypatch.setattr(cancel_order, "_give_back_open", twice)
    if bug == "the old home still counts":
        moves = change_order._home_moves
        monkeypatch.setattr(
            change_order,
            "_home_moves",
            lambda *a: [m for m in moves(*a) if m.delta > 0],
        )
    if bug == "the link takes the heads' share":
        before, after = gate._GATE.split("    - CASE")
        assert after
        monkeypatch.setattr(gate, "_GATE", before + "))")
    if bug == "the paper stays as it was":
        monkeypatch.setattr(after_close, "correct_list", lambda *a, **k: None)


@pytest.mark.parametrize(
    ("bug", "walk"),
    [
        ("cancelled twice", Walk),
        ("the old home still counts", Walk),
        ("the link takes the heads' share", Walk),
        ("the paper stays as it was", FromNight),
    ],
)
def test_control_a_planted_bug_is_met_on_the_way(
    bug: str, walk: type[Walk], monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(monkeypatch, bug)
    with pytest.raises((AssertionError, IntegrityError)):
        run_state_machine_as_test(walk, settings=FOUND)
