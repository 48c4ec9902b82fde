"""What a restored database does not know: named, so that somebody can ask the residents."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection

from catalog.models import Batch
from groupbuy.community.models import LogEntry, Town, User
from orders.actions.close_batch import batches_to_close
from orders.models import Order


@dataclass(frozen=True)
class Known:
    """The orders of a database, by number and revision, and its last moment."""

    orders: frozenset[tuple[str, int]] = frozenset()
    until: datetime | None = None


def known() -> Known:
    """Of the database as it is; nothing of one that is empty or cannot be read."""
    try:
        rows = Order.objects.values_list("number", "revision")
        last = LogEntry.objects.values_list("at", flat=True).first()
        return Known(frozenset(rows.iterator()), last)
    except DatabaseError:
        return Known()


def is_empty() -> bool:
    """No tables yet, or neither a town nor a person in them."""
    if Town._meta.db_table not in connection.introspection.table_names():
        return True
    return not Town.objects.exists() and not User.objects.exists()


def lost(before: Known, after: Known) -> list[str]:
    """Numbers of orders that were made or changed after the backup, as far as is known."""
    return sorted({number for number, _ in before.orders - after.orders})


def closing_again(now: datetime) -> list[Batch]:
    """Open in the backup and over by now: they close anew, so paper of them is void."""
    return list(batches_to_close(now=now))
