"""Safe by default: what a site demands follows from its environment."""

import json
import os
import subprocess
import sys

import pytest

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
