"""Runs the rules and keeps what they found: ids only, never a name, phone or home."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from groupbuy.roof.verify.rule import Rule
from groupbuy.roof.verify.rules import RULES
from groupbuy.shared import db
from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS

COUNTED = {
    "orders": "SELECT COUNT(*) FROM orders_order",
    "closed_batches": "SELECT COUNT(*) FROM catalog_batch WHERE state = 'closed'",
    "pickup_lines": "SELECT COUNT(*) FROM delivery_pickupline",
    "supply_lines": "SELECT COUNT(*) FROM delivery_supplyline",
}
MOST_IDS = 20


@dataclass(frozen=True)
class Finding:
    """One broken rule: how many rows, and the first of their ids."""

    rule: str
    says: str
    count: int
    ids: list[int]


@dataclass
class Book:
    """What was checked, which rules had nothing to check, and what is broken."""

    checked: dict[str, int] = field(default_factory=dict)
    nothing_to_check: list[str] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)


def verify(*, now: datetime, rules: tuple[Rule, ...] = RULES) -> Book:
    """Check every rule in one read-only snapshot, while orders may go on coming in."""
    book = Book()
    params = _params(now)
    with db.snapshot():
        book.checked = {name: db.rows(sql)[0][0] for name, sql in COUNTED.items()}
        for rule in rules:
            if not db.rows(rule.subject):
                book.nothing_to_check.append(rule.name)
                continue
            ids = [row[0] for row in db.rows(rule.broken, params)]
            if ids:
                found = Finding(rule.name, rule.says, len(ids), sorted(ids)[:MOST_IDS])
                book.broken.append(found)
    return book


def _params(now: datetime) -> dict[str, Any]:
    today = day_of(now)
    before = today - timedelta(days=KEPT_DAYS)
    return {
        "now": db.instant(now),
        "today": today if connection.vendor == "postgresql" else today.isoformat(),
        "five_minutes_ago": db.instant(now - timedelta(minutes=5)),
        "ten_minutes_ago": db.instant(now - timedelta(minutes=10)),
        "beat_after": db.instant(now - timedelta(minutes=3)),
        "erase_before": (
            before if connection.vendor == "postgresql" else before.isoformat()
        ),
    }
