"""Safe by default: what a site demands follows from its environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from groupbuy.settings.embedded import sqlite_options
from tests.house.source import ROOT

ASKED = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECOND_FACTOR",
    "DEBUG",
)
DATABASE = {"DATABASE_URL": "postgres://nobody@127.0.0.1/none"}
KEY = {"SECRET_KEY": "k" * 50}


def settings_with(**environment: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import json; from groupbuy import settings;"
        f"print(json.dumps({{name: getattr(settings, name) for name in {ASKED!r}}}))"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_without_a_key_is_refused() -> None:
    result = settings_with(**DATABASE)
    assert result.returncode != 0
    assert "SECRET_KEY is required" in result.stderr


@pytest.mark.parametrize(
    ("hosts", "demanded"),
    [({}, False), ({"ALLOWED_HOSTS": "tuan.example.cn,127.0.0.1"}, True)],
)
def test_a_host_name_makes_it_public_and_https(
    hosts: dict[str, str], demanded: bool
) -> None:
    found = json.loads(settings_with(**DATABASE, **KEY, **hosts).stdout)
    assert found.pop("DEBUG") is False
    assert set(found.values()) == {demanded}


def test_sqlite_queues_its_writers_and_keeps_what_it_took(
    db: None, tmp_path: Path
) -> None:
    """Asked of a connection, not of the settings: SQLite passes over what it does not know."""
    one = ConnectionHandler({"default": sqlite_options(tmp_path / "db")})["default"]
    found = {}
    with one.cursor() as cursor:
        for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete"):
            found[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    one.close()

    full, on, five_seconds = 2, 1, 5000
    assert one.transaction_mode == "IMMEDIATE"
    assert found["journal_mode"] == "wal"
    assert found["synchronous"] == full
    assert found["secure_delete"] == on
    assert found["busy_timeout"] >= five_seconds
