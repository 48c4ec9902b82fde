"""What was logged stays as it was written: the database itself refuses to change it."""

import pytest
from django.db import DatabaseError, transaction

from groupbuy.community.models import LogEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db: None) -> LogEntry:
    return LogEntry.objects.create(
        town=factories.make_town(),
        at=factories.NOON,
        actor="link",
        verb="reveal_phone",
        subject="order",
        subject_id=1,
        reason="rang twice",
    )


def test_the_database_refuses_another_word(entry: LogEntry) -> None:
    with (
        pytest.raises(DatabaseError, match="the log is append-only"),
        transaction.atomic(),
    ):
        LogEntry.objects.filter(pk=entry.pk).update(reason="nobody did it")
    assert LogEntry.objects.get(pk=entry.pk).reason == "rang twice"


@pytest.mark.postgres
def test_postgresql_refuses_to_forget_a_row(entry: LogEntry) -> None:
    with (
        pytest.raises(DatabaseError, match="the log is append-only"),
        transaction.atomic(),
    ):
        LogEntry.objects.filter(pk=entry.pk).delete()
