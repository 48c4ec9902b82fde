"""Two builders at once: one waits for the other and takes its result."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from catalog.models import Batch
from delivery.actions.build_lists import build_lists
from delivery.models import Handoff, Paperwork, PickupList
from tests.delivery.days import LATER, closed_day
from tests.delivery.paper import in_balance


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_builders_at_once_make_one():
    day = closed_day()
    start, faults = Barrier(4), []

    def build() -> None:
        try:
            mine = Batch.objects.get(pk=day.batch.pk)
            start.wait()
            build_lists(mine, now=LATER)
        except Exception as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert Paperwork.objects.count() == PickupList.objects.count() == 1
    assert Handoff.objects.count() == 2
    assert in_balance(day.batch)
