"""What must be done once a backup is back: the schema of this code, and what is overdue."""

from datetime import datetime

from delivery.actions.make_again import delete_unknown_files, make_lost_sheets_again
from delivery.models import AccessLink
from delivery.queries.links import token_of
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM, Town
from groupbuy.community.queries.pulse import STOPPED
from groupbuy.roof.backup.faults import Unusable
from groupbuy.roof.tick import forgetting, run
from groupbuy.roof.verify import RULES, Finding, verify
from groupbuy.shared import tokens

WAITING = {STOPPED, "due_days_are_closed"}  # for the clockwork


def settle(*, now: datetime, lost: int) -> None:
    """Forget what the backup still knew and had been forgotten; write down what happened."""
    make_lost_sheets_again()
    failed = run(forgetting(now)).failed
    if failed:
        raise Unusable(f"Not forgotten, see above: {', '.join(failed)}")
    delete_unknown_files()
    for town in Town.objects.all():
        log("restore", town, town_id=town.pk, by=SYSTEM, now=now, lost=lost)


def has_another_key() -> bool:
    """Whether links of this database were made with another secret key than ours."""
    link = AccessLink.objects.first()
    return link is not None and tokens.stored(token_of(link)) != link.token_hash


def broken(now: datetime) -> list[Finding]:
    """``verify``, but for the clockwork: that stands still while one restores."""
    rules = tuple(rule for rule in RULES if rule.name not in WAITING)
    return verify(now=now, rules=rules).broken
