"""Personal data leaves the screen: who took it, whose, and until when it is kept."""

from datetime import date, datetime
from typing import Any

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor


def disclose(
    verb: str,
    subject: Any,
    *,
    town_id: int,
    by: Actor,
    now: datetime,
    homes: int,
    until: date,
    reason: str = "",
    **scope: Any,
) -> None:
    """One line of the log for one export: of how many ``homes``, and the last day on which
    what was taken may exist (``until``). ``scope`` says by ids what was in it.

    The log is append-only and keeps this for as long as the law wants (three years).
    """
    log(
        verb,
        subject,
        town_id=town_id,
        by=by,
        now=now,
        reason=reason,
        homes=homes,
        until=until.isoformat(),
        **scope,
    )
