"""The killing itself: what the child that is to die may touch."""

from pathlib import Path

import pytest
from django.db import connection, connections

from tests.kills.killing import NEVER, killed_at

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    return int(number)


def test_a_child_never_speaks_in_its_parents_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even one that the parent could not close: its death would leave it open for ever."""
    monkeypatch.setattr(connections, "close_all", lambda: None)
    ours, told = session(), tmp_path / "session"

    killed_at(NEVER, lambda: told.write_text(str(session())), tmp_path / "notes")

    assert int(told.read_text()) != ours
    assert session() == ours  # and it still stands
