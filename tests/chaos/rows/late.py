"""A clockwork that comes back after hours or days, and one bad day among forty (T14, T15)."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.chaos.ground import Ground
from tests.chaos.row import row
from tests.chaos.rows.clockwork import send_ticks
from tests.chaos.site import until
from tests.chaos.told import Told

DAYS = 40
POISON = """
CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id = {0} AND NEW.state = 'closed' THEN RAISE EXCEPTION 'poisoned'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER poison BEFORE UPDATE ON catalog_batch FOR EACH ROW EXECUTE FUNCTION poison()
"""
ANTIDOTE = "DROP TRIGGER poison ON catalog_batch; DROP FUNCTION poison()"
CLOSED = """
SELECT subject_id FROM community_logentry
WHERE verb = 'close_batch' AND subject_id = ANY(%s) ORDER BY id
"""
BUILT = "SELECT count(*) FROM delivery_paperwork WHERE batch_id = ANY(%s)"


@row(
    "no tick for three hours and for three days (two days' orders moved back), then one"
)
def no_tick(ground: Ground, told: Told) -> None:
    with held(ground, "beat", "tick", "render"):
        due = []
        for back in (timedelta(hours=3), timedelta(days=3)):
            day = ground.day()
            with ground.ordering(day, told):
                time.sleep(2)
            ground.town.move_back(day.batch, back)
            due.append(day)
        ground.timer(told)
    ids = [day.batch for day in due]
    closed = [pk for (pk,) in ground.cluster.rows(CLOSED, [ids])]
    told.expect(closed == ids[::-1], f"closed {closed}, the oldest is {ids[1]}")
    for day in due:
        told.faults += ground.town.closings(day.batch)


@row("forty days due at once; the first of them cannot be closed")
def poisoned(ground: Ground, told: Told) -> None:
    with held(ground, "beat", "render"):
        bad, *good = days = [ground.town.full_day(20).pk for _ in range(DAYS)]
        ground.cluster.do(POISON.format(bad))
        try:
            with ground.ordering(ground.day(), told):
                took = one_tick(ground, good)
            told.note(f"{len(good)} were closed and built by one tick in {took:.0f} s")
            alarm = f"batch {bad} could not be closed"
            told.expect(alarm in ground.site.log.read_text(), "no line of log names it")
            expect_rule(ground, told)
        finally:
            ground.cluster.do(ANTIDOTE)
        one_tick(ground, [bad])
    for pk in days:
        told.faults += ground.town.closings(pk)
        ground.town.end(pk)


def one_tick(ground: Ground, due: list[int]) -> float:
    """Seconds until all of these days are built."""
    send_ticks(1)
    return until(
        lambda: ground.cluster.rows(BUILT, [due]) == [(len(due),)],
        "some days were not closed and built",
        60,
    )


def expect_rule(ground: Ground, told: Told) -> None:
    """The books say it, so the desk and the watcher hear it within ten minutes."""
    said = ground.site.manage("verify").stdout
    broken = [line for line in said.splitlines() if line.startswith("BROKEN")]
    told.expect(
        [line for line in broken if "due_days_are_closed" in line and "1 rows" in line],
        f"verify does not say that a day is overdue: {broken}",
    )
    told.note("verify names the day that is overdue")


@contextmanager
def held(ground: Ground, *programs: str) -> Iterator[None]:
    """Nothing of these does anything meanwhile."""
    for program in programs:
        ground.site.send(program, signal.SIGSTOP)
    try:
        yield
    finally:
        for program in programs:
            ground.site.send(program, signal.SIGCONT)
