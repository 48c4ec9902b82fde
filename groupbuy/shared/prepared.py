"""Statements that PostgreSQL plans once per connection, not once per order.

Measured, planning is a third of what an order costs the database (``make bench``). A statement
is named when a connection first runs it; after that its name goes out with the values. Where
connections are shared between clients (``PGBOUNCER``) names are not ours to give, and SQLite
has none: there the statement travels as it is.

A plan that is kept grows old: made while a table is empty, it reads all of it, and at 5,000
orders that costs four times the order itself, until PostgreSQL counts the table again, which may
take it a minute. So the plans are dropped now and then.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

MOST = 500  # shapes named per connection; others travel as they are
FRESH = 1000  # calls (some hundred orders) for which a connection keeps its plans


@dataclass
class Named:
    """What one connection has named, and how often it has used a name."""

    names: dict[str, str] = field(default_factory=dict)
    calls: int = 0


_NAMED: WeakKeyDictionary[Any, Named] = WeakKeyDictionary()


def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run one reading statement, return all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(call(cursor, sql, len(params)), params)
        return cursor.fetchall()


def call(cursor: Any, sql: str, values: int) -> str:
    """What runs ``sql`` with ``values`` parameters on the connection of ``cursor``.

    Names it first if need be. Every parameter must be a whole value (``%s``), with a type
    that the statement makes plain. It must name its columns: what ``*`` stands for may change
    while a site is being updated, and PostgreSQL then refuses the plan it has kept.
    """
    if connection.vendor != "postgresql" or settings.PGBOUNCER:
        return sql
    named = _NAMED.setdefault(cursor.connection, Named())
    names = named.names
    if sql not in names and len(names) >= MOST:
        return sql
    if sql not in names:
        name = f"groupbuy_{len(names)}"
        cursor.execute(f"PREPARE {name} AS {_numbered(sql)}")
        names[sql] = name
    named.calls += 1
    if named.calls % FRESH == 0:
        cursor.execute("DISCARD PLANS")
    marks = ", ".join(["%s"] * values)
    return f"EXECUTE {names[sql]} ({marks})" if values else f"EXECUTE {names[sql]}"


def _numbered(sql: str) -> str:
    """``%s`` → ``$1``, ``$2``, … in their order."""
    count = iter(range(1, sql.count("%s") + 1))
    return re.sub("%s", lambda _mark: f"${next(count)}", sql)
