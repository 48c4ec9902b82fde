"""A day at Pinzhiyuan: everything here happens on 2022-04-11 at noon in Shanghai."""

from collections.abc import Iterator

import pytest
import time_machine

from catalog.models import Batch
from groupbuy.community.models import Compound
from orders.views.link import PAGES
from tests.factories import (
    NOON,
    make_batch,
    make_committee,
    make_compound,
    make_group_buy,
)
from tests.orders.views.phone import Phone


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[time_machine.Traveller]:
    """The clock stands still; no look page is left over from another test."""
    PAGES.clear()
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    PAGES.clear()


@pytest.fixture
def pinzhiyuan(db: None) -> Compound:
    committee = make_committee(name="品质苑居委会", phone="021-64091111")
    rooms = ["101", "102", "501", "502", "1701"]
    return make_compound(committee, "品质苑", buildings={"3": rooms, "12": rooms})


@pytest.fixture
def batch(pinzhiyuan: Compound) -> Batch:
    """Packages A and B, 60 yuan each, open until 17:00; heads until 18:00."""
    return make_batch(make_group_buy(compounds=[pinzhiyuan], title="古藤马桥"))


@pytest.fixture
def phone(batch: Batch) -> Phone:
    return Phone(batch)
