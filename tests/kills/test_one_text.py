"""The order that is one text: its client dies while the server is inside it, or its server does.

Another session holds one table against writing, so the server stands still at a known place
within the text: before the order's row, its lines, the home's use, the gate, the log.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection, connections
from django.test import override_settings

from groupbuy.community.models import RESIDENT
from groupbuy.shared import db
from orders.actions.place_order import place_order
from tests.kills.matrix import broken
from tests.kills.stories import place
from tests.kills.world import NOON, World, books, world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

PLACES = (
    *("orders_order", "orders_orderline", "orders_homeuse"),
    *("catalog_stock", "community_logentry"),
)


@contextmanager
def still_at(table: str) -> Iterator[Any]:
    """Nobody writes to ``table`` until this is left."""
    connection.ensure_connection()
    other = psycopg2.connect(connection.connection.dsn)
    try:
        other.cursor().execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield other
    finally:
        other.close()


@contextmanager
def a_client(act: Any) -> Iterator[int]:
    """A process that acts, and tells nobody; it is dead afterwards."""
    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=act)
    child.start()
    try:
        yield child.pid or 0
    finally:
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join(20)


def server_half() -> int:
    """The backend that stands still inside the text."""
    sql = """SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'
        AND datname = current_database() AND query LIKE '%%WITH done AS%%'"""
    for _ in range(400):
        if found := db.rows(sql):
            return int(found[0][0])
        time.sleep(0.02)
    raise AssertionError("the server never came to the place where it should stand")


def wait_until_gone(backend: int) -> None:
    for _ in range(400):
        if not db.rows("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [backend]):
            return
        time.sleep(0.02)
    raise AssertionError("the dead client's server half lives on")


def quiet(w: World) -> Any:
    def act() -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        place(w)

    return act


@pytest.mark.parametrize("table", PLACES)
def test_the_client_dies_inside_the_text_and_the_whole_order_is_there(
    table: str,
) -> None:
    """What the server was given it finishes: all of it, and the retry finds it."""
    w = world()
    before = books(w)
    with still_at(table), a_client(quiet(w)) as client:
        backend = server_half()
        os.kill(client, signal.SIGKILL)
        time.sleep(0.1)
        assert books(w) == before
    wait_until_gone(backend)

    after = books(w)
    assert after in (before, one_more(w, before))
    assert broken() == []
    token = place(w)
    assert books(w) == one_more(w, before)
    assert token == place(w)
    assert broken() == []


@pytest.mark.parametrize("table", PLACES)
def test_the_server_dies_inside_the_text_and_nothing_is_there(table: str) -> None:
    w = world()
    before = books(w)
    with still_at(table), a_client(quiet(w)):
        backend = server_half()
        db.rows("SELECT pg_terminate_backend(%s)", [backend])
        wait_until_gone(backend)
    assert books(w) == before
    assert broken() == []

    place(w)
    assert books(w) == one_more(w, before)
    assert broken() == []


def test_the_reply_is_lost_on_its_way(tmp_path: Path) -> None:
    """The whole text is handed to the server and the client is gone in the same breath."""
    w = world()
    before = books(w)
    text = the_text(w)
    connection.ensure_connection()
    dsn = connection.connection.dsn

    def act() -> None:
        client = psycopg2.connect(dsn, async_=True)
        while client.poll() != psycopg2.extensions.POLL_OK:
            time.sleep(0.01)
        client.cursor().execute(text)  # sent; nobody waits for what comes back
        os.kill(os.getpid(), signal.SIGKILL)

    with a_client(act):
        for _ in range(400):
            if books(w) != before:
                break
            time.sleep(0.02)
    assert books(w) == one_more(w, before)

    wish = w.wish("502", A=1, B=2)
    found = place_order(w.day, wish=wish, submit_key=w.key, by=RESIDENT, now=NOON)
    assert not found.is_new
    assert books(w) == one_more(w, before)
    assert broken() == []


class Caught(Exception):  # noqa: N818 - carries the text out of the verb
    pass


def the_text(w: World) -> str:
    """What the verb would send, word for word."""

    def catch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("WITH done AS"):
            with connection.connection.cursor() as raw:
                raise Caught(raw.mogrify(sql, params).decode())
        return execute(sql, params, many, context)

    words = override_settings(PGBOUNCER=True)  # not names that only a connection knows
    with words, connection.execute_wrapper(catch), pytest.raises(Caught) as caught:
        place(w)
    return str(caught.value)


def one_more(w: World, before: Any) -> Any:
    """The books with this one order more, said without the verb."""
    order = ("3-502", "standing", "link", 18000, 3, 0, "", "", (("A", 1), ("B", 2)), ())
    stock = [
        (*row[:7], row[7] + {"A": 1, "B": 2}[row[1]], *row[8:])
        for row in before["stock"]
    ]
    return before | {
        "stock": stock,
        "homes": sorted([*before["homes"], ("A", 1), ("B", 2)], key=repr),
        "orders": sorted([*before["orders"], order]),
        "log": before["log"] + type(before["log"])({"place_order": 1}),
    }
