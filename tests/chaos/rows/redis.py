"""The broker away, hung, dead, emptied: nobody who orders or closes may notice (T9)."""

import time
from collections.abc import Callable

from tests.chaos.crowd import Day, Home, Line, filled
from tests.chaos.ground import Ground
from tests.chaos.row import row
from tests.chaos.site import until
from tests.chaos.told import Told

ORDERING = 5.0  # seconds with the fault
UNKNOWN = Home(1, "1", "9999")  # a room that no building has
TRIES = 60  # twenty are allowed in each of the two workers


@row("Redis stopped and gone; a web process is started anew without it")
def redis_absent(ground: Ground, told: Told) -> None:
    without(ground, told, ground.broker.stop, ground.broker.start, web_anew)


@row("Redis hung (SIGSTOP); who asks or signs in in vain too often is still stopped")
def redis_hung(ground: Ground, told: Told) -> None:
    without(ground, told, ground.broker.hang, ground.broker.go_on, throttles_hold)


@row("Redis killed (kill -9), then an empty one in its place")
def redis_killed(ground: Ground, told: Told) -> None:
    without(ground, told, ground.broker.kill, ground.broker.start)


@row("Redis emptied (FLUSHALL), twenty times")
def redis_flushed(ground: Ground, told: Told) -> None:
    day = ground.day()
    with ground.ordering(day, told):
        for _ in range(20):
            time.sleep(ORDERING / 20)
            ground.broker.forget()
    expect_nobody_noticed(told)
    ground.shut(day)
    ground.until_built(day, told)
    ground.expect_one_closing(day, told)


def without(
    ground: Ground,
    told: Told,
    harm: Callable[[], None],
    heal: Callable[[], None],
    meanwhile: Callable[[Ground, Told, Day], None] = lambda *_: None,
) -> None:
    """Orders before and during the fault, closing by the timer, then the clockwork again."""
    day = ground.day()
    try:
        with ground.ordering(day, told):
            time.sleep(1)
            harm()
            time.sleep(ORDERING)
        expect_nobody_noticed(told)
        meanwhile(ground, told, day)
        ground.shut(day)
        ground.timer(told)
        ground.expect_one_closing(day, told)
    finally:
        heal()
    told.note(f"the clockwork ticked {ground.until_tick():.0f} s after Redis came back")


def expect_nobody_noticed(told: Told) -> None:
    told.expect(not told.refused and not told.lost, "somebody noticed")
    told.expect(told.slowest < 2, f"an order took {told.slowest:.1f} s")


def web_anew(ground: Ground, told: Told, day: Day) -> None:
    """A web server that has never seen Redis takes orders, too."""
    ground.site.kill(ground.site.child("granian"))
    until(ground.site.answers, "the web did not start without Redis", 30)
    with ground.ordering(day, told):
        time.sleep(2)
    expect_nobody_noticed(told)


def throttles_hold(ground: Ground, told: Told, day: Day) -> None:
    """Both keep what they count without Redis: one in the process, one in the database."""
    line = Line(ground.site.port)
    body = filled(day, UNKNOWN, 1)
    said = [line.post(day.path, body, day.cookies).refused for _ in range(TRIES)]
    told.expect("too_many" in said, f"looking for a home was never stopped: {said[-1]}")
    told.expect(said[0] == "no_such_home", f"the first look said {said[0]}")
    line.hang_up()
    words = [ground.sign_in("chaos-nobody", "wrong").status for _ in range(9)]
    told.expect(words[-1] == 429, f"the ninth wrong password: {words[-1]}")
    told.note("20 wrong homes and 8 wrong passwords are still the most")
