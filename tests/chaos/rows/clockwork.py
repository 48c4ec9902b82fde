"""Worker, its child, beat: dead, deaf, doubled. The day closes, once, and staff hear of it (T10)."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.chaos.crowd import Day
from tests.chaos.ground import Ground
from tests.chaos.row import row
from tests.chaos.site import until
from tests.chaos.told import Told
from tests.roof.service.running import ROOT

ALARM = 180  # seconds of silence that `verify` and the staff's page allow
ALMOST = 175  # of them made by setting the last sign of life back
SILENCE = (
    "UPDATE community_heartbeat SET at = now() - %s * interval '1 second'"
    " WHERE name = 'tick'"
)


@row("the clockwork's worker killed (kill -9) under load, and again with a day due")
def worker_killed(ground: Ground, told: Told) -> None:
    def harm() -> None:
        ground.site.kill(ground.site.child("tick"))

    closes_by_itself(ground, told, harm)


@row(
    "a process of the worker's pool killed (kill -9) under load, and again with a day due"
)
def worker_child_killed(ground: Ground, told: Told) -> None:
    def harm() -> None:
        worker = ground.site.child("tick")
        assert worker is not None
        ground.site.kill(worker.children()[0])

    closes_by_itself(ground, told, harm)


@row("the worker stopped (SIGSTOP): alive, and deaf")
def worker_deaf(ground: Ground, told: Told) -> None:
    silent(ground, told, "tick")


@row("beat stopped (SIGSTOP): nothing is sent any more")
def beat_absent(ground: Ground, told: Told) -> None:
    silent(ground, told, "beat")


@row("a second beat beside the first")
def beat_doubled(ground: Ground, told: Told) -> None:
    day = ground.day()
    with second_beat(ground):
        with ground.ordering(day, told):
            time.sleep(4)
        ground.shut(day)
        ground.until_built(day, told)
        ground.until_tick()
    ground.expect_one_closing(day, told)


@row("four close_due, a second beat, five ticks sent at once, and the clockwork itself")
def closed_by_all(ground: Ground, told: Told) -> None:
    day = ground.day()
    with second_beat(ground):
        with ground.ordering(day, told):
            time.sleep(4)
        ground.shut(day)
        command = [sys.executable, "manage.py", "close_due"]
        quiet = subprocess.DEVNULL
        environment = ground.site.environment
        closing = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet
            )
            for _ in range(4)
        ]
        send_ticks(5)
        codes = [process.wait(120) for process in closing]
        ground.until_tick()
    told.note(f"the four ended with {codes}")
    told.expect(0 in codes, "none of the four came to an end")
    ground.expect_one_closing(day, told)


def send_ticks(count: int) -> None:
    for _ in range(count):
        send("tick")


def send(task: str) -> None:
    """As beat does when its time has come."""
    from groupbuy.celery import app  # noqa: PLC0415 - needs settings

    app.send_task(f"groupbuy.roof.tasks.{task}")


@contextmanager
def second_beat(ground: Ground) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "groupbuy", "--quiet", "beat"]
    command += ["--schedule", str(ground.folder / "second-beat.db"), "--pidfile="]
    process = subprocess.Popen(
        command, cwd=ROOT, env=ground.site.environment, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def closes_by_itself(ground: Ground, told: Told, harm: Callable[[], None]) -> None:
    """Twice: under load, and in the tick that should close the day."""
    day = ground.day()
    with ground.ordering(day, told):
        time.sleep(1)
        harm()
        time.sleep(4)
    told.expect(not told.refused and not told.lost, "somebody noticed")
    until(ground.site.is_whole, "the worker did not come back", 40)
    ground.shut(day)
    deadline = time.monotonic() + ground.beat + 1
    closed = "SELECT 1 FROM catalog_batch WHERE id = %s AND state = 'closed'"
    while time.monotonic() < deadline:
        if ground.cluster.rows(closed, [day.batch]):
            break
    harm()
    ground.until_built(day, told)
    ground.expect_one_closing(day, told)


def silent(ground: Ground, told: Told, program: str) -> None:
    """Nothing ticks: staff and watchers hear of it, and the timer closes."""
    day = ground.day()
    ground.site.send(program, signal.SIGSTOP)
    try:
        ground.cluster.do(SILENCE, [ALMOST])
        with ground.ordering(day, told):
            time.sleep(4)
        told.expect(not told.refused and not told.lost, "somebody noticed")
        expect_alarm(ground, told)
        close_without(ground, told, day)
    finally:
        ground.site.send(program, signal.SIGCONT)
    told.note(f"it ticked {ground.until_tick():.0f} s after it went on")
    told.expect(ground.alarms() == "", f"the alarm stays: {ground.alarms()}")


def close_without(ground: Ground, told: Told, day: Day) -> None:
    ground.shut(day)
    ground.timer(told)
    ground.expect_one_closing(day, told)


def expect_alarm(ground: Ground, told: Told) -> None:
    """Within three minutes of silence; most of them are made, not waited for."""
    until(
        lambda: "books broken" in ground.site.get("/healthz").page,
        "/healthz kept silent",
        30,
    )
    told.note(f"/healthz told {ground.age_of_tick():.0f} s after the last tick")
    told.expect(ground.age_of_tick() < ALARM + 5, "the alarm came late")
    told.expect("clockwork stands still" in ground.alarms(), "the desk was not told")
