"""Statements that PostgreSQL plans once per connection, not once per order.

Measured, planning is a third of what an order costs the database (``make bench``). A statement
is named when a connection first runs it; after that its name goes out with the values. Where
connections are shared between clients (``PGBOUNCER``) names are not ours to give, and SQLite
has none: there the statement travels as it is.
"""

import re
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

_NAMES: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
MOST = 500  # shapes named per connection; others travel as they are


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run one reading statement, return all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(call(sql, len(params)), params)
        return cursor.fetchall()


def call(sql: str, values: int) -> str:
    """What runs ``sql`` with ``values`` parameters on the current connection.

    Names it first if need be. Every parameter must be a whole value (``%s``), with a type
    that the statement makes plain. It must name its columns: what ``*`` stands for may change
    while a site is being updated, and PostgreSQL then refuses the plan it has kept.
    """
    if connection.vendor != "postgresql" or settings.PGBOUNCER:
        return sql
    with (
        connection.cursor()
    ):  # looks whether a kept connection stands, or makes another
        pass
    names = _NAMES.setdefault(connection.connection, {})
    if sql not in names and len(names) >= MOST:
        return sql
    if sql not in names:
        name = f"groupbuy_{len(names)}"
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {_numbered(sql)}")
        names[sql] = name
    marks = ", ".join(["%s"] * values)
    return f"EXECUTE {names[sql]} ({marks})" if values else f"EXECUTE {names[sql]}"


def _numbered(sql: str) -> str:
    """``%s`` → ``$1``, ``$2``, … in their order."""
    count = iter(range(1, sql.count("%s") + 1))
    return re.sub("%s", lambda _mark: f"${next(count)}", sql)
