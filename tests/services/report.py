"""What a run of the suite says at its end: on which databases, how many, what was skipped."""

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import environ
import psycopg2
import pytest

from tests.services import broker, sessions


@dataclass
class Ran:
    """One run on one database; ``skipped`` holds "test: reason", ``stragglers`` whoever was
    still in a test database when it was to be dropped, ``once`` counts what ran elsewhere."""

    database: str
    broker: str
    passed: int
    failed: int
    skipped: list[str]
    stragglers: list[str]
    once: int = 0

    @classmethod
    def of(cls, reporter: pytest.TerminalReporter, database: str) -> "Ran":
        stats = reporter.stats
        return cls(
            database=version(database),
            broker=broker.version(os.environ["REDIS_URL"]),
            passed=len(stats.get("passed", [])),
            failed=len(stats.get("failed", [])) + len(stats.get("error", [])),
            skipped=[f"{r.nodeid}: {reason(r)}" for r in stats.get("skipped", [])],
            stragglers=sessions.written_down(),
        )

    @classmethod
    def load(cls, path: Path) -> "Ran":
        return cls(**json.loads(path.read_text()))

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    def lines(self) -> Iterator[str]:
        for line in self.skipped:
            yield f"!!! SKIPPED {line}"
        for line in self.stragglers:
            yield f"!!! LEFT IN THE DATABASE {line}"
        yield f"databases: {self.told()}, {self.broker}"

    def told(self) -> str:
        elsewhere = f", {self.once} need no second database" if self.once else ""
        return f"{self.database} ({self.passed + self.failed} tests{elsewhere})"


def reason(skipped: pytest.TestReport) -> str:
    where = skipped.longrepr
    return str(where[2] if isinstance(where, tuple) else where)


def version(database: str) -> str:
    if database == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    facts = environ.Env.db_url_config(os.environ["TEST_DATABASE_URL"])
    connection = psycopg2.connect(
        host=facts["HOST"] or facts.get("OPTIONS", {}).get("host"),
        port=facts["PORT"] or None,
        user=facts["USER"] or None,
        password=facts["PASSWORD"] or None,
        dbname="postgres",
    )
    try:
        number = connection.server_version
    finally:
        connection.close()
    return f"PostgreSQL {number // 10000}.{number % 10000}"
