"""PostgreSQL torn away under fifty orders a second: back within ten seconds of it (T11)."""

import os
import signal
import time
from collections.abc import Callable

from tests.chaos.crowd import Crowd
from tests.chaos.ground import Ground
from tests.chaos.row import row
from tests.chaos.told import Told

AWAY = 2.0  # seconds until somebody starts it again
BACK_WITHIN = 10.0
CALM = 3.0


@row("one of its sessions killed (kill -9): it ends all others and recovers")
def pg_backend_killed(ground: Ground, told: Told) -> None:
    def harm() -> None:
        os.kill(ground.cluster.backends()[0], signal.SIGKILL)
        time.sleep(0.2)
        ground.cluster.until_it_answers()

    torn_away(ground, told, harm)


@row("stopped as by pg_ctl -m immediate, started 2 s later")
def pg_immediate(ground: Ground, told: Told) -> None:
    torn_away(ground, told, lambda: started_again(ground, signal.SIGQUIT))


@row("the postmaster killed (kill -9), started 2 s later")
def pg_killed(ground: Ground, told: Told) -> None:
    torn_away(ground, told, lambda: started_again(ground, signal.SIGKILL))


def started_again(ground: Ground, sign: signal.Signals) -> None:
    ground.cluster.stop(sign)
    time.sleep(AWAY)
    ground.cluster.start()


def torn_away(ground: Ground, told: Told, harm: Callable[[], None]) -> None:
    """Under load; nobody of the site is started anew."""
    day = ground.day()
    before = ground.site.pids("granian")
    with ground.ordering(day, told) as crowd:
        time.sleep(2)
        harm()
        answered = time.monotonic()
        time.sleep(CALM)
    expect_back(told, crowd, answered)
    expect_polite(told)
    told.expect(ground.site.pids("granian") == before, "a web process was started anew")
    told.note(f"the clockwork ticked {ground.until_tick():.0f} s later")


def expect_back(told: Told, crowd: Crowd, instant: float) -> None:
    """All is well again soon after ``instant``, and something was wrong before it."""
    told.back = crowd.back_after(instant)
    soon = told.back is not None and told.back <= BACK_WITHIN
    told.expect(soon, f"not back within {BACK_WITHIN:.0f} s")
    felt = told.refused or told.lost
    told.expect(felt, "the fault was not felt: the row proves nothing")


def expect_polite(told: Told) -> None:
    """Nobody was told that something is broken, only to press once more."""
    told.expect("500" not in told.refused, "a page said that something went wrong")
