"""A day at noon that every session sees, a phone about to order, somebody of the town's staff."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch
from orders.views.link import PAGES
from tests import factories
from tests.orders.views.phone import Phone
from tests.shared.web.busy.pages import TYPED


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
