"""Several writing statements as one act, in one round trip where the database can.

Measured, the round trips of an order are more than half of its time on PostgreSQL. There the
statements go out as one text, which the server runs as one transaction (or within the one
that is open); each is wrapped so that one which changes too little stops everything. What only
follows from a row just written goes with it into its statement. SQLite has no way to travel, so
they run one after another; the statements are the same.
Each is planned once per connection (`prepared`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

from groupbuy.shared import prepared

_STOP = "GB001"  # the SQLSTATE that the function groupbuy_stop raises
DONE = "FROM done"  # the rows that a step has changed, by their ids


@dataclass(frozen=True)
class Step:
    """One INSERT or UPDATE that must change ``least`` rows; ``name`` says which it is.

    ``then`` are INSERTs of what belongs to the row written: each takes its ``id`` FROM done.
    """

    name: tuple[Any, ...]
    sql: str
    params: Sequence[Any]
    least: int = 1
    then: tuple["Step", ...] = ()

    @property
    def all_params(self) -> list[Any]:
        return [p for step in (self, *self.then) for p in step.params]


class Stopped(Exception):  # noqa: N818 - a turn of events for verbs, never shown
    """The step ``name`` changed too few rows; nothing of the act was written."""

    def __init__(self, name: tuple[Any, ...]) -> None:
        super().__init__(name)
        self.name = name


def in_one_trip(steps: Sequence[Step], answer: Step) -> Any:
    """Write all steps or none; the one value of the SELECT ``answer``.

    It is asked together with the last step, and sees what all others wrote.

    Raises Stopped for the first step that changes too few rows.
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


def _together(steps: Sequence[Step], answer: Step) -> Any:
    texts = [_whole(step, number) for number, step in enumerate(steps)]
    texts[-1] = _answering(steps[-1], len(steps) - 1, answer)
    params = [step.all_params for step in steps]
    params[-1] += answer.params
    with connection.cursor() as cursor:
        calls = [
            prepared.call(cursor, text, len(values))
            for text, values in zip(texts, params, strict=True)
        ]
        cursor.execute(";\n".join(calls), [value for some in params for value in some])
        return cursor.fetchone()[0]


def _whole(step: Step, number: int) -> str:
    stop = f"SELECT groupbuy_stop('{number}') WHERE {_too_few(step)}"
    return f"{_written(step)} {stop}"


def _answering(step: Step, number: int, answer: Step) -> str:
    """With the last step goes the answer: a statement of its own costs more than asking."""
    stop = f"CASE WHEN {_too_few(step)} THEN groupbuy_stop('{number}')"
    return f"{_written(step)} SELECT {stop} ELSE ({answer.sql}) END"


def _written(step: Step) -> str:
    parts = [f"done AS ({step.sql} RETURNING id)"]
    parts += [f"then_{n} AS ({more.sql})" for n, more in enumerate(step.then)]
    return f"WITH {', '.join(parts)}"


def _too_few(step: Step) -> str:
    if step.least == 1:
        return f"NOT EXISTS (SELECT {DONE})"
    return f"(SELECT COUNT(*) {DONE}) < {step.least}"


def _one_by_one(steps: Sequence[Step], answer: Step) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for step in steps:
            write_down(cursor, step)
        cursor.execute(answer.sql, answer.params)
        return cursor.fetchone()[0]


def write_down(cursor: Any, step: Step) -> None:
    """One step on a database where nothing travels together. Raises Stopped."""
    cursor.execute(step.sql, step.params)
    if cursor.rowcount < step.least:
        raise Stopped(step.name)
    row = f"FROM (SELECT {cursor.lastrowid} AS id) AS done"
    for more in step.then:
        cursor.execute(more.sql.replace(DONE, row), more.params)
