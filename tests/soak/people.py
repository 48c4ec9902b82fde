"""Everybody else of a day: residents who change their minds, a head, volunteers, staff."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.chaos.crowd import Crowd, Home, Line, Reply, filled, speaks

BUSY = 503
LEEWAY = 0.5  # seconds before the cutoff


class Tally:
    """What was done, counted, and whatever somebody should not have been told."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []

    def count(self, what: str) -> None:
        with self.guard:
            self.done[what] += 1

    def expect(self, holds: object, otherwise: str) -> None:
        if not holds:
            with self.guard:
                self.wrong.append(otherwise)

    def taken(self) -> tuple[Counter[str], list[str]]:
        """All of it, and from now on it begins anew."""
        with self.guard:
            told, self.done, self.wrong = (self.done, self.wrong), Counter(), []
        return told


@dataclass
class Hand:
    """One person's phone. The busy page is no fault and no success; nothing else is excused."""

    line: Line
    tally: Tally
    cookies: str = ""

    def look(self, what: str, path: str) -> str:
        """The page; "" if it was not to be had."""
        reply = self._ask(what, lambda: self.line.get(path, self.cookies), 200)
        return reply.page if reply else ""

    def press(self, what: str, path: str, body: str, until: float = 0.0) -> bool:
        """Whether the form was taken. Near ``until`` (monotonic) nobody presses any more; an
        answer that comes after it may be that it was too late."""
        if until and time.monotonic() > until - LEEWAY:
            return False

        def send() -> Reply:
            return self.line.post(path, body, self.cookies)

        return self._ask(what, send, 302, until or float("inf")) is not None

    def _ask(
        self,
        what: str,
        ask: Callable[[], Reply],
        good: int,
        late: float = float("inf"),
    ) -> Reply | None:
        try:
            reply = ask()
        except (OSError, http.client.HTTPException) as fault:
            self.line.hang_up()
            self.tally.expect(False, f"{what}: no answer, {fault!r}")
            return None
        if reply.cookie and not self.cookies:
            self.cookies = reply.cookie
        if reply.status == good:
            self.tally.count(what)
            return reply
        if reply.status == BUSY and speaks(reply):
            self.tally.count("busy")
        elif time.monotonic() < late:
            self.tally.expect(False, f"{what}: {reply.status}, {reply.page[:200]!r}")
        return None


@dataclass
class Residents(Crowd):
    """Each looks at the link, orders and looks at the order; a fifth change it, a tenth cancel."""

    tally: Tally = field(default_factory=Tally)
    until: float = float("inf")  # the cutoff (monotonic)
    changed: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)

    def live(self, line: Line, turn: int, home: Home) -> str:
        Hand(line, self.tally).look("link", f"{self.day.link}c/{home.compound}/")
        number = super().live(line, turn, home)
        if number:
            hand = Hand(line, self.tally, f"{self.day.cookies}; {line.cookie}")
            mine = f"/mine/{number}/"
            hand.look("my order", mine)
            if turn % 5 == 1:
                self._change(hand, mine, filled(self.day, home, turn + 1, step="save"))
            elif turn % 10 == 3:
                self._cancel(hand, mine)
        return number

    def _change(self, hand: Hand, mine: str, body: str) -> None:
        hand.look("change form", f"{mine}change/")
        if hand.press("change", f"{mine}change/", body, self.until):
            self.changed.add(mine.split("/")[2])

    def _cancel(self, hand: Hand, mine: str) -> None:
        hand.look("cancel form", f"{mine}cancel/")
        body = f"csrfmiddlewaretoken={self.day.fields['csrfmiddlewaretoken']}"
        if hand.press("cancel", f"{mine}cancel/", body, self.until):
            self.cancelled.add(mine.split("/")[2])


FIELD = re.compile(r'name="(csrfmiddlewaretoken|chain)"[^>]*?value="([^"]*)"')


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields that a form of a head's or a volunteer's sends back."""
    return dict(FIELD.findall(page))


@contextmanager
def at_work(tally: Tally, *turns: Callable[[], object], pause: float) -> Iterator[None]:
    """Each of these over and over, in a thread of its own, until the block ends."""
    is_over = threading.Event()

    def work(turn: Callable[[], object]) -> None:
        while not is_over.wait(pause):
            try:
                turn()
            except Exception as fault:  # noqa: BLE001 - told, and the others go on
                tally.expect(False, f"{turn.__qualname__}: {fault!r}")

    threads = [
        threading.Thread(target=work, args=[turn], daemon=True) for turn in turns
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
