"""Writing the append-only log."""

from datetime import datetime
from typing import Any

from groupbuy.community.models import Actor, LogEntry
from groupbuy.shared import db


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
    if by.head_link_id is not None:
        data["head_link"] = by.head_link_id
    db.insert(
        LogEntry,
        {
            "town_id": town_id,
            "at": now,
            "user_id": by.user.pk if by.user else None,
            "actor": by.role,
            "verb": verb,
            "subject": subject,
            "subject_id": subject_id,
            "reason": reason,
            "data": data,
        },
    )
