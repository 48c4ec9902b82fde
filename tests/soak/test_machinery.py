"""The machinery of ``make soak`` itself: one that finds nothing wrong must be able to."""

import json
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest

from tests.chaos.crowd import Answer, Crowd, Day, Line
from tests.chaos.judge import Seen
from tests.chaos.rows.replies import expect_clock
from tests.soak import __main__ as soak
from tests.soak import table
from tests.soak.meter import Reading, Sessions, resident
from tests.soak.minute import Kept, Minute, growth, tail_of
from tests.soak.people import Hand, Tally, at_work, fields_of

SEEN = [Seen("100000001", "1/1//101"), Seen("100000002", "1/1//102")]
KEPT = [Kept(one.number, one.home, "standing", 1) for one in SEEN]
EATS = "x = bytearray(8 << 20); print(flush=True); input(); y = bytes(b'x' * (40 << 20)); print(flush=True); input()"


def minute(**told: object) -> Minute:
    return Minute("1", "a day", **told)  # type: ignore[arg-type]


def failed(one: Minute, tmp_path: Path) -> str:
    """What the table, the file and the exit status say of it, when all say that it failed."""
    table.save([minute(), one], tmp_path / "soak.json")
    saved = json.loads((tmp_path / "soak.json").read_text())
    assert saved["verdict"] == saved["minutes"][1]["verdict"] == "FAIL"
    assert table.status([minute(), one]) == 1
    assert table.verdict([minute(), one], 9, "")[-1].startswith("FAIL")
    return "\n".join(table.lines(one))


def test_a_good_minute_is_good(tmp_path: Path) -> None:
    good = minute(refused=Counter({"late": 3, "503": 1}), closed=12.0)
    good.acts = Counter({"change": 7, "link": 30, "my order": 20, "busy": 2})
    kept = [KEPT[0], Kept("100000002", "1/1//102", "cancelled", 2)]
    good.judge_orders(SEEN, kept, {"100000002"}, {"100000002"})
    good.judge_words([])
    good.judge_sessions()
    good.judge_day_before()
    good.expect_books(subprocess.CompletedProcess([], 0, "all is well", ""))
    table.save([good], tmp_path / "var" / "soak.json")

    assert good.faults == []
    assert table.status([good]) == 0
    assert json.loads((tmp_path / "var" / "soak.json").read_text())["verdict"] == "ok"
    figures, others = table.lines(good)
    assert figures.split()[:5] == ["1", "0", "7", "0", "6"]
    assert "50 looks" in others
    assert table.verdict([good], 9, "no unshare")[1].startswith("!!! NOT ISOLATED")


@pytest.mark.parametrize(
    ("kept", "left", "word"),
    [
        (KEPT[:1], (), "100000002 was accepted and is not there"),
        ([*KEPT, KEPT[1]], (), "order 100000002 has 2 rows"),
        (KEPT, ({"100000001"}, set()), "100000001 was changed and is as before"),
        (KEPT, (set(), {"100000001"}), "order 100000001 is standing"),
        (
            [KEPT[0], Kept("100000002", "1/1//102", "cancelled", 2)],
            (),
            "order 100000002 is cancelled",
        ),
    ],
    ids=["a lost order", "doubled", "a lost change", "a lost cancelling", "uncalled"],
)
def test_orders_that_are_not_as_they_were_seen(
    kept: list[Kept], left: tuple[set[str], ...], word: str, tmp_path: Path
) -> None:
    one = minute()
    one.judge_orders(SEEN, kept, *left)

    assert word in failed(one, tmp_path)


def test_a_process_that_eats_memory(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", EATS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as eater:
        assert eater.stdin
        assert eater.stdout
        readings = []
        for _ in range(2):
            eater.stdout.readline()
            readings.append(Reading({"web 1": (eater.pid, resident(eater.pid))}, 8))
            eater.stdin.write(b"\n")
            eater.stdin.flush()
    first, last = minute(reading=readings[0]), minute(reading=readings[1])
    last.faults += growth(*readings)

    assert "web 1 grew from" in failed(last, tmp_path)
    assert any(line.startswith("web 1") for line in table.memory(first, last))
    assert growth(readings[0], readings[0]) == []


@pytest.mark.parametrize(
    ("last", "word"),
    [
        (Reading({"web 1": (8, 100.0)}, 10), "web 1 was started anew"),
        (Reading({}, 10), "web 1 is gone"),
        (Reading({"web 1": (7, 119.0)}, 13), "from 10 to 13 database sessions"),
        (Reading({"web 1": (7, 119.0)}, 12, 1), "1 messages are left in the queue"),
    ],
)
def test_other_things_that_grow(last: Reading, word: str) -> None:
    assert growth(Reading({"web 1": (7, 100.0)}, 10), last) == [word]


def test_books_that_are_not_clean(tmp_path: Path) -> None:
    one = minute()
    said = "ok      order_total\nBROKEN  stock_matches_orders: 1 rows\n"
    one.expect_books(subprocess.CompletedProcess([], 1, said, ""))

    told = failed(one, tmp_path)
    assert "verify: BROKEN  stock_matches_orders: 1 rows" in told


@pytest.mark.parametrize(
    ("sessions", "word"),
    [
        (Sessions(9, idle=6.0), "a transaction was idle for 6 s"),
        (Sessions(9, waiting=6.0), "a lock was waited for 6 s"),
    ],
)
def test_stuck_sessions(sessions: Sessions, word: str, tmp_path: Path) -> None:
    one = minute(sessions=sessions)
    one.judge_sessions()
    assert word in failed(one, tmp_path)


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"refused": Counter({"500": 1})}, "orders were answered {'500': 1}"),
        ({"refused": Counter({"sold_out": 2})}, "orders were answered {'sold_out': 2}"),
        ({"lost": 1}, "1 orders were not answered"),
        ({}, "batch page: 500"),
    ],
)
def test_answers_that_nobody_should_get(
    told: dict[str, object], word: str, tmp_path: Path
) -> None:
    one = minute(**told)
    one.judge_words([] if told else ["batch page: 500"])
    assert word in failed(one, tmp_path)


@pytest.mark.parametrize("closed", [None, 45.0])
def test_a_day_that_does_not_close(closed: float | None, tmp_path: Path) -> None:
    one = minute(closed=closed)
    one.judge_day_before()
    assert f"closed after {closed} s" in failed(one, tmp_path)


def test_the_cutoff_is_the_cutoff() -> None:
    crowd = Crowd(0, Day(1, "/g/x/order/", {}, "", (1,)), iter([]))
    crowd.answers = [Answer(9.0, 9.5, "accepted"), Answer(10.5, 10.6, "late")]
    good, bad = minute(), minute()

    expect_clock(good, crowd, 10.0)
    expect_clock(bad, crowd, 8.0)
    expect_clock(bad, crowd, 11.0)

    assert good.faults == []
    assert len(bad.faults) == 2


class Site(StreamRequestHandler):
    """Answers by the path: what it names is the status."""

    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode()
        status = path.strip("/").partition("/")[0]
        page = '<h1 lang="zh-hans"><b lang="en">' if path.endswith("words/") else "?"
        head = (
            f"HTTP/1.1 {status} -\r\nContent-Length: {len(page)}\r\nConnection: close"
        )
        self.wfile.write(f"{head}\r\n\r\n{page}".encode())


def test_a_phone_excuses_the_busy_page_and_nothing_else() -> None:
    with ThreadingTCPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        tally = Tally()

        def hand() -> Hand:
            return Hand(Line(site.server_address[1]), tally)

        assert hand().look("link", "/200/") == "?"
        assert hand().press("change", "/302/", "")
        assert hand().look("link", "/503/words/") == ""
        assert tally.wrong == []
        assert not hand().press("change", "/200/", "", until=0.1)
        assert not hand().look("link", "/503/")
        assert not hand().press("change", "/409/words/", "")
        site.shutdown()
    Hand(Line(1), tally).look("desk", "/200/")

    done, wrong = tally.taken()
    assert done == Counter({"link": 1, "change": 1, "busy": 1})
    assert [fault.partition(",")[0] for fault in wrong] == [
        *("link: 503", "change: 409", "desk: no answer"),
    ]
    assert tally.taken() == (Counter(), [])


def test_somebody_who_breaks_down_is_told() -> None:
    tally, was_here = Tally(), threading.Event()

    def work() -> None:
        was_here.set()
        raise RuntimeError("no gate")

    with at_work(tally, work, pause=0.01):
        assert was_here.wait(5)
    assert "work: RuntimeError('no gate')" in tally.wrong[0]


def test_what_a_form_sends_back() -> None:
    page = '<input type="hidden" name="csrfmiddlewaretoken" value="a"><input name="b">'
    assert fields_of(page) == {"csrfmiddlewaretoken": "a"}
    assert tail_of([0.1] * 19 + [3.0]) == 3.0
    assert tail_of([]) == 0.0


def test_one_minute_has_nothing_to_be_held_against() -> None:
    assert soak.main(["1"]) == 2
