"""A broker that hangs, dies or forgets: nobody who looks, orders or closes notices. (Rows 28 to 30.)

Real faults of a broker of its own; the control shows that whoever spoke to it would feel them.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from catalog.models import Batch
from delivery.models import PickupLine
from groupbuy.celery import app
from groupbuy.roof.tasks import tick
from orders.models import Order
from tests import factories
from tests.orders.views.phone import Phone
from tests.services import broker

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = (
    3.0  # seconds for a form of three steps; one word with a broker that hangs takes 10
)
ADDRESSES = ("broker_url", "broker_read_url", "broker_write_url")


class Broker:
    """The site's broker for one test."""

    def __init__(self, folder: Path) -> None:
        self.process, self.url = broker.start(folder)

    def hang(self) -> None:
        os.kill(self.process.pid, signal.SIGSTOP)

    def die(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def forget(self) -> None:
        with broker.client(self.url) as server:
            server.flushall()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


@pytest.fixture
def own_broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    own = Broker(tmp_path)
    for name in ADDRESSES:
        monkeypatch.setitem(app.conf, name, own.url)
    yield own
    own.end()


@pytest.fixture
def batch() -> Batch:
    compound = factories.make_compound(buildings={"3": ["501", "502"]})
    return factories.make_batch(factories.make_group_buy(compounds=[compound]))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds


def felt_by_who_speaks_to_it() -> bool:
    """Whether sending a task fails, or is not over after two seconds."""
    sent = threading.Event()

    def send() -> None:
        with app.connection_for_write() as connection:
            connection.transport_options = {"socket_timeout": 3}
            tick.apply_async(connection=connection, retry=False)
            sent.set()

    def send_or_fail() -> None:
        try:
            send()
        except Exception:  # noqa: BLE001 - that it fails is all there is to know
            return

    speaking = threading.Thread(target=send_or_fail, daemon=True)
    speaking.start()
    return not sent.wait(2)


def test_the_control_a_broker_that_is_well_takes_a_word(own_broker: Broker) -> None:
    assert not felt_by_who_speaks_to_it()


@pytest.mark.parametrize("harm", [Broker.hang, Broker.die])
def test_without_a_broker_the_day_is_ordered_closed_and_listed(
    own_broker: Broker, batch: Batch, harm: Callable[[Broker], None]
) -> None:
    harm(own_broker)
    assert felt_by_who_speaks_to_it()
    town = Client()
    with time_machine.travel(factories.NOON):
        with within(BUDGET):
            phone = Phone(batch).order("A")
        assert phone.page.status_code == 200
    order = Order.objects.get()
    with time_machine.travel(batch.until_last + factories.timedelta(minutes=1)):
        town.force_login(factories.make_town_staff(batch.group_buy.town))
        with within(30):  # the button of the staff's makes the sheets, too
            town.post(reverse("close-due"))
    batch.refresh_from_db()
    assert batch.state == Batch.State.CLOSED
    assert PickupLine.objects.filter(order_line__order=order).exists()


def test_a_broker_that_forgot_everything_shuts_nobody_out(
    own_broker: Broker, batch: Batch
) -> None:
    """Orders open by their token, staff stay signed in, and the day's work is found again."""
    town = Client()
    with time_machine.travel(factories.NOON) as clock:
        phone = Phone(batch).order("A")
        town.force_login(factories.make_town_staff(batch.group_buy.town))
        own_broker.forget()
        number = Order.objects.get().number
        assert phone.open(f"/mine/{number}/").page.status_code == 200
        assert town.get(reverse("today")).status_code == 200
        clock.move_to(batch.until_last + factories.timedelta(minutes=1))
        tick.run()
    batch.refresh_from_db()
    assert batch.state == Batch.State.CLOSED
