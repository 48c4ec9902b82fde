"""Replies that never arrive, and the last seconds before the cutoff (T5, T6)."""

import time

from tests.chaos.crowd import Crowd, Line, filled
from tests.chaos.cutter import Cutter
from tests.chaos.ground import Ground
from tests.chaos.judge import Seen
from tests.chaos.row import row
from tests.chaos.site import until
from tests.chaos.told import Told

ORDERS = 30
LEFT = 4.0  # seconds until the cutoff when the crowd begins


@row("a proxy cuts 30 lines after COMMIT, before the reply; sent again, and once more")
def lost_reply(ground: Ground, told: Told) -> None:
    day = ground.day()
    with ground.ordering(day, told) as crowd, Cutter(ground.site.port) as cutter:
        line = Line(cutter.port)
        for turn in range(ORDERS):
            home = next(ground.homes[day.batch])
            body = filled(day, home, turn)
            words = []
            for _ in range(3):  # cut; the retry; "back" and sent again
                word, number = crowd.send(line, body)
                words.append(word if word != "accepted" else number)
            told.expect(words[0] == "lost", "the line was not cut")
            told.expect(words[1] == words[2], f"not the same order: {words}")
            told.expect(words[1].isdecimal(), f"no order: {words}")
            crowd.seen.append(Seen(words[1], home.key))
            told.lost += words[0] == "lost"
        line.hang_up()


@row("orders go on across the cutoff; the clockwork closes by itself")
def cutoff(ground: Ground, told: Told) -> None:
    day = ground.day()
    with ground.ordering(day, told) as crowd:
        instant = ground.shut(day, -LEFT)
        time.sleep(LEFT + 3)
    expect_clock(told, crowd, instant)
    told.expect(set(told.refused) == {"late"}, "refused, but not because it was late")
    ground.until_built(day, told)
    ground.expect_one_closing(day, told)


def expect_clock(told: Told, crowd: Crowd, cutoff: float) -> None:
    """In before the cutoff (``time.monotonic``), late after it."""
    late = [a for a in crowd.answers if a.word == "accepted" and a.sent > cutoff]
    told.expect(not late, f"{len(late)} were sent after the cutoff and accepted")
    early = [a for a in crowd.answers if a.word == "late" and a.came < cutoff - 0.1]
    told.expect(not early, f"{len(early)} were called late before the cutoff")


@row("a web worker killed (kill -9) under load; another takes its place")
def web_killed(ground: Ground, told: Told) -> None:
    day = ground.day()
    with ground.ordering(day, told) as crowd:
        time.sleep(2)
        web = ground.site.child("granian")
        assert web is not None
        web.children()[0].kill()
        instant = time.monotonic()
        time.sleep(5)
    told.back = crowd.back_after(instant)
    until(ground.site.is_whole, "the worker did not come back", 30)
    told.expect(told.back is not None and told.back < 10, "not back within 10 s")
