"""A test database is left by everybody before it is dropped, and who does not has a name."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import connection, connections

from tests.services import sessions

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def database() -> Iterator[str]:
    """One of this test's own, dropped at the end: that fails while somebody is in it."""
    name = f"{connection.settings_dict['NAME']}_left"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield name
        cursor.execute(f"DROP DATABASE {name}")


def straggler(database: str):
    """A session that nobody closes, opened as Django does."""
    other = connection.copy("other")
    other.settings_dict = connection.settings_dict | {"NAME": database}
    other.inc_thread_sharing()
    other.ensure_connection()
    return other


def test_who_stays_is_named_and_ended(database: str) -> None:
    left = straggler(database)
    with left.cursor() as cursor:
        cursor.execute("SELECT 2022")

    (named,) = sessions.end_stragglers(database, patience=0.1)

    assert "test_who_stays_is_named" in named
    assert "MainThread" in named
    assert "SELECT 2022" in named
    left.close()


def test_who_leaves_in_time_is_left_in_peace(database: str) -> None:
    leaving = straggler(database)
    going = threading.Timer(0.3, leaving.close)
    going.start()

    assert sessions.end_stragglers(database, patience=5) == []
    going.join()


def is_alone(patience: float) -> bool:
    """Whether this thread's other sessions end; the server takes a moment to notice."""
    until = time.monotonic() + patience
    name = threading.current_thread().name
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name LIKE %s",
                [f"% {name} %"],
            )
            if cursor.fetchone() == (1,):
                return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("careful", "patience"), [(True, 10), (False, 0.5)])
def test_what_a_loop_opened_ends_with_it(
    monkeypatch: pytest.MonkeyPatch, careful: bool, patience: float
) -> None:
    """As around Playwright; the control without care shows what failed once."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    found: list[bool] = []
    lost = []

    async def in_the_loop() -> None:
        care = sessions.none_left_in_the_loop() if careful else nullcontext()
        with care:
            lost.append(connections["default"])
            connections["default"].inc_thread_sharing()
            connections["default"].ensure_connection()

    def one_thread() -> None:
        connection.ensure_connection()
        asyncio.run(in_the_loop())
        found.append(is_alone(patience))
        connection.close()

    thread = threading.Thread(target=one_thread, name="with a loop")
    thread.start()
    thread.join()
    lost[0].close()

    assert found == [careful]
