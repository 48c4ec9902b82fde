"""The machinery of ``make chaos`` itself: a judge that cannot condemn proves nothing."""

import http.client
import json
import socket
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.chaos import __main__ as chaos
from tests.chaos import table
from tests.chaos.crowd import Answer, Crowd, Day, Home, Line, Reply, filled, speaks
from tests.chaos.cutter import Cutter, whole
from tests.chaos.judge import Seen, judge
from tests.chaos.rows import ROWS
from tests.chaos.told import Told

SEEN = [Seen("100000001", "1/1//101"), Seen("100000002", "1/1//102")]
DAY = Day(1, "/g/x/order/", {"batch": "1"}, "csrftoken=x", (1, 2))


def test_what_was_seen_and_is_there_is_right() -> None:
    lost_reply = Seen("100000003", "1/1//103")  # there, though nobody saw it accepted

    assert judge(SEEN, [*SEEN, lost_reply]) == []


@pytest.mark.parametrize(
    ("kept", "word"),
    [
        (SEEN[:1], "100000002 was accepted and is not there"),
        ([SEEN[0], Seen("100000002", "1/1//999")], "accepted and is not there"),
        ([*SEEN, SEEN[1]], "order 100000002 has 2 rows"),
        ([*SEEN, Seen("100000009", "1/1//102")], "home 1/1//102 has 2 rows"),
    ],
    ids=["a lost order", "another home's", "a doubled row", "a retry taken twice"],
)
def test_the_judge_condemns(kept: list[Seen], word: str) -> None:
    assert any(word in fault for fault in judge(SEEN, kept))


def test_the_table_says_what_failed_and_what_was_left_out(tmp_path: Path) -> None:
    good = Told("redis_hung", "SIGSTOP", refused=Counter(late=3), lost=1, back=0.5)
    good.count([0.01, 0.02, 0.4], Counter(), 0)
    bad = Told("pg_killed", "kill -9")
    bad.expect(False, "not back within 10 s")
    left_out = Told("disk_full", "full", skipped="no mounts")

    text = "\n".join(
        [*table.lines([good, bad, left_out]), *table.end([good, bad, left_out], 9, "x")]
    )
    table.save([good, bad, left_out], tmp_path / "var" / "chaos.json")

    assert "3 × late" in text
    assert "!!! not back within 10 s" in text
    assert text.count("SKIPPED") == 3
    assert "!!! NOT ISOLATED from this machine's network: x" in text
    assert "3 faults: 1 ok, 1 FAIL, 1 SKIPPED" in text
    saved = json.loads((tmp_path / "var" / "chaos.json").read_text())
    assert saved["pg_killed"]["verdict"] == "FAIL"
    assert saved["redis_hung"]["slowest"] == 0.4
    assert table.status([good, left_out]) == 0
    assert table.status([good, bad]) == 1


def test_rows_are_chosen_by_name_in_the_tables_order() -> None:
    assert [row.name for row in chaos.chosen([])] == list(ROWS)
    names = [row.name for row in chaos.chosen(["pg_killed", "redis_hung"])]
    assert names == ["redis_hung", "pg_killed"]
    assert chaos.main(["no_such_fault"]) == 2


def test_back_is_when_nothing_fails_any_more() -> None:
    crowd = Crowd(0, DAY, iter([]))
    said = [(1.0, "accepted"), (2.0, "lost"), (5.0, "accepted"), (6.0, "503")]
    crowd.answers = [Answer(at - 0.1, at, word) for at, word in said]

    assert crowd.back_after(4.0) is None
    crowd.answers.append(Answer(6.5, 7.0, "accepted"))
    assert crowd.back_after(4.0) == 3.0
    assert crowd.refused == Counter({"503": 1})
    assert crowd.lost == 1


@pytest.mark.parametrize(
    ("status", "page", "good"),
    [
        (409, "<h1>x</h1>", True),
        (500, "Traceback (most recent call last) <h1>", False),
        (502, "Bad Gateway", False),
        (503, '<div lang="zh-hans"><h1>', False),
        (503, '<div lang="zh-hans"><h1></h1></div><div lang="en">', True),
    ],
)
def test_a_refusal_must_be_words(status: int, page: str, good: bool) -> None:
    assert speaks(Reply(status, "", "", "", page)) is good


def test_the_line_is_cut_after_the_server_has_the_request() -> None:
    """Once; the same request is answered the second time."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        answering = threading.Thread(target=answer_twice, args=[server])
        answering.start()
        body = filled(DAY, Home(1, "1", "101"), 1, key="k")
        with Cutter(port) as cutter:
            line = Line(cutter.port)
            with pytest.raises(http.client.RemoteDisconnected):
                line.post(DAY.path, body, "")
            line.hang_up()
            assert line.post(DAY.path, body, "").location == "/mine/2/"
            line.hang_up()
        answering.join()


def answer_twice(server: socket.socket) -> None:
    for n in (1, 2):
        phone, _address = server.accept()
        with phone:
            whole(phone)
            head = f"HTTP/1.1 302 Found\r\nLocation: /mine/{n}/\r\nContent-Length: 0"
            phone.sendall(f"{head}\r\n\r\n".encode())
