"""Whose CPU it was: a figure taken while others worked is no figure."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import psutil

T = TypeVar("T")
MOST_FOREIGN = 0.06  # of all CPU, by processes that are not ours
TRIES = 4


@dataclass(frozen=True)
class Spent:
    """Seconds of wall and CPU of one measurement; ``foreign`` is a share of the machine."""

    wall: float
    own_cpu: float
    foreign: float


def _family() -> list[psutil.Process]:
    me = psutil.Process()
    return [me, *me.children(recursive=True)]


def _own_cpu() -> float:
    """CPU seconds of this process, its living descendants and those it has waited for."""
    total = 0.0
    for process in _family():
        try:
            spent = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += spent.user + spent.system
        total += spent.children_user + spent.children_system
    return total


def _busy() -> float:
    times = psutil.cpu_times()
    return times.user + times.nice + times.system + times.irq + times.softirq


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    """Run ``work`` once, with what it cost."""
    busy, own, wall = _busy(), _own_cpu(), time.perf_counter()
    result = work()
    wall = time.perf_counter() - wall
    busy, own = _busy() - busy, _own_cpu() - own
    whole = wall * (os.cpu_count() or 1)
    return result, Spent(wall, own, max(busy - own, 0) / whole)


def alone(work: Callable[[], T], say: Callable[[str], object]) -> tuple[T, Spent]:
    """Run ``work`` until nobody else took more than 6 % of the machine, four times at most."""
    for left in reversed(range(TRIES)):
        result, spent = timed(work)
        if spent.foreign <= MOST_FOREIGN or not left:
            break
        say(f"  again: {spent.foreign:.0%} of the CPU was not ours")
    if spent.foreign > MOST_FOREIGN:
        say(f"  !!! taken with {spent.foreign:.0%} foreign CPU")
    return result, spent
