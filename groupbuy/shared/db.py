"""Where the two databases differ, and nowhere else: locks, instants in raw SQL, snapshots."""

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection, models, transaction

LOCK_NOT_AVAILABLE = "55P03"
M = TypeVar("M", bound=models.Model)


def locked(queryset: models.QuerySet[M]) -> models.QuerySet[M]:
    """Row locks for writers, in the queryset's order (``FOR NO KEY UPDATE``).

    A plain ``FOR UPDATE`` would block every foreign-key check on the row. SQLite ignores
    row locks; there ``BEGIN IMMEDIATE`` makes writers queue for the whole file instead.
    """
    if connection.vendor == "postgresql":
        return queryset.select_for_update(no_key=True)
    return queryset


def instant(moment: datetime) -> Any:
    """A datetime as a parameter of raw SQL.

    SQLite compares datetimes as text and Django stores them as naive UTC there.
    """
    if connection.vendor == "postgresql":
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def rows(
    sql: str, params: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Run one statement, return all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def changed(sql: str, params: Sequence[Any] = ()) -> int:
    """Run one writing statement, return how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """One consistent read-only view of the whole database; blocks no writer.

    PostgreSQL: REPEATABLE READ, READ ONLY. SQLite: a deferred transaction (Django's own
    atomic() would take the write lock under IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            if not connection.in_atomic_block or len(connection.savepoint_ids) == 0:
                changed("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    if connection.in_atomic_block:
        yield
        return
    changed("BEGIN DEFERRED")
    try:
        yield
    finally:
        changed("ROLLBACK")


@contextlib.contextmanager
def short_waits(seconds: float) -> Iterator[None]:
    """Nothing in here waits longer for a lock; see ``gave_way``. SQLite has its own timeout."""
    if connection.vendor != "postgresql":
        yield
        return
    changed("SET lock_timeout = %s", [int(seconds * 1000)])
    try:
        yield
    finally:
        if connection.is_usable():
            changed("RESET lock_timeout")


def gave_way(error: Exception) -> bool:
    """Whether a statement was ended because it had waited too long for a lock."""
    return getattr(error.__cause__, "pgcode", None) == LOCK_NOT_AVAILABLE


class Quarter(models.Func):
    """An instant's quarter of an hour, counted since 1970: a number, so that SQLite and the
    town's time zone need not be asked for every row."""

    template = "CAST(FLOOR(DATE_PART('epoch', %(expressions)s) / 900) AS BIGINT)"
    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        text = "CAST(STRFTIME('%%%%s', %(expressions)s) AS INTEGER) / 900"
        return self.as_sql(compiler, connection, template=text, **context)


@functools.cache
def _insert_sql(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, list[Any]]:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(field.column for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = model._meta.db_table
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", fields  # noqa: S608 - names of our models  # nosec B608


def insert(model: type[models.Model], values: Mapping[str, Any]) -> int | None:
    """Insert one row without the ORM's compiler; returns its id.

    Returns None, and writes nothing, when a unique row stood in the way. Every column
    without a database default must be given. Costs a third of ``objects.create``.
    """
    sql, fields = _insert_sql(model, tuple(values))
    params = [
        f.get_db_prep_save(v, connection)
        for f, v in zip(fields, values.values(), strict=True)
    ]
    found = rows(f"{sql} ON CONFLICT DO NOTHING RETURNING id", params)
    return found[0][0] if found else None


@functools.cache
def _columns(model: type[models.Model], vendor: str) -> tuple[list[str], Any]:
    fields, table = model._meta.concrete_fields, model._meta.db_table
    compiler = model._base_manager.all().query.get_compiler(connection=connection)
    converters = compiler.get_converters([field.get_col(table) for field in fields])
    return [field.attname for field in fields], converters


def loaded(model: type[M], row: Sequence[Any]) -> M:
    """The instance that a row of all its columns stands for, in the fields' order.

    As ``objects.raw`` makes it, without asking anew what each column means.
    """
    names, converters = _columns(model, connection.vendor)
    values = list(row)
    for i, (functions, expression) in converters.items():
        for convert in functions:
            values[i] = convert(values[i], expression, connection)
    return model.from_db(connection.alias, names, values)


def insert_many(model: type[models.Model], many: Sequence[Mapping[str, Any]]) -> None:
    """Insert several rows of the same shape in one statement."""
    sql, fields = _insert_sql(model, tuple(many[0]))
    marks = sql.rpartition(" VALUES ")[2]
    params = [
        f.get_db_prep_save(v, connection)
        for row in many
        for f, v in zip(fields, row.values(), strict=True)
    ]
    changed(sql + f", {marks}" * (len(many) - 1), params)
