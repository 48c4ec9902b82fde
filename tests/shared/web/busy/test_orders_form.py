"""An order's form while the database is in trouble: one more tap, and everything still there."""

import itertools
import re
import threading
import time

import pytest
from django.db import OperationalError, connection

from catalog.models import Batch
from orders.models import Order
from tests import factories
from tests.orders.views.phone import Phone
from tests.shared.web.busy.outage import (
    Other,
    in_a_hurry,
    no_room,
    nobody_answers,
    somebody_holds,
    waiting_for_locks,
)
from tests.shared.web.busy.pages import TYPED, busy, row

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_row_that_somebody_holds_costs_one_more_tap_and_nothing_typed(
    phone: Phone, batch: Batch
) -> None:
    sent = phone.fields() | {"step": "place"}
    with in_a_hurry(), somebody_holds(row(batch).pk) as let_go:
        text = busy(phone.tap("place").page)
        assert phone.fields() == sent  # the same key, the same words
        assert "once more" in text
        assert "it stays one order" in text
        assert "魏&lt;b&gt;女士" in text
        let_go()
        assert not Order.objects.exists()
        again = phone.fields()
        first, second = (phone.client.post(phone_page(phone), again) for _ in "12")
    assert first.status_code == second.status_code == 302
    order = Order.objects.get()
    assert (order.name, order.note) == (TYPED["name"], TYPED["note"])
    assert row(batch).reserved == 1


def phone_page(phone: Phone) -> str:
    """Where the page's button sends its form."""
    return re.findall(r'<form[^>]* action="([^"]+)"', phone.text)[-1]


def test_a_database_that_does_not_answer_is_waited_for_with_all_that_was_typed(
    phone: Phone, batch: Batch
) -> None:
    sent = phone.fields() | {"step": "place"}
    with nobody_answers():
        text = busy(phone.tap("place").page)
        assert phone.fields() == sent
        assert "One moment" in text
        busy(phone.tap("place").page)  # impatient: still there
        assert phone.fields() == sent
    assert phone.tap("place").page.status_code == 200
    assert Order.objects.get().total_cents == 12000


@pytest.mark.parametrize("step", ["review", "form"])
def test_every_step_of_the_form_is_kept(phone: Phone, step: str) -> None:
    with nobody_answers():
        busy(phone.tap(step).page)
        assert phone.fields()["step"] == step
        assert phone.fields()["name"] == TYPED["name"]


def test_a_full_disk_refuses_politely_and_can_be_read(
    phone: Phone, batch: Batch
) -> None:
    with no_room():
        if connection.vendor == "sqlite":
            fill_up(batch)
        text = busy(phone.tap("place").page)
        assert "Nothing can be saved just now" in text
        assert int(phone.page["Retry-After"]) >= 60
        link = phone.client.get(f"/g/{batch.group_buy.token}/")
        assert link.status_code == 200
    assert not Order.objects.exclude(name="").exists()


def fill_up(batch: Batch) -> None:
    """SQLite, until not even a shorter order finds space within the pages there are."""
    homes = (f"3-{number}" for number in itertools.count())
    with pytest.raises(OperationalError, match="full"):
        [factories.make_order(batch, home=at, name="", phone="") for at in homes]


@pytest.mark.postgres
def test_a_deadlock_is_tried_again_before_anybody_hears_of_it(
    phone: Phone, batch: Batch
) -> None:
    """The other session holds B and asks for A, which this order holds when it asks for B."""
    a, b = (row(batch, code).pk for code in "AB")
    other = Other()
    other.run(
        "SET deadlock_timeout = '30s'"
    )  # so that the order is the one that gives way
    other.run("BEGIN")
    other.take(b)
    crossing = threading.Thread(target=crosses, args=(other, a))
    with in_a_hurry(lock=20):
        crossing.start()
        answer = phone.tap("place").page
    crossing.join(20)
    assert answer.status_code == 200
    assert deadlocks() == 1
    assert Order.objects.get().lines.count() == 2


def crosses(other: Other, stock_id: int) -> None:
    waiting_for_locks()
    other.take(stock_id)
    other.run("ROLLBACK")
    other.raw.close()


def deadlocks() -> int:
    watch = Other()
    try:
        for _ in range(500):  # counted when the session that had it is at rest
            watch.run("SELECT pg_stat_clear_snapshot()")
            (count,) = watch.run(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            )
            if count:
                return int(count)
            time.sleep(0.01)
    finally:
        watch.raw.close()
    return 0


@pytest.mark.postgres
def test_a_row_that_is_let_go_in_time_costs_nobody_a_tap(
    phone: Phone, batch: Batch
) -> None:
    """Longer than one try waits, shorter than all three."""
    with in_a_hurry(lock=0.5), somebody_holds(row(batch).pk) as let_go:
        soon = threading.Timer(0.8, let_go)
        soon.start()
        answer = phone.tap("place").page
        soon.join()
    assert answer.status_code == 200
    assert Order.objects.get().total_cents == 12000


@pytest.mark.postgres
def test_a_session_that_is_killed_in_the_middle_is_one_order_after_all(
    phone: Phone, batch: Batch
) -> None:
    with in_a_hurry(lock=20), somebody_holds(row(batch).pk):
        killing = threading.Thread(target=kill_who_waits)
        killing.start()
        text = busy(phone.tap("place").page)
        killing.join()
        assert "One moment" in text
        assert "Look first" not in text  # the key makes it safe
    assert not Order.objects.exists()
    assert phone.tap("place").page.status_code == 200
    assert Order.objects.count() == 1


def kill_who_waits() -> None:
    (pid,) = waiting_for_locks()
    killer = Other()
    killer.run(f"SELECT pg_terminate_backend({pid})")
    killer.raw.close()


def test_what_may_be_done_already_is_looked_at_first(phone: Phone) -> None:
    """A form without a submit key: nobody knows whether it arrived."""
    phone.tap("place")
    number = Order.objects.get().number
    mine = f"http://testserver/mine/{number}/?x=1"
    phone.open(f"/mine/{number}/cancel/")
    with nobody_answers():
        sent = {**phone.fields(), "sure": "yes"}
        phone.page = phone.client.post(
            f"/mine/{number}/cancel/", sent, headers={"Referer": mine}
        )
        text = busy(phone.page)
    assert "Please look first" in text
    assert f'href="/mine/{number}/?x=1"' in text
    assert phone.fields() == sent
