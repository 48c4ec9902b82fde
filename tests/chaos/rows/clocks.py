"""Zones and wrong clocks: one cutoff for all, and staff hear of a clock that is off (T13)."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.chaos.crowd import Day, Line, filled
from tests.chaos.faketime import wrong_by
from tests.chaos.ground import Ground
from tests.chaos.judge import Seen
from tests.chaos.row import row
from tests.chaos.rows.late import held
from tests.chaos.site import free_port, until
from tests.chaos.told import Told
from tests.roof.service.running import ROOT

ZONES = ("UTC", "Asia/Shanghai", "America/New_York")


@row("the site's processes in UTC, Shanghai and New York: opening, pages, orders")
def zones(ground: Ground, told: Told) -> None:
    opened: list[object] = []
    shown: list[str] = []
    day = ground.day()
    with held(ground, "beat", "tick"), ExitStack() as servers:
        ports = [servers.enter_context(starting(ground, TZ=zone)) for zone in ZONES]
        for zone, port in zip(ZONES, ports, strict=True):
            fresh = ground.town.waiting()
            done = ground.site.manage("close_due", TZ=zone)
            told.expect(done.returncode == 0, f"{zone}: {done.stderr[-200:]}")
            opened.append(ground.town.cutoffs(fresh))
            until_up(port)
            line = Line(port)
            shown.append(until_of(line.get(day.link).page))
            order(ground, told, line, day)
    told.expect(len(set(opened)) == 1, f"the cutoffs differ: {opened}")
    told.expect(shown[0] and len(set(shown)) == 1, f"the pages differ: {shown}")


@row("a web server's clock 90 s ahead (libfaketime)")
def clock_ahead(ground: Ground, told: Told) -> None:
    day = ground.day()
    with web(ground, **wrong_by(90)) as port:
        ground.shut(day, -60)  # a minute is left
        word = sent(ground, Line(port), day)[0]
        told.expect(word == "late", f"an order sent there: {word}")
        expect_told(ground, told, port, 90)
        order(ground, told, Line(ground.site.port), day)


@row("a web server's clock an hour behind (libfaketime)")
def clock_behind(ground: Ground, told: Told) -> None:
    day = ground.day()
    with web(ground, **wrong_by(-3600)) as port:
        order(ground, told, Line(port), day)
        expect_told(ground, told, port, 3600)
        ground.shut(day)
        ground.timer(told)
        word = sent(ground, Line(port), day)[0]
        told.expect(word == "late", f"an order for a day that is closed: {word}")
    ground.expect_one_closing(day, told)


@contextmanager
def web(ground: Ground, **environment: str) -> Iterator[int]:
    """One more web server of the site's, with this environment, once it answers; its port."""
    with starting(ground, **environment) as port:
        until_up(port)
        yield port


@contextmanager
def starting(ground: Ground, **environment: str) -> Iterator[int]:
    """The same, while it still comes up."""
    from groupbuy.roof.service.programs import web as command  # noqa: PLC0415 - needs settings

    port = free_port()
    with (ground.folder / "web.log").open("ab") as log:
        process = subprocess.Popen(
            command("127.0.0.1", port),
            cwd=ROOT,
            env=ground.site.environment | {"WEB_WORKERS": "1"} | environment,
            stdout=log,
            stderr=log,
        )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(20)


def until_up(port: int) -> None:
    until(lambda: is_up(port), "the web server did not come up", 30)


def is_up(port: int) -> bool:
    try:
        return Line(port).get("/healthz").status == 200
    except OSError:
        return False


def sent(ground: Ground, line: Line, day: Day) -> tuple[str, str, Seen | None]:
    """One order's reply: its word, the cookie, and what its resident saw."""
    crowd = ground.nobody(day)
    home = next(ground.homes[day.batch])
    word, number = crowd.send(line, filled(day, home, 1))
    return word, crowd.cookie, Seen(number, home.key) if number else None


def order(ground: Ground, told: Told, line: Line, day: Day) -> None:
    """One that must be accepted."""
    began = time.monotonic()
    word, _cookie, seen = sent(ground, line, day)
    told.expect(seen, f"not accepted: {word}")
    if seen:
        ground.crowds[-1].seen.append(seen)
        told.count([time.monotonic() - began], told.refused.__class__(), 0)


def expect_told(ground: Ground, told: Told, port: int, seconds: int) -> None:
    said = ground.alarms(port)
    told.expect("off the database" in said, f"the desk is not told: {said[:200]}")
    told.note(f"the desk says that a clock is off: {str(seconds) in said or said}")


def until_of(page: str) -> str:
    """The cutoff in the shared page's words, as a chat app previews it."""
    found = re.search(r'property="og:description" content="([^"]*)"', page)
    return found[1] if found else ""
