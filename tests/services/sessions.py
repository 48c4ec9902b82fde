"""Who still talks to a test database when it is to be dropped.

PostgreSQL waits 5 s for other sessions and then refuses, without a name. So each gets a name
here, is waited for, named in the last lines of the run, and ended.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

PATIENCE = 2.0  # seconds; a request that is under way needs far less
_NAMED = """
    SELECT pid, format('%%s (pid %%s, %%s since %%s): %%s', application_name, pid, state,
        to_char(state_change, 'HH24:MI:SS'), left(regexp_replace(query, '\\s+', ' ', 'g'), 120))
    FROM pg_stat_activity
    WHERE datname = %s AND backend_type = 'client backend' ORDER BY pid
"""


def name_session(connection: Any, **kwargs: Any) -> None:
    """Receiver of ``connection_created``: the thread, and the test that it worked for."""
    if connection.vendor != "postgresql":
        return
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2]
    who = f"{os.environ.get('PYTEST_XDIST_WORKER', 'pytest')} "
    who += f"{threading.current_thread().name} {test}"
    with (
        connection.connection.cursor() as cursor
    ):  # the driver's own: no test counts it
        cursor.execute(
            "SET application_name = %s", [who.encode()[:60].decode("utf-8", "ignore")]
        )


@contextmanager
def none_left_in_the_loop() -> Iterator[None]:
    """Close what was opened while a loop runs, before it ends.

    Playwright's loop runs in this very thread, and as long as it does Django keeps other
    connections than before: after the loop nobody could find them any more.
    """
    yield
    connections.close_all()


def end_stragglers(database: str, patience: float = PATIENCE) -> list[str]:
    """Wait for the sessions of ``database``, end those that stay; who they were."""
    if connection.vendor != "postgresql":
        return []
    until = time.monotonic() + patience
    with connection._nodb_cursor() as cursor:
        while True:
            cursor.execute(_NAMED, [database])
            left = cursor.fetchall()
            if not left or time.monotonic() > until:
                break
            time.sleep(0.05)
        for pid, _name in left:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    return [name for _pid, name in left]


def note() -> Path:
    """Where every process of a run writes whom it found."""
    return Path(os.environ["TEST_VAR_DIR"]) / "stragglers.txt"


def write_down(stragglers: list[str]) -> None:
    with note().open("a") as file:
        file.writelines(f"{name}\n" for name in stragglers)


def written_down() -> list[str]:
    return note().read_text().splitlines() if note().exists() else []
