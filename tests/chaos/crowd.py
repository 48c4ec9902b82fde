"""Residents who order steadily, whatever happens to the site, and keep what they were told.

Each lives in a home of their own and orders once. Every second one is patient: after a lost
reply or an error they tap again, with the same form; the others give up. An order counts as
seen with the reply that sends its resident to the order's own page.
"""

import http.client
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.chaos.judge import Seen

PHONES = 40
TIMEOUT = 10.0  # seconds until a phone takes a reply for lost
PATIENCE = 25.0  # seconds a patient resident goes on tapping
PAUSE = 0.5
MINE = re.compile(r"/mine/(\d+)/")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Day:
    """What residents need to order: the form's address, its fields and cookies, the rows."""

    batch: int
    path: str
    fields: dict[str, str]
    cookies: str
    rows: tuple[int, ...]

    @property
    def link(self) -> str:
        """The shared page."""
        return self.path.removesuffix("order/")


@dataclass(frozen=True)
class Home:
    compound: int
    building: str
    room: str

    @property
    def key(self) -> str:
        return f"{self.compound}/{self.building}//{self.room}"


@dataclass(frozen=True)
class Answer:
    """One reply: when its request was sent and it came (``time.monotonic``), and its word."""

    sent: float
    came: float
    word: str


@dataclass
class Crowd:
    """``with crowd:`` lets them order at ``rate`` a second until the block ends."""

    port: int
    day: Day
    homes: Iterator[Home]
    rate: float = 50.0
    seen: list[Seen] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)
    cookie: str = ""  # of the last order that was accepted
    is_over: threading.Event = field(default_factory=threading.Event)
    guard: threading.Lock = field(default_factory=threading.Lock)
    asked: int = 0

    def __enter__(self) -> "Crowd":
        self.began = time.monotonic()
        self.threads = [
            threading.Thread(target=self._phone, daemon=True) for _ in range(PHONES)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        """Those who still tap again may finish."""
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    @property
    def accepted(self) -> list[float]:
        return [one.came - one.sent for one in self.answers if one.word == "accepted"]

    @property
    def refused(self) -> Counter[str]:
        words = Counter(one.word for one in self.answers)
        return words - Counter(accepted=words["accepted"], lost=words["lost"])

    @property
    def lost(self) -> int:
        return sum(one.word == "lost" for one in self.answers)

    def back_after(self, instant: float) -> float | None:
        """Seconds from ``instant`` until orders are taken and nothing fails any more."""
        failed = [one.came for one in self.answers if is_failure(one.word)]
        calm = max([instant, *failed])
        taken = [a.came for a in self.answers if a.word == "accepted" and a.came > calm]
        return min(taken) - instant if taken else None

    def _phone(self) -> None:
        line = Line(self.port)
        while (turn := self._turn()) is not None:
            time.sleep(max(self.began + turn / self.rate - time.monotonic(), 0))
            if self.is_over.is_set():
                break
            with self.guard:
                home = next(self.homes)
            self.live(line, turn, home)
        line.hang_up()

    def _turn(self) -> int | None:
        with self.guard:
            self.asked += 1
            return None if self.is_over.is_set() else self.asked

    def live(self, line: "Line", turn: int, home: Home) -> str:
        """What one resident does; here only ordering. The order's number, or ""."""
        body = filled(self.day, home, turn)
        gives_up = time.monotonic() + (PATIENCE if turn % 2 else 0)
        while True:
            sent = time.monotonic()
            word, number = self.send(line, body)
            self.answers.append(Answer(sent, time.monotonic(), word))
            if number:
                self.seen.append(Seen(number, home.key))
            if not is_failure(word) or time.monotonic() > gives_up:
                return number
            time.sleep(PAUSE)

    def send(self, line: "Line", body: str) -> tuple[str, str]:
        """The reply in a word, and the new order's number."""
        try:
            reply = line.post(self.day.path, body, self.day.cookies)
        except (OSError, http.client.HTTPException):
            line.hang_up()
            return "lost", ""
        if reply.status == 302 and (found := MINE.search(reply.location)):
            self.cookie = line.cookie = reply.cookie
            return "accepted", found[1]
        if not speaks(reply):
            self.wordless.append(f"{reply.status}: {reply.page[:200]!r}")
        return reply.refused or str(reply.status), ""


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    refused: str
    cookie: str
    page: str


class Line:
    """One phone's connection, kept while it works."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: http.client.HTTPConnection | None = None
        self.cookie = ""  # of the last order that was accepted on it

    def post(self, path: str, body: str, cookies: str) -> Reply:
        headers = FORM | {"Cookie": cookies, "Origin": f"http://127.0.0.1:{self.port}"}
        return self.ask("POST", path, body, headers)

    def get(self, path: str, cookies: str = "") -> Reply:
        return self.ask("GET", path, None, {"Cookie": cookies} if cookies else {})

    def ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> Reply:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=TIMEOUT
            )
        self.connection.request(method, path, body, headers)
        with self.connection.getresponse() as reply:
            page = reply.read().decode()
        told = reply.headers
        kept = [c.partition(";")[0] for c in told.get_all("Set-Cookie") or []]
        return Reply(
            reply.status,
            told.get("Location", ""),
            told.get("X-Refused", ""),
            "; ".join(kept),
            page,
        )

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def is_failure(word: str) -> bool:
    """No answer, or one that says that the site could not do its work."""
    return word == "lost" or (word.isdecimal() and int(word) >= 500)


def speaks(reply: Reply) -> bool:
    """A page with a heading in words, not a trace; a busy one speaks both languages."""
    page = reply.page
    if reply.status == 503 and not ('lang="zh-hans"' in page and 'lang="en"' in page):
        return False
    return "<h1" in page and "Traceback" not in page


def filled(day: Day, home: Home, turn: int, key: str = "", step: str = "place") -> str:
    """A whole form: one package, and every third time another one."""
    pieces = {f"q_{row}": "" for row in day.rows}
    for n in {turn % len(day.rows), turn // 3 % len(day.rows)}:
        pieces[f"q_{day.rows[n]}"] = "1"
    return urlencode(
        {
            **day.fields,
            "key": key or secrets.token_urlsafe(16),
            "step": step,
            "compound": str(home.compound),
            "building": home.building,
            "room": home.room,
            "name": "王阿姨",
            "phone": "13800000000",
            "note": "",
            **pieces,
        }
    )
