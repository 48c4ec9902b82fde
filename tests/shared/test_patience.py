"""A process that serves people waits for the database no longer than the settings say."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from groupbuy.shared.patience import be_short
from tests.house.source import ROOT

ASK = """
import json
from {module} import application
from django.db import connection
names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
with connection.cursor() as cursor:
    print(json.dumps([cursor.execute("SHOW " + n) or cursor.fetchone()[0] for n in names]))
"""


def waits(module: str) -> list[str]:
    """What the connections of a process that starts there are told."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK.format(module=module)],
        cwd=ROOT,
        env={**os.environ, "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"])},
        capture_output=True,
        text=True,
        check=True,
    )
    told: list[str] = json.loads(asked.stdout)
    return told


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_sites_own_connections_are_short_and_a_workers_are_not() -> None:
    assert waits("groupbuy.roof.service.wsgi") == ["1500ms", "30s", "1min"]
    assert waits("groupbuy.wsgi") == ["0", "0", "0"]


def test_what_the_address_says_stays() -> None:
    database: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"options": "-c work_mem=64MB", "connect_timeout": 9},
    }
    be_short(database, settings.WEB_PATIENCE)
    assert database["OPTIONS"]["options"].endswith(" -c work_mem=64MB")
    assert database["OPTIONS"]["connect_timeout"] == 9


def test_a_pooler_is_told_nothing_that_it_would_refuse() -> None:
    database: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
    be_short(database, settings.WEB_PATIENCE)
    assert "options" not in database["OPTIONS"]


def test_nobody_waits_for_more_than_a_few_seconds() -> None:
    """Three tries for a lock, and SQLite's one."""
    assert 3 * settings.WEB_PATIENCE["LOCK"] <= 5
    embedded = settings.BASE_DIR / "groupbuy" / "settings" / "embedded.py"
    assert '"timeout": 10' in embedded.read_text()
