"""The clockwork: whatever is due and not done, however late, each step by itself.

Called whole by ``manage.py close_due`` and by a button of the staff's. The beat sends it in
two halves, each to a worker of its own: a town's sheets may take minutes, and meanwhile
other days must close. Unique rows make a doubled tick harmless; nothing here trusts a lock
or a message.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils import timezone

from catalog.actions.open_batch import open_due
from delivery.actions.build_lists import build_due
from delivery.actions.render import render_due
from delivery.actions.shred import shred_due
from delivery.queries.due import batches_to_build, paperwork_to_render
from groupbuy.community.actions.forget_sign_ins import forget_sign_ins
from groupbuy.shared import db
from orders.actions.call_off import finish_called_off
from orders.actions.close_batch import batches_to_close, close_due
from orders.actions.erase import erase_due
from orders.actions.forget_heads import forget_heads
from orders.actions.forget_reasons import forget_reasons

logger = logging.getLogger(__name__)
Steps = dict[str, Callable[[], int]]


@dataclass
class Report:
    """What one tick did: batches by step, and the steps that failed."""

    done: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        parts = [f"{step} {count}" for step, count in self.done.items() if count]
        parts += [f"{step} FAILED" for step in self.failed]
        return ", ".join(parts) or "nothing due"


def tick(*, now: datetime, closed_at: datetime | None = None) -> Report:
    """Everything, in the foreground, and the heartbeat.

    ``closed_at`` is the closing instant to write; without it the clock is read after the
    locks.
    """
    return with_heartbeat(days(now, closed_at) | sheets(now))


def tick_days(*, now: datetime) -> Report:
    """All but the sheets, and the heartbeat: never more than seconds."""
    return with_heartbeat(days(now))


def tick_sheets(*, now: datetime) -> Report:
    """Whatever is built and not on paper. A dead renderer shows on the batch's page."""
    return run(sheets(now))


def days(now: datetime, closed_at: datetime | None = None) -> Steps:
    """Close, finish what was called off, open, build, forget.

    Closing comes before opening, since the next day opens when the last one closes.
    """
    return {
        "close": lambda: len(close_due(now=now, closed_at=closed_at)),
        "call_off": lambda: len(finish_called_off(now=now)),
        "open": lambda: len(open_due(now=now)),
        "build": lambda: build_due(now),
    } | forgetting(now)


def forgetting(now: datetime) -> Steps:
    """Whatever is kept of people for long enough."""
    return {
        "erase": lambda: erase_due(now=now),
        "reasons": lambda: forget_reasons(now=now),
        "shred": lambda: shred_due(now),
        "heads": lambda: forget_heads(now=now),
        "sign_ins": lambda: forget_sign_ins(now=now),
    }


def sheets(now: datetime) -> Steps:
    return {"render": lambda: render_due(now)}


def with_heartbeat(steps: Steps) -> Report:
    beat("at work")  # in the foreground, rendering a big day may take minutes
    report = run(steps)
    beat(report.summary)
    return report


def run(steps: Steps) -> Report:
    """Each step in its own try: one that fails leaves the others running."""
    report = Report()
    for name, step in steps.items():
        try:
            report.done[name] = step()
        except Exception:
            logger.exception("tick: %s failed", name)
            report.failed.append(name)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
    return report


def left_due(*, now: datetime) -> list[str]:
    """What is still due after a tick, in words; empty when everything is done."""
    left = {
        "close": batches_to_close(now=now),
        "build": batches_to_build(),
        "render": paperwork_to_render(now),
    }
    return [f"{step} {found.count()}" for step, found in left.items() if found.exists()]


def beat(note: str, *, name: str = "tick") -> None:
    """Leave a sign of life, in real time, that ``verify`` and the staff's page look for."""
    now = timezone.now()
    db.changed(
        "INSERT INTO community_heartbeat (name, at, note) VALUES (%s, %s, %s)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at, note = excluded.note",
        [name, db.instant(now), note[:300]],
    )
