"""Many buyers at once: threads with a connection each, started by one barrier."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from groupbuy.shared.errors import Refused


@dataclass
class Outcome:
    """What each thread got: results, refusals by their word, and faults."""

    results: list[Any] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[BaseException] = field(default_factory=list)


def together(count: int, act: Callable[[int], Any], *, checks: bool = True) -> Outcome:
    """Run ``act(n)`` in ``count`` threads that start together; none may hang for a minute.

    ``checks=False`` lets SQLite ignore CHECK constraints, for negative controls.
    """
    outcome, start = Outcome(), threading.Barrier(count)

    def run(n: int) -> None:
        try:
            connection.ensure_connection()
            if not checks and connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA ignore_check_constraints = ON")
            start.wait(30)
            outcome.results.append(act(n))
        except Refused as refusal:
            outcome.refused[refusal.code] += 1
        except Exception as fault:  # noqa: BLE001 - whatever it was, the story judges
            outcome.faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return outcome


@contextmanager
def without_check(table: str, name: str) -> Any:
    """The same database without one CHECK constraint, for a negative control."""
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            [name],
        )
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID"
            )
