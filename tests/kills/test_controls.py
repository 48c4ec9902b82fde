"""Negative controls: without its transaction a verb leaves halves, and the matrix finds them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from delivery.actions import build_lists
from groupbuy.community.models import RESIDENT
from groupbuy.shared import tokens
from groupbuy.shared.one_trip import Step, Stopped, _written, write_down
from orders.actions import cancel_order, change_order, place_order
from tests.kills.matrix import Half, matrix
from tests.kills.stories import named
from tests.kills.world import NOON, World

pytestmark = pytest.mark.django_db(transaction=True)


def step_by_step(steps: Sequence[Step], answer: Step) -> Any:
    """As ``in_one_trip``, each statement for itself."""
    with connection.cursor() as cursor:
        for step in steps:
            if connection.vendor == "postgresql":
                cursor.execute(counted(step), step.all_params)
                if cursor.fetchone()[0] < step.least:
                    raise Stopped(step.name)
            else:
                write_down(cursor, step)
        cursor.execute(answer.sql, answer.params)
        return cursor.fetchone()[0]


def counted(step: Step) -> str:
    """What it writes, and to how many rows."""
    return f"{_written(step)} SELECT COUNT(*) FROM done"  # noqa: S608 - our own text


def test_an_order_in_several_acts_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(place_order, "in_one_trip", step_by_step)
    with pytest.raises(Half, match=r"place, step .* half done: orders"):
        matrix(named("place"), tmp_path / "notes")


def test_a_change_without_its_transaction_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(change_order, "_write", change_order._write.__wrapped__)
    monkeypatch.setattr(change_order, "locked", lambda found: found)
    with pytest.raises(Half, match=r"change, step .* half done"):
        matrix(named("change"), tmp_path / "notes")


def test_a_cancelling_without_its_transaction_is_found(tmp_path: Path) -> None:
    bare = cancel_order.cancel_order.__wrapped__

    def cancel(w: World) -> None:
        bare(w.fresh_order, by=RESIDENT, now=NOON)

    with pytest.raises(Half, match=r"cancel, step .* half done"):
        matrix(replace(named("cancel"), act=cancel), tmp_path / "notes")


def test_lists_without_their_transaction_are_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = build_lists.build_lists.__wrapped__
    monkeypatch.setattr(build_lists, "build_lists", bare)
    monkeypatch.setattr(build_lists.db, "locked", lambda found: found)
    with pytest.raises(Half, match=r"build, step .*list_header_matches"):
        matrix(named("build"), tmp_path / "notes")


def test_a_key_that_is_new_at_every_try_is_found(tmp_path: Path) -> None:
    """A lost reply: without the submit key the second try is a second order."""

    def place(w: World) -> None:
        wish, key = w.wish("502", A=1, B=2), tokens.new_key()
        place_order.place_order(w.day, wish=wish, submit_key=key, by=RESIDENT, now=NOON)

    story = replace(named("place"), act=place, again=place)
    with pytest.raises(Half, match=r"place, step .* in the end"):
        matrix(story, tmp_path / "notes")
