"""Another try is offered only where it may help: every other fault stays one."""

import errno

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection

from groupbuy.shared.trouble import Trouble, trouble_of


def caused(fault: Exception, cause: Exception) -> Exception:
    fault.__cause__ = cause
    return fault


class FromServer(Exception):  # noqa: N818 - as the driver's errors, which cannot be given a code
    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.pgcode = state


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("40P01", Trouble.CROSSED),  # deadlock
        ("40001", Trouble.CROSSED),  # serialization
        ("55P03", Trouble.CROSSED),  # lock timeout
        ("57014", Trouble.SLOW),  # statement timeout
        ("57P01", Trouble.AWAY),  # terminated by the operator
        ("57P02", Trouble.AWAY),  # another session crashed
        ("57P03", Trouble.AWAY),  # still starting
        ("53300", Trouble.AWAY),  # too many connections
        ("08006", Trouble.AWAY),  # connection lost
        ("53100", Trouble.FULL),  # disk full
        ("25006", Trouble.FULL),  # may only be read
        ("42501", Trouble.FULL),  # the right to write was taken away
        ("22001", None),  # too long a text
        ("42P01", None),  # no such table
        ("25P02", None),  # after a fault that somebody swallowed
    ],
)
def test_what_the_server_says_decides(state: str, trouble: Trouble | None) -> None:
    assert trouble_of(caused(OperationalError(), FromServer(state))) is trouble


def test_a_full_disk_of_ours_is_one_too() -> None:
    assert trouble_of(OSError(errno.ENOSPC, "no space")) is Trouble.FULL
    assert trouble_of(FileNotFoundError(errno.ENOENT, "none")) is None


def test_djangos_own_faults_are_faults() -> None:
    assert trouble_of(DatabaseError("save with update_fields did nothing")) is None
    assert trouble_of(ValueError("bug")) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 FROM nothing_like_it",
        "SELECT FROM WHERE",
        "INSERT INTO community_town (name) VALUES (NULL)",
    ],
)
def test_a_wrong_statement_is_a_fault(sql: str) -> None:
    with pytest.raises(DatabaseError) as told, connection.cursor() as cursor:
        cursor.execute(sql)
    assert trouble_of(told.value) is None
    assert trouble_of(caused(IntegrityError(), FromServer("23505"))) is None
