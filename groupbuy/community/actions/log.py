"""Writing the append-only log."""

import json
from datetime import datetime
from typing import Any

from groupbuy.community.models import Actor, LogEntry
from groupbuy.shared import db
from groupbuy.shared.one_trip import DONE, Step


def log(
    verb: str,
    subject: Any,
    *,
    town_id: int,
    by: Actor,
    now: datetime,
    reason: str = "",
    **data: Any,
) -> None:
    """Write down one act on ``subject`` (a model instance), in the caller's transaction."""
    log_id(
        verb,
        subject._meta.model_name,
        subject.pk,
        town_id=town_id,
        by=by,
        now=now,
        reason=reason,
        **data,
    )


def log_id(
    verb: str,
    subject: str,
    subject_id: int,
    *,
    town_id: int,
    by: Actor,
    now: datetime,
    reason: str = "",
    **data: Any,
) -> None:
    """As ``log``, for a row that is known by its model's name and its id only."""
    row = _row(verb, subject, town_id=town_id, by=by, now=now, reason=reason, data=data)
    db.insert(LogEntry, row | {"subject_id": subject_id})


def log_step(
    verb: str, subject: str, *, town_id: int, by: Actor, now: datetime, **data: Any
) -> Step:
    """The same, of the row that a step of one trip writes: one of what it does ``then``."""
    row = _row(verb, subject, town_id=town_id, by=by, now=now, reason="", data=data)
    values = {**row, "at": db.instant(now), "data": json.dumps(row["data"])}
    marks = ", ".join(["%s"] * len(values))
    sql = (
        f"INSERT INTO community_logentry ({', '.join(values)}, subject_id)"
        f" SELECT {marks}, id {DONE}"
    )
    return Step(("log",), sql, list(values.values()))


def _row(
    verb: str,
    subject: str,
    *,
    town_id: int,
    by: Actor,
    now: datetime,
    reason: str,
    data: dict[str, Any],
) -> dict[str, Any]:
    if by.head_link_id is not None:
        data["head_link"] = by.head_link_id
    return {
        "town_id": town_id,
        "at": now,
        "user_id": by.user.pk if by.user else None,
        "actor": by.role,
        "verb": verb,
        "subject": subject,
        "reason": reason,
        "data": data,
    }
