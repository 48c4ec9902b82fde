"""Migrating while an older process takes orders (T31): nobody waits, nothing is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from groupbuy.roof.service.prepare import is_migrated, migrate_if_needed
from groupbuy.roof.tick import beat
from groupbuy.roof.verify import verify
from groupbuy.shared import db
from orders.actions import place_order, writing
from orders.models import Order
from tests.factories import NOON
from tests.races.conftest import Rush, rush  # noqa: F401 - pytest finds it by its name

pytestmark = pytest.mark.postgres
NEEDS_THE_WHOLE_TABLE = "0003_chains"  # 0004 drops a column of the orders' table
LATER_COLUMNS = {"pieces"}
INDEXES_TO_GO = (  # of those that 0008 drops: on its way back it does not make them again
    ("orders_order_batch_id_0ab63230", "orders_order", "batch_id"),
    ("orders_homeuse_stock_id_0300157c", "orders_homeuse", "stock_id"),
)
SOMEBODY_WAITS = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
LONG = 3.0  # seconds that somebody's long transaction lasts


@contextmanager
def as_of(name: str) -> Iterator[None]:
    """The database as an older release left it; whole again whatever happens."""
    call_command("migrate", "orders", name, verbosity=0)
    try:
        yield
    finally:
        call_command("migrate", verbosity=0)


@contextmanager
def meanwhile(act: Callable[[threading.Event], None]) -> Iterator[None]:
    done = threading.Event()

    def run() -> None:
        try:
            act(done)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(60)


@pytest.fixture
def older_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders are written as it wrote them: without the columns that are still to come."""

    def as_it_was(*args: Any) -> dict[str, Any]:
        row = writing.order_row(*args)
        return {name: value for name, value in row.items() if name not in LATER_COLUMNS}

    monkeypatch.setattr(place_order, "order_row", as_it_was)


@pytest.mark.usefixtures("older_release")
def test_orders_flow_while_the_newest_migrations_run(rush: Rush) -> None:  # noqa: F811
    seen: list[str] = []
    faults: list[BaseException] = []

    def order(done: threading.Event) -> None:
        for home in range(60):
            if done.is_set():
                return
            try:
                seen.append(rush.place(home).order.number)
            except Exception as fault:  # noqa: BLE001 - whatever it was, it is a loss
                faults.append(fault)

    with as_of("0004_same_home_is_asked_not_kept"):
        assert not is_migrated()
        with meanwhile(order):
            while not seen and not faults:
                time.sleep(0.01)
            assert migrate_if_needed()
            after = len(seen)
            while len(seen) < min(after + 3, 60) and not faults:
                time.sleep(0.01)

    beat("test")
    assert faults == []
    assert set(Order.objects.values_list("number", flat=True)) == set(seen)
    assert verify(now=NOON).broken == []


def longest_wait(migrate: Callable[[], object]) -> float:
    """Seconds that a reader waited, while a long transaction and a migration met."""
    waits = [0.0]

    def hold(done: threading.Event) -> None:
        with transaction.atomic():
            db.rows("SELECT 1 FROM orders_order LIMIT 1")
            holds.set()
            time.sleep(LONG)

    def read(done: threading.Event) -> None:
        while not done.is_set():
            started = time.monotonic()
            db.rows("SELECT 1 FROM orders_order LIMIT 1")
            waits.append(time.monotonic() - started)
            time.sleep(0.02)

    holds = threading.Event()
    with meanwhile(hold):
        holds.wait(10)
        with meanwhile(read):
            migrate()
    return max(waits)


def test_a_migration_that_waits_for_one_table_keeps_nobody_from_another(
    transactional_db: None,
) -> None:
    """Somebody reads the homes' use for long, whose index goes after one of the orders'."""
    waits: list[float] = []
    holds = threading.Event()

    def read(done: threading.Event) -> None:
        with transaction.atomic():
            db.rows("SELECT 1 FROM orders_homeuse LIMIT 1")
            holds.set()
            while not db.rows(SOMEBODY_WAITS, ["orders_homeuse"]) and not done.is_set():
                time.sleep(0.01)
            started = time.monotonic()
            db.rows("SELECT 1 FROM orders_order LIMIT 1")
            waits.append(time.monotonic() - started)

    with as_of("0007_quarters_are_few"):
        for name, table, column in INDEXES_TO_GO:
            db.changed(f"CREATE INDEX {name} ON {table} ({column})")
        with meanwhile(read):
            assert holds.wait(10)
            assert migrate_if_needed()
        assert is_migrated()
    assert waits[0] < 0.5


def test_a_migration_that_needs_a_whole_table_makes_nobody_wait_long(
    transactional_db: None,
) -> None:
    with as_of(NEEDS_THE_WHOLE_TABLE):
        assert longest_wait(migrate_if_needed) < LONG - 1
        assert is_migrated()


def test_the_control_a_plain_migration_makes_everybody_wait(
    transactional_db: None,
) -> None:
    with as_of(NEEDS_THE_WHOLE_TABLE):
        waited = longest_wait(lambda: call_command("migrate", verbosity=0))
    assert waited > LONG - 1
