"""The clockwork: what is due is found in the database, however late, and by whatever hand."""

import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.actions import open_batch as opening
from catalog.models import Batch, Stock
from delivery.models import Handoff, Paperwork, PickupList, Sheet
from groupbuy.community.models import Heartbeat
from groupbuy.roof.tasks import tick as tick_task
from groupbuy.roof.tick import tick
from groupbuy.roof.verify import verify
from orders.actions import close_batch
from tests import factories
from tests.factories import DAY, NOON
from tests.races.together import together

CUTOFF = NOON + timedelta(hours=6, seconds=5)


def ordered_batch(**fields: object) -> Batch:
    batch = factories.make_batch(**fields)
    factories.make_order(batch)
    return batch


def test_one_pass_does_the_whole_day(db: None) -> None:
    batch = ordered_batch()
    report = tick(now=CUTOFF)

    batch.refresh_from_db()
    assert report.failed == []
    assert batch.state == Batch.State.CLOSED
    assert Paperwork.objects.get(batch=batch).rendered_at is not None
    assert Sheet.objects.filter(batch=batch).exists()
    after = Batch.objects.get(state=Batch.State.OPEN)
    assert after.delivery_on == DAY + timedelta(days=2)
    assert {row.code for row in after.stock.all()} == {"A", "B"}
    assert tick(now=CUTOFF).summary == "nothing due"


def test_after_three_days_of_silence_everything_due_closes_in_one_pass(
    db: None,
) -> None:
    batches = [ordered_batch() for _ in range(5)]
    tick(now=CUTOFF + timedelta(days=3))
    states = Batch.objects.filter(pk__in=[b.pk for b in batches]).values_list("state")
    assert set(states) == {("closed",)}
    assert set(PickupList.objects.values_list("batch_id", flat=True)) == {
        b.pk for b in batches
    }


def test_a_poisoned_batch_stops_no_other(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = ordered_batch(), ordered_batch()
    bad.orders.get().compound.gates.all().delete()  # its goods have nowhere to go
    tick(now=CUTOFF)

    assert Paperwork.objects.filter(batch=good).exists()
    assert not Paperwork.objects.filter(batch=bad).exists()
    assert f"batch {bad.pk}" in caplog.text
    late = timezone.now() + timedelta(minutes=6)
    assert "lists_are_built" in {f.rule for f in verify(now=late).broken}


def test_a_step_that_fails_leaves_the_others_running(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**kwargs: object) -> list[int]:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr("groupbuy.roof.tick.open_due", broken)
    batch = ordered_batch()
    report = tick(now=CUTOFF)
    assert report.failed == ["open"]
    assert PickupList.objects.filter(batch=batch).exists()
    assert "open FAILED" in Heartbeat.objects.get(name="tick").note


def test_a_failing_group_buy_does_not_keep_others_shut(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        group_buy = factories.make_group_buy(compounds=[factories.make_compound()])
        factories.make_offer(group_buy, "A")
    honest = opening._copy_offers

    def first_breaks(batch: Batch) -> None:
        if batch.group_buy_id != group_buy.pk:
            raise RuntimeError("broken data")
        honest(batch)

    monkeypatch.setattr(opening, "_copy_offers", first_breaks)
    assert len(opening.open_due(now=NOON)) == 1
    assert Batch.objects.get().group_buy_id == group_buy.pk


def test_suppliers_without_valid_papers_stay_out_of_the_new_day(db: None) -> None:
    group_buy = factories.make_group_buy(compounds=[factories.make_compound()])
    good = factories.make_offer(group_buy, "A")
    lapsed, suspended = (factories.make_offer(group_buy, code) for code in "BC")
    lapsed.package.supplier.papers.update(expires_on=DAY)  # the day before delivery
    suspended.package.supplier.suspended_at = NOON
    suspended.package.supplier.save()
    batch = opening.open_batch(group_buy, now=NOON)
    assert batch is not None
    assert [row.offer_id for row in batch.stock.all()] == [good.pk]


def test_what_is_open_is_frozen(db: None) -> None:
    group_buy = factories.make_group_buy(compounds=[factories.make_compound()])
    offer = factories.make_offer(group_buy, "A", price_cents=6000)
    batch = opening.open_batch(group_buy, now=NOON)
    assert batch is not None
    offer.price_cents = 9900
    offer.save()
    assert batch.stock.get().price_cents == 6000


def test_close_due_from_a_terminal(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = ordered_batch()
    call_command("close_due", now=CUTOFF.isoformat())
    assert "close 1" in capsys.readouterr().out
    batch.refresh_from_db()
    assert batch.closed_at == CUTOFF


def test_close_due_says_what_it_could_not_do(db: None) -> None:
    batch = ordered_batch()
    batch.orders.get().compound.gates.all().delete()
    with pytest.raises(CommandError, match="still due: build 1"):
        call_command("close_due", now=CUTOFF.isoformat())


def test_four_clockworks_at_once_make_one_closing(transactional_db: None) -> None:
    batch = ordered_batch()
    outcome = together(4, lambda _: tick(now=CUTOFF))
    assert outcome.faults == []
    assert sum(report.done.get("close", 0) for report in outcome.results) == 1
    assert PickupList.objects.filter(batch=batch).count() == 1
    assert Handoff.objects.filter(batch=batch).count() == 1
    assert Batch.objects.filter(state=Batch.State.OPEN).count() == 1
    assert verify(now=CUTOFF).broken == []


def test_a_real_worker_runs_the_tick(
    transactional_db: None, celery_worker_process: object
) -> None:
    batch = ordered_batch()
    tick_task.delay()
    patience = time.monotonic() + 30
    while (
        time.monotonic() < patience and Batch.objects.get(pk=batch.pk).closed_at is None
    ):
        time.sleep(0.2)
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.CLOSED
    assert not Stock.objects.filter(batch=batch, is_open=True).exists()
    assert close_batch.GRACE.total_seconds() == 5
