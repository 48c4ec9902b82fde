"""Books that do not add up are told to staff, with whom to call; to a watcher, one word."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Batch, Stock
from groupbuy.community.models import Heartbeat
from groupbuy.roof.tasks import verify as verify_task
from groupbuy.roof.tick import beat
from tests import factories
from tests.factories import DAY, NOON

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=90_000)


@pytest.fixture
def batch() -> Batch:
    far = {"until_link": NOON + YEARS, "until_heads": NOON + YEARS}
    batch = factories.make_batch(delivery_on=DAY + YEARS, **far)
    factories.make_order(batch)
    beat("nothing due")
    return batch


@pytest.fixture
def desk(batch: Batch, client: Client) -> Client:
    client.force_login(factories.make_town_staff(batch.group_buy.town))
    return client


def state(desk: Client) -> str:
    return desk.get(reverse("site-state") + "?lang=en").text.strip()


def health(desk: Client) -> str:
    answer = desk.get("/healthz")
    assert answer.status_code == 200
    return answer.text


def oversold(batch: Batch) -> Stock:
    row = batch.stock.get(code="A")
    Stock.objects.filter(pk=row.pk).update(reserved=7)
    return row


def test_good_books_say_nothing(desk: Client) -> None:
    assert health(desk) == "ok\nbooks unchecked\n"
    verify_task.run()

    assert state(desk) == ""
    assert health(desk) == "ok\nbooks good\n"


def test_a_broken_rule_is_told_with_whom_to_call_and_nothing_of_the_rows(
    desk: Client, batch: Batch, settings: object
) -> None:
    settings.OPERATOR_CONTACT = "老陈 021-64120001"  # type: ignore[attr-defined]
    row = oversold(batch)
    verify_task.run()

    told = state(desk)
    assert "do not add up" in told
    assert "stock_matches_orders 1" in told
    assert "老陈 021-64120001" in told
    assert row.title not in told
    assert health(desk) == "ok\nbooks broken\n"
    Stock.objects.filter(pk=row.pk).update(reserved=1)
    verify_task.run()
    assert state(desk) == ""


def test_a_clockwork_that_stands_still_is_told_in_words_and_without_a_check(
    desk: Client,
) -> None:
    verify_task.run()
    tick = Heartbeat.objects.filter(name="tick")
    tick.update(at=timezone.now() - timedelta(minutes=2, seconds=50))
    assert state(desk) == ""
    tick.update(at=timezone.now() - timedelta(minutes=3, seconds=1))

    assert "The clockwork stands still" in state(desk)
    assert health(desk) == "ok\nbooks broken\n"
    verify_task.run()
    assert "heartbeat_is_fresh" not in state(desk)
    beat("nothing due")
    assert state(desk) == "", "not only after the next check"
    assert health(desk) == "ok\nbooks good\n"


def test_a_clockwork_that_never_ticked_is_told_by_the_check(desk: Client) -> None:
    Heartbeat.objects.all().delete()
    verify_task.run()

    assert "The clockwork stands still" in state(desk)
    assert health(desk) == "ok\nbooks broken\n"


def test_checks_that_do_not_come_are_missed(desk: Client) -> None:
    verify_task.run()
    Heartbeat.objects.filter(name="verify").update(
        at=timezone.now() - timedelta(minutes=31)
    )

    assert "have not been checked since" in state(desk)
    assert health(desk) == "ok\nbooks unchecked\n"


@pytest.mark.parametrize(
    ("step", "apart"),
    [(timedelta(seconds=90), True), (-timedelta(hours=1), True), (timedelta(), False)],
)
def test_a_clock_that_differs_from_the_databases_is_told(
    desk: Client, step: timedelta, apart: bool
) -> None:
    here: datetime = timezone.now() + step
    with time_machine.travel(here):
        assert ("off the database" in state(desk)) is apart


def test_only_town_staff_is_asked_to_call(batch: Batch, client: Client) -> None:
    oversold(batch)
    verify_task.run()
    committee = batch.group_buy.places.get().compound.committee
    client.force_login(factories.make_committee_staff(committee))

    assert client.get(reverse("site-state")).status_code == 404
    assert reverse("site-state") not in client.get(reverse("batches")).text


@pytest.mark.parametrize("page", ["today", "batches"])
def test_the_days_pages_ask_by_themselves(desk: Client, page: str) -> None:
    assert f'hx-get="{reverse("site-state")}"' in desk.get(reverse(page)).text
