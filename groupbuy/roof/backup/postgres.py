"""PostgreSQL's own programs, from ``PG_BIN`` or the path: pg_dump's custom format."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import ProgrammingError, connection

from groupbuy.roof.backup.faults import Unusable
from groupbuy.shared import db

MARK = b"PGDMP"
PLACE = {  # what libpq calls it: where its programs look
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
ASIDE = "before_restore"  # where the old tables wait until the new ones are all there


def save(path: Path) -> None:
    """One snapshot of the whole database into ``path``; orders go on meanwhile."""
    _run(
        "pg_dump", "--no-password", "--format=custom", f"--file={path}", where=_where()
    )
    _require_whole(path)


def load(path: Path) -> None:
    """Replace everything by what ``path`` holds: wholly, or the old tables stay."""
    _require_whole(path)
    old = "DROP SCHEMA public CASCADE"
    if not db.rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE]):
        old = f"ALTER SCHEMA public RENAME TO {ASIDE}"  # else a killed restore did it
    _sql(old, "CREATE SCHEMA public", "GRANT USAGE ON SCHEMA public TO PUBLIC")
    where = _where()
    how = ["--no-password", "--no-owner", "--no-privileges", "--single-transaction"]
    try:
        _run(
            "pg_restore",
            *how,
            f"--dbname={where['PGDATABASE']}",
            str(path),
            where=where,
        )
    except BaseException:
        _sql("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _sql(f"DROP SCHEMA {ASIDE} CASCADE")
    connection.close()


def _sql(*statements: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(";".join(statements))
    except ProgrammingError as error:
        raise Unusable(f"The database's owner must do this: {error}") from error


def _require_whole(path: Path) -> None:
    _run("pg_restore", "--list", str(path))


def _run(program: str, *arguments: str, where: dict[str, str] | None = None) -> None:
    given = os.environ.get("PG_BIN")
    found = shutil.which(program, path=given) or shutil.which(program)
    if found is None:
        raise Unusable(
            f"{program} is not here: install PostgreSQL's client or set PG_BIN."
        )
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program  # nosec B603
        [found, *arguments],
        env=os.environ | (where or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{program}: {done.stderr.strip() or done.returncode}")


def _where() -> dict[str, str]:
    """The database that the settings name, for the environment: a command line, with a
    password in it, is there for all to see."""
    connection.ensure_connection()
    told = connection.connection.info
    known = told.dsn_parameters | ({"password": told.password} if told.password else {})
    names = PLACE | {"password": "PGPASSWORD"}  # a variable's name  # nosec B105
    return {names[key]: str(value) for key, value in known.items() if key in names}
