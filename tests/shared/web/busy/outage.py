"""Real trouble with the database: rows that somebody holds, connections refused, no room."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from groupbuy.shared.patience import be_short

NO_PATIENCE = {"LOCK": 0.2, "STATEMENT": 5, "IDLE_IN_TRANSACTION": 60, "CONNECT": 3}


@contextmanager
def connected(**changes: Any) -> Iterator[None]:
    """With other settings for new connections; before and after, the old one is closed."""
    settings = connection.settings_dict
    kept = {**settings, "OPTIONS": dict(settings["OPTIONS"])}
    connection.close()
    settings.update(changes)
    try:
        yield
    finally:
        connection.close()
        settings.clear()
        settings.update(kept)


@contextmanager
def in_a_hurry(lock: float = NO_PATIENCE["LOCK"]) -> Iterator[None]:
    """As the web's own connections, but not waiting longer than that for a lock."""
    with connected():
        be_short(connection.settings_dict, NO_PATIENCE | {"LOCK": lock})
        if connection.vendor == "sqlite":
            connection.settings_dict["OPTIONS"]["timeout"] = lock
        yield


@contextmanager
def nobody_answers() -> Iterator[None]:
    """The server's door is shut; SQLite's file cannot be opened."""
    if connection.vendor == "sqlite":
        with connected(NAME="/nowhere/at/all.sqlite3"):
            yield
        return
    with connected(HOST="127.0.0.1", PORT="1"):
        yield


@contextmanager
def no_room() -> Iterator[None]:
    """SQLite may not take one more page; PostgreSQL may only be read."""
    if connection.vendor == "postgresql":
        options = connection.settings_dict["OPTIONS"]
        said = "-c default_transaction_read_only=on"
        with connected(OPTIONS={**options, "options": said}):
            yield
        return
    with connected(), connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no page to spare
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield


class Other:
    """Somebody else's connection, in the driver's own words."""

    def __init__(self) -> None:
        wrapper = connection.copy()
        self.raw = wrapper.get_new_connection(wrapper.get_connection_params())
        if connection.vendor == "postgresql":
            self.raw.autocommit = True

    def run(self, sql: str) -> Any:
        cursor = self.raw.cursor()
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None

    def take(self, stock_id: int) -> None:
        """This row's lock, or SQLite's only one."""
        number = int(stock_id)
        self.run(f"UPDATE catalog_stock SET quota = quota WHERE id = {number}")  # noqa: S608 - a number


@contextmanager
def somebody_holds(stock_id: int) -> Iterator[Callable[[], object]]:
    """Another session's open transaction on this stock row; called, it lets go."""
    other = Other()
    other.run("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
    other.take(stock_id)
    held = [other]

    def let_go() -> None:
        if held:
            held.pop().run("ROLLBACK")

    try:
        yield let_go
    finally:
        let_go()
        other.raw.close()


def waiting_for_locks(many: int = 1) -> list[int]:
    """The process ids of so many sessions, once they all wait; PostgreSQL only."""
    watch = Other()
    try:
        for _ in range(1000):
            found = watch.run(
                "SELECT array_agg(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if found and len(found[0] or ()) >= many:
                return list(found[0])
            time.sleep(0.01)
    finally:
        watch.raw.close()
    raise AssertionError("nobody waits")
