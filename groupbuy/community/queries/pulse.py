"""Signs of life, read: whether the books are known to add up, whether the clocks agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Now

from groupbuy.community.models import Heartbeat

CHECK = "verify"  # the heartbeat of the check that runs every ten minutes
STOPPED = "heartbeat_is_fresh"  # the rule that only says that the tick does not run
STILL = timedelta(minutes=3)  # as that rule says; here it is seen without a check
SILENT = timedelta(minutes=30)  # three checks that did not come
CLOCKS_APART = 30  # seconds between this process's clock and the database's


@dataclass(frozen=True)
class Books:
    """``broken`` holds names of rules and how many rows break each; empty: they add up.

    ``apart`` is how many seconds this process's clock is ahead of the database's.
    """

    checked_at: datetime | None
    broken: str
    stands_still: bool
    is_silent: bool
    apart: int

    @property
    def word(self) -> str:
        """For a machine that watches: nothing in it tells what is wrong."""
        if self.stands_still:
            return "broken"
        if self.checked_at is None or self.is_silent:
            return "unchecked"
        return "broken" if self.broken else "good"

    @property
    def clocks_differ(self) -> bool:
        return abs(self.apart) > CLOCKS_APART


def books(now: datetime) -> Books:
    """What the last check left behind, and whether the clockwork still ticks. One query."""
    beats = Heartbeat.objects.filter(name__in=[CHECK, "tick"]).annotate(there=Now())
    found = {beat.name: beat for beat in beats}
    clocks = [(now - beat.there).total_seconds() for beat in found.values()]
    check, tick = found.get(CHECK), found.get("tick")
    rules = check.note.split(", ") if check and check.note else []
    wrong = [rule for rule in rules if not rule.startswith(STOPPED)]
    return Books(
        checked_at=check.at if check else None,
        broken=", ".join(wrong),
        stands_still=now - tick.at > STILL if tick else len(wrong) < len(rules),
        is_silent=check is not None and now - check.at > SILENT,
        apart=round(clocks[0]) if clocks else 0,
    )
