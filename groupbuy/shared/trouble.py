"""Which faults pass by themselves, so that "please press once more" is the honest answer.

Everything else is a fault of ours and crashes loudly.
"""

import errno
import sqlite3
from enum import StrEnum

from django.db import DatabaseError, InterfaceError, OperationalError

_WITHOUT_ANSWER = {DatabaseError, InterfaceError, OperationalError}  # and no subclass
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
_CLASSES = {"08", "53", "57"}  # connection, resources, the operator's intervention
_SQLITE_AWAY = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL}
_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR}


class Trouble(StrEnum):
    CROSSED = "crossed"
    """Two stood in each other's way, or one too long in the other's: nothing was written,
    and once more may well do."""
    SLOW = "slow"
    """It waited as long as anybody should: nothing was written."""
    AWAY = "away"
    """No answer. What was sent last may have been written, or not."""
    FULL = "full"
    """Nothing more can be kept until somebody makes room: nothing was written."""


def trouble_of(fault: BaseException) -> Trouble | None:
    """None for a fault that another try would not mend."""
    if isinstance(fault, OSError):
        return Trouble.FULL if fault.errno in _NO_ROOM else None
    cause = fault.__cause__  # the driver's own; Django's have none
    if cause is None or not isinstance(fault, DatabaseError | InterfaceError):
        return None
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorcode", 0))
    if state := getattr(cause, "pgcode", None):
        return _of_postgres(state)
    return Trouble.AWAY if type(fault) in _WITHOUT_ANSWER else None


def _of_postgres(state: str) -> Trouble | None:
    """By SQLSTATE."""
    if state in {"40P01", "40001", "55P03"}:  # deadlock, serialization, lock timeout
        return Trouble.CROSSED
    if state == "57014":  # statement timeout
        return Trouble.SLOW
    if state in {"53100", "53200", "25006", "42501"}:  # disk, memory, may only read
        return Trouble.FULL
    return Trouble.AWAY if state[:2] in _CLASSES else None


def _of_sqlite(code: int) -> Trouble | None:
    """Extended codes: the lowest byte is the kind. One that waited has waited for long."""
    kind = code & 0xFF
    if code == sqlite3.SQLITE_BUSY_SNAPSHOT:
        return Trouble.CROSSED
    if kind in _SQLITE_BUSY:
        return Trouble.SLOW
    if kind in _SQLITE_FULL:
        return Trouble.FULL
    return Trouble.AWAY if kind in _SQLITE_AWAY else None
