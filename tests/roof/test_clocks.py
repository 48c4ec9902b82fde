"""Zones, stepped clocks, days of silence, a poisoned batch (T13 to T15): the cutoff stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from catalog.models import Batch
from delivery.models import PickupList
from groupbuy.community.models import LogEntry
from groupbuy.roof.tick import left_due, tick
from groupbuy.roof.verify import verify
from groupbuy.shared import db
from orders.actions.close_batch import close_batch
from orders.models import Order
from tests import factories
from tests.factories import NOON
from tests.races.conftest import Rush, rush  # noqa: F401 - pytest finds it by its name
from tests.roof.backup.drill import here

CUTOFF = NOON + timedelta(hours=6)  # 18:00 in Shanghai, the heads'
DUE = CUTOFF + timedelta(seconds=5)


def closed() -> list[int]:
    """In the order in which they were closed."""
    entries = LogEntry.objects.filter(verb="close_batch").order_by("pk")
    return list(entries.values_list("subject_id", flat=True))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_the_cutoff_is_one_instant_whatever_the_processs_zone(
    transactional_db: None, tmp_path: Path, zone: str
) -> None:
    batch = factories.make_batch()
    place = here(tmp_path)
    connection.close()

    early = place.manage("close_due", "--now", "2022-04-11T18:00:04", TZ=zone)
    assert closed() == [], early.stdout + early.stderr
    connection.close()
    late = place.manage("close_due", "--now", "2022-04-11T18:00:05", TZ=zone)

    assert closed() == [batch.pk], late.stdout + late.stderr
    assert Batch.objects.get(pk=batch.pk).closed_at == DUE
    opened = Batch.objects.get(state=Batch.State.OPEN)
    assert opened.until_heads == CUTOFF + timedelta(days=1)


def test_a_clock_that_is_ahead_refuses_early_and_lets_nobody_in_late(
    rush: Rush,  # noqa: F811
) -> None:
    link = rush.batch.until_link
    ahead = timedelta(seconds=90)
    with pytest.raises(Exception, match=r"ended|截单|结束"):
        rush.place(1, now=link - timedelta(seconds=30) + ahead)
    assert rush.place(2, now=link - timedelta(minutes=2) + ahead)


def test_a_clock_stepped_back_an_hour_reopens_nothing(rush: Rush) -> None:  # noqa: F811
    """The day is closed in its rows: a door whose clock says 17:00 again is too late."""
    rush.place(1)
    close_batch(rush.batch, now=DUE)
    with pytest.raises(Exception, match=r"ended|截单|结束"):
        rush.place(2, now=rush.batch.until_link - timedelta(minutes=30))
    assert tick(now=DUE - timedelta(hours=1)).failed == []

    assert Order.objects.count() == 1
    assert closed() == [rush.batch.pk]


@pytest.mark.parametrize("silence", [timedelta(hours=3), timedelta(days=3)])
def test_after_a_silence_all_that_is_due_closes_oldest_first(
    db: None, silence: timedelta
) -> None:
    hours = [3, 1, 4, 2]
    batches = []
    for hour in hours:
        until = NOON + timedelta(hours=hour)
        batch = factories.make_batch(until_link=until, until_heads=until)
        factories.make_order(batch)
        batches.append(batch.pk)
    now = NOON + timedelta(hours=4, seconds=5) + silence

    assert tick(now=now).failed == []

    assert closed()[: len(hours)] == [
        pk for _, pk in sorted(zip(hours, batches, strict=True))
    ]
    listed = set(PickupList.objects.values_list("batch_id", flat=True))
    assert set(batches) <= listed
    assert left_due(now=now) == []


@contextmanager
def poisoned(batch: Batch) -> Iterator[None]:
    """The database itself refuses every change of this one batch."""
    says = "poisoned"
    if connection.vendor == "sqlite":
        db.changed(
            "CREATE TRIGGER poison BEFORE UPDATE ON catalog_batch"
            f" WHEN old.id = {batch.pk} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
    else:
        db.changed(
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{says}'; END $$;"
            "CREATE TRIGGER poison BEFORE UPDATE ON catalog_batch FOR EACH ROW"
            f" WHEN (old.id = {batch.pk}) EXECUTE FUNCTION poison()"
        )
    try:
        yield
    finally:
        is_lite = connection.vendor == "sqlite"
        db.changed("DROP TRIGGER poison" + ("" if is_lite else " ON catalog_batch"))
        if not is_lite:
            db.changed("DROP FUNCTION poison()")


def test_one_of_forty_is_poisoned_and_the_others_close(
    transactional_db: None, caplog: pytest.LogCaptureFixture
) -> None:
    compounds = [factories.make_compound()]
    batches = [  # none opens a next day
        factories.make_batch(
            factories.make_group_buy(compounds=compounds, ended_at=NOON)
        )
        for _ in range(40)
    ]
    bad = batches[17]
    with poisoned(bad):
        report = tick(now=DUE)

    assert (report.done["close"], report.failed) == (39, [])
    assert set(closed()) == {batch.pk for batch in batches} - {bad.pk}
    alarms = [r for r in caplog.records if "could not be closed" in r.message]
    assert [alarm.getMessage().split()[1] for alarm in alarms] == [str(bad.pk)]
    assert left_due(now=DUE) == ["close 1"]
    assert tick(now=DUE).done["close"] == 1, "healed, it follows"
    late = DUE + timedelta(minutes=6)
    assert {found.rule for found in verify(now=late).broken} <= {"heartbeat_is_fresh"}
