"""A counter that lives in the process: bounded, forgetful, and never the reason for a "no"."""

import logging

import pytest

from groupbuy.shared.misses import Misses


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_are_borne_and_time_forgives() -> None:
    clock = Clock()
    misses = Misses(most=3, seconds=600, clock=clock)
    for _ in range(3):
        assert not misses.are_many(["her"])
        misses.add(["her"])
    assert misses.are_many(["her"])
    assert misses.are_many(["him", "her"])
    assert not misses.are_many(["him"])
    clock.now += 600
    assert not misses.are_many(["her"])


def test_trying_on_does_not_prolong_the_wait() -> None:
    clock = Clock()
    misses = Misses(most=2, seconds=600, clock=clock)
    for _ in range(50):
        misses.add(["her"])
        clock.now += 10
    clock.now += 100
    assert not misses.are_many(["her"])


def test_memory_is_bounded_and_a_full_table_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    misses = Misses(most=1, seconds=600, size=100)
    with caplog.at_level(logging.WARNING):
        for number in range(1000):
            misses.add([number])
    assert len(misses._counts) == 100
    assert "too many misses" in caplog.text
    assert misses.are_many([999])
    assert not misses.are_many([0])


def test_a_broken_counter_lets_everybody_pass_and_logs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> float:
        raise OSError("no clock")

    misses = Misses(most=1, seconds=600, clock=broken)
    misses.add(["her"])
    misses._counts["her"] = (0.0, 99)
    assert not misses.are_many(["her"])
    assert [line.getMessage() for line in caplog.records] == [
        "misses are not counted",
        "misses are not looked at",
    ]
