"""A database in trouble: people are asked to press once more, and have everything still there."""

import itertools
import re
import threading
import time
from collections.abc import Iterator

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from catalog.models import Batch, Stock
from groupbuy.shared import tokens
from orders.models import Order
from orders.views.link import PAGES
from tests import factories
from tests.orders.views.phone import Phone
from tests.shared.web.outage import (
    Other,
    connected,
    in_a_hurry,
    no_room,
    nobody_answers,
    somebody_holds,
)

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = {"name": "魏<b>女士", "note": "放门口 & 敲门", "phone": "13800138000"}


@pytest.fixture(autouse=True)
def from_noon() -> Iterator[None]:
    PAGES.clear()
    with time_machine.travel(factories.NOON):
        yield
    PAGES.clear()


@pytest.fixture
def batch() -> Batch:
    compound = factories.make_compound(buildings={"3": ["501", "502"]})
    return factories.make_batch(factories.make_group_buy(compounds=[compound]))


@pytest.fixture
def phone(batch: Batch) -> Phone:
    """Its owner looked everything over; what is left is to press "order"."""
    phone = Phone(batch, raise_request_exception=False)
    place = {"building": "3", "room": "502", **TYPED}
    return phone.start("A", "B").tap("review", **place)


@pytest.fixture
def town(batch: Batch) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_town_staff(batch.group_buy.town))
    return client


def row(batch: Batch, code: str = "A") -> Stock:
    return batch.stock.get(code=code)


def busy(answer: object) -> str:
    """The page's text, after a look at what every such page has."""
    assert answer.status_code == 503, answer.content.decode()[:500]
    assert int(answer["Retry-After"]) > 0
    assert answer["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert 'lang="zh-hans"' in text
    assert 'lang="en"' in text
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text)
    return text


# An order's form


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
    waiting_for_a_lock()
    other.take(stock_id)
    other.run("ROLLBACK")
    other.raw.close()


def waiting_for_a_lock() -> int:
    """The process id of the session that waits; PostgreSQL only."""
    watch = Other()
    try:
        for _ in range(1000):
            found = watch.run(
                "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                " AND datname = current_database()"
            )
            if found:
                return int(found[0])
            time.sleep(0.01)
    finally:
        watch.raw.close()
    raise AssertionError("nobody waits")


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
    pid = waiting_for_a_lock()
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


# Looking, staff, machines


@pytest.mark.parametrize("page", ["/mine/123456789/", "/healthz", "/nothing/here/"])
def test_a_page_that_cannot_be_read_offers_itself_again(page: str) -> None:
    client = Client(raise_request_exception=False)
    with nobody_answers():
        answer = client.get(f"{page}?lang=en&size=30")
        if answer.status_code == 404:
            return  # needs no database at all
        text = busy(answer)
    assert f'href="{page}?lang=en&amp;size=30"' in text
    assert "<form" not in text


def test_staff_hear_it_before_anybody_knows_who_they_are(
    town: Client, batch: Batch
) -> None:
    """The session's own look-up fails, outside of any view."""
    page = reverse("row-quota", args=[row(batch).pk])
    with nobody_answers():
        text = busy(town.get(reverse("today")))
        assert "Open the page again" in text
        text = busy(town.post(page, {"more": "10"}))
        assert "Please look first" in text
        assert 'name="more" value="10"' in text
        part = town.post(page, {"more": "10"}, headers={"HX-Request": "true"})
        assert part["HX-Retarget"] == part["HX-Reselect"] == "#content"
        assert 'id="content"' in busy(part)
        fetched = town.get(reverse("site-state"), headers={"HX-Request": "true"})
        assert (fetched.status_code, fetched["HX-Reswap"]) == (503, "none")
    assert town.post(page, {"more": "10"}).status_code in {200, 302}


def test_a_row_that_is_held_costs_staff_one_more_tap(
    town: Client, batch: Batch
) -> None:
    page = reverse("row-quota", args=[row(batch).pk])
    before = row(batch).quota
    with in_a_hurry(), somebody_holds(row(batch).pk):
        text = busy(town.post(page, {"more": "10"}))
    assert 'name="more" value="10"' in text
    assert "look first" not in text  # it was rolled back, so it is safe
    assert row(batch).quota == before


def test_a_password_is_never_sent_back() -> None:
    client = Client(raise_request_exception=False)
    with nobody_answers():
        told = {"username": "zhang", "password": "correct horse"}
        text = busy(client.post(reverse("sign-in"), told))
    assert "correct horse" not in text
    assert "<form" not in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_machine_is_told_to_wait_in_its_own_shape(
    batch: Batch, language: str
) -> None:
    client = Client(raise_request_exception=False)
    place = f"/api/v1/batches/{batch.pk}/orders/?lang={language}"
    body = {
        "compound": batch.group_buy.places.get().compound_id,
        "building": "3",
        "room": "502",
        "phone": TYPED["phone"],
        "items": [{"stock": row(batch).pk, "quantity": 1}],
        "submit_key": tokens.new_key(),
    }
    with in_a_hurry(), somebody_holds(row(batch).pk):
        answer = client.post(place, body, content_type="application/json")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert set(answer.json()) == {"code", "detail", "field"}
    assert answer.json()["code"] == "busy"
    answer = client.post(place, body, content_type="application/json")
    assert answer.status_code == 201


def test_a_fault_of_ours_is_still_a_fault(phone: Phone) -> None:
    with connected(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_orderline RENAME TO orders_gone")
        try:
            answer = phone.tap("place").page
        finally:
            cursor.execute("ALTER TABLE orders_gone RENAME TO orders_orderline")
    assert answer.status_code == 500
    assert "Retry-After" not in answer
