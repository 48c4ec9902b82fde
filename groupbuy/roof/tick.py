"""The clockwork: whatever is due and not done, however late, each step by itself.

Called by the beat's task, by ``manage.py close_due`` and by a button of the staff's. Unique
rows make a doubled tick harmless; nothing here trusts a lock or a message.
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
from groupbuy.shared import db
from orders.actions.call_off import finish_called_off
from orders.actions.close_batch import batches_to_close, close_due
from orders.actions.erase import erase_due
from orders.actions.forget_reasons import forget_reasons

logger = logging.getLogger(__name__)


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
    """Close, finish what was called off, open, build, render; then write the heartbeat.

    Closing comes before opening, since the next day opens when the last one closes.
    ``closed_at`` is the closing instant to write; without it the clock is read after the
    locks.
    """
    steps: dict[str, Callable[[], int]] = {
        "close": lambda: len(close_due(now=now, closed_at=closed_at)),
        "call_off": lambda: len(finish_called_off(now=now)),
        "open": lambda: len(open_due(now=now)),
        "build": lambda: build_due(now),
        "render": lambda: render_due(now),
        "erase": lambda: erase_due(now=now),
        "reasons": lambda: forget_reasons(now=now),
        "shred": lambda: shred_due(now),
    }
    report = Report()
    beat("at work")  # rendering a big day may take minutes
    for name, step in steps.items():
        try:
            report.done[name] = step()
        except Exception:
            logger.exception("tick: %s failed", name)
            report.failed.append(name)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
    beat(report.summary)
    return report


def left_due(*, now: datetime) -> list[str]:
    """What is still due after a tick, in words; empty when everything is done."""
    left = {
        "close": batches_to_close(now=now),
        "build": batches_to_build(),
        "render": paperwork_to_render(now),
    }
    return [f"{step} {found.count()}" for step, found in left.items() if found.exists()]


def beat(note: str) -> None:
    """Leave a sign of life, in real time, that ``verify`` and the staff's page look for."""
    now = timezone.now()
    db.changed(
        "INSERT INTO community_heartbeat (name, at, note) VALUES ('tick', %s, %s)"
        " ON CONFLICT (name) DO UPDATE SET at = excluded.at, note = excluded.note",
        [db.instant(now), note[:300]],
    )
