"""SQLite's own online backup: one read transaction, so that writers go on meanwhile.

All pages in one step: a copy in small steps begins again with every write of another
process, and on a busy day would never end.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from groupbuy.roof.backup.faults import Unusable

MARK = b"SQLite format 3\x00"


def save(path: Path) -> None:
    """The database as it is now into ``path``: one file, without a journal beside it."""
    with closing(_readable(_database())) as source, closing(_open(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        _require_whole(copy)


def load(path: Path) -> None:
    """Replace everything by what ``path`` holds, in one transaction."""
    connection.close()
    with closing(_readable(path)) as source:
        _require_whole(source)
        with closing(_open(_database())) as target:
            source.backup(target)


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _readable(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10)


def _require_whole(database: sqlite3.Connection) -> None:
    try:
        (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise Unusable(f"The backup is damaged: {said}")
