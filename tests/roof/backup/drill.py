"""A second database beside the test's own, and ``manage.py`` run upon either."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from groupbuy.shared import db
from tests.services import postgres
from tests.services.worker import ROOT


@dataclass
class Place:
    """One database, with a folder of its own for everything else."""

    name: str
    folder: Path

    def manage(
        self, *arguments: str | Path, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "groupbuy.settings.test",
            "TEST_DATABASE_NAME": self.name,
            "TEST_VAR_DIR": str(self.folder),
            **variables,
        }
        if connection.vendor == "postgresql":
            environment["PG_BIN"] = str(postgres.programs())
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def rows(self, sql: str) -> list[Any]:
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.name)) as database:
                return [row[0] for row in database.execute(sql)]
        params = connection.get_connection_params() | {"dbname": self.name}
        with closing(connection.get_new_connection(params)) as there:
            cursor = there.cursor()
            cursor.execute(sql)
            return [row[0] for row in cursor.fetchall()]


def here(folder: Path) -> Place:
    """The test's own database."""
    return Place(str(connection.settings_dict["NAME"]), folder)


@contextmanager
def fresh(folder: Path) -> Iterator[Place]:
    """An empty database, without a single table."""
    if connection.vendor == "sqlite":
        yield Place(str(folder / "fresh.sqlite3"), folder)
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    db.changed(f"DROP DATABASE IF EXISTS {name}")
    db.changed(f"CREATE DATABASE {name}")
    try:
        yield Place(name, folder)
    finally:
        db.changed(f"DROP DATABASE {name}")
