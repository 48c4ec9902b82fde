"""The clockwork: what is due is found in the database, however late, and by whatever hand."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from celery import Task, current_app
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.actions import open_batch as opening
from catalog.models import Batch, Stock
from delivery.models import Handoff, Paperwork, PickupList, Sheet
from groupbuy.community.models import Heartbeat
from groupbuy.roof.service import programs
from groupbuy.roof.service.processes import Child
from groupbuy.roof.tasks import render as render_task
from groupbuy.roof.tasks import tick as tick_task
from groupbuy.roof.tasks import verify as verify_task
from groupbuy.roof.tick import left_due, tick, tick_days, tick_sheets
from groupbuy.roof.verify import verify
from orders.actions import close_batch
from tests import factories
from tests.factories import DAY, NOON
from tests.races.together import together


def wait_until(check: Callable[[], object], within: float = 30) -> None:
    patience = time.monotonic() + within
    while not check() and time.monotonic() < patience:
        time.sleep(0.2)
    assert check()


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


def test_a_day_closes_while_another_ones_sheets_are_still_waiting(db: None) -> None:
    """However long rendering takes: the task that closes never does it."""
    batch = ordered_batch()
    with time_machine.travel(CUTOFF, tick=False):
        tick_task.run()
    built = Paperwork.objects.get(batch=batch)
    waiting = left_due(now=CUTOFF)
    with time_machine.travel(CUTOFF, tick=False):
        render_task.run()

    assert built.rendered_at is None
    assert waiting == ["render 1"]
    assert left_due(now=CUTOFF) == []
    assert Sheet.objects.filter(batch=batch).exists()


def test_what_may_take_long_never_waits_in_the_ticks_queue() -> None:
    def queue_of(task: Task) -> str:
        route = current_app.amqp.router.route({}, task.name)
        return str(route["queue"].name)

    def queue_of_child(child: Child) -> str:
        command = list(child.command)
        return command[command.index("--queues") + 1]

    children = {c.name: c for c in programs.site("127.0.0.1", 1, "http://x")}
    beat = current_app.conf.beat_schedule.values()

    every = {tick_task.name, render_task.name, verify_task.name}
    assert {row["task"] for row in beat} == every
    assert queue_of(tick_task) == queue_of_child(children["worker"])
    assert queue_of(render_task) == queue_of_child(children["renderer"])
    assert queue_of(verify_task) == queue_of(render_task)
    assert queue_of(tick_task) != queue_of(render_task)


def test_two_renderers_and_the_foreground_make_each_sheet_once(
    transactional_db: None,
) -> None:
    batch = ordered_batch()
    tick_days(now=CUTOFF)

    outcome = together(3, lambda n: (tick if n == 0 else tick_sheets)(now=CUTOFF))

    assert outcome.faults == []
    made = Sheet.objects.filter(batch=batch).values_list("kind", "compound", "supplier")
    assert len(made) == len(set(made)) == Paperwork.objects.get().sheets_total
    assert tick_sheets(now=CUTOFF).summary == "nothing due"


def test_a_real_worker_runs_the_tick(
    transactional_db: None, celery_worker_process: object
) -> None:
    batch = ordered_batch(delivery_on=timezone.localdate())  # its clock is the real one
    tick_task.delay()
    wait_until(lambda: Batch.objects.get(pk=batch.pk).closed_at)
    wait_until(lambda: Paperwork.objects.filter(batch=batch).exists())
    assert not Sheet.objects.exists()
    render_task.delay()
    wait_until(lambda: Paperwork.objects.get(batch=batch).rendered_at)
    assert Sheet.objects.filter(batch=batch).exists()
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.CLOSED
    assert not Stock.objects.filter(batch=batch, is_open=True).exists()
    assert close_batch.GRACE.total_seconds() == 5
