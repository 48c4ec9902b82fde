"""Several writing statements as one act, in one round trip where the database can.

Measured, the round trips of an order are more than half of its time on PostgreSQL. There the
statements go out as one text, which the server runs as one transaction (or within the one
that is open); each is wrapped so that one which changes no row stops everything. SQLite has no
way to travel, so they run one after another; the statements are the same.
Each is planned once per connection (`prepared`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

from groupbuy.shared import prepared

_STOP = "GB001"  # the SQLSTATE that the function groupbuy_stop raises
_WRAPPED = (
    "WITH done AS ({sql} RETURNING 1) SELECT groupbuy_stop('{number}')"
    " WHERE NOT EXISTS (SELECT FROM done)"
)


@dataclass(frozen=True)
class Step:
    """One INSERT or UPDATE that must change at least one row; ``name`` says which it is."""

    name: tuple[Any, ...]
    sql: str
    params: Sequence[Any]


class Stopped(Exception):  # noqa: N818 - a turn of events for verbs, never shown
    """The step ``name`` changed no row; nothing of the act was written."""

    def __init__(self, name: tuple[Any, ...]) -> None:
        super().__init__(name)
        self.name = name


def in_one_trip(steps: Sequence[Step], answer: Step) -> tuple[Any, ...]:
    """Write all steps or none; the first row of the SELECT ``answer``.

    Raises Stopped for the first step that changes no row.
    """
    if connection.vendor != "postgresql":
        return _one_by_one(steps, answer)
    try:
        if connection.in_atomic_block:
            with (
                transaction.atomic()
            ):  # a savepoint, so that a stop undoes only this act
                return _together(steps, answer)
        return _together(steps, answer)
    except DatabaseError as fault:
        cause: Any = fault.__cause__
        if getattr(cause, "pgcode", "") != _STOP:
            raise
        raise Stopped(steps[int(cause.diag.message_primary)].name) from None


def _together(steps: Sequence[Step], answer: Step) -> tuple[Any, ...]:
    texts = [_WRAPPED.format(sql=s.sql, number=n) for n, s in enumerate(steps)]
    params = [p for step in (*steps, answer) for p in step.params]
    with connection.cursor() as cursor:
        calls = [
            prepared.call(cursor, text, len(step.params))
            for text, step in zip([*texts, answer.sql], (*steps, answer), strict=True)
        ]
        cursor.execute(";\n".join(calls), params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


def _one_by_one(steps: Sequence[Step], answer: Step) -> tuple[Any, ...]:
    with transaction.atomic(), connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step.sql, step.params)
            if not cursor.rowcount:
                raise Stopped(step.name)
        cursor.execute(answer.sql, answer.params)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
