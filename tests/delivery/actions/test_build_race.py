"""Two at once: builders make one set of lists, printing and correcting never both win."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from catalog.models import Batch
from delivery.actions.after_close import void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_sheet
from delivery.models import Difference, Handoff, Paperwork, PickupList
from groupbuy.shared.errors import Refused
from orders.models import Order
from tests.delivery.days import LATER, built_day, closed_day
from tests.delivery.paper import in_balance

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*acts: Callable[[], object]) -> list[Exception | None]:
    """Start all acts at the same moment, each in a thread of its own; what each raised."""
    start, raised = Barrier(len(acts)), [None] * len(acts)

    def run(n: int) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            acts[n]()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_builders_at_once_make_one():
    day = closed_day()

    def build() -> None:
        build_lists(Batch.objects.get(pk=day.batch.pk), now=LATER)

    assert together(build, build, build, build) == [None] * 4

    assert Paperwork.objects.count() == PickupList.objects.count() == 1
    assert Handoff.objects.count() == 2
    assert in_balance(day.batch)


def test_a_list_is_printed_or_replaced_never_both():
    for _ in range(5):
        day = built_day()
        old = day.pickup_list

        def press(old=old, day=day) -> None:
            print_sheet(PickupList.objects.get(pk=old.pk), by=day.town_staff, now=LATER)

        def void(day=day) -> None:
            order = Order.objects.get(pk=day.order.pk)
            void_after_close(order, reason="冒名", by=day.town_staff, now=LATER)

        refused, broken = together(press, void)

        old.refresh_from_db()
        assert broken is None
        assert (old.printed_at is None) == (old.void_at is not None)
        assert isinstance(refused, Refused) == (old.void_at is not None)
        assert Difference.objects.filter(batch=day.batch).exists() == (refused is None)
        assert in_balance(day.batch)
