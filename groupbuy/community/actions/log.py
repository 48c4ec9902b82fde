"""Writing the append-only log."""

from datetime import datetime
from typing import Any

from groupbuy.community.models import Actor, LogEntry


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
    LogEntry.objects.create(
        town_id=town_id,
        at=now,
        user=by.user,
        actor=by.role,
        verb=verb,
        subject=subject._meta.model_name,
        subject_id=subject.pk,
        reason=reason,
        data=data,
    )
