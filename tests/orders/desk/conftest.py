"""One town at noon: a batch for tomorrow, its staff signed in, an order of 3-502."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound, Town, User
from orders.models import Order
from tests import factories as make


@dataclass
class Day:
    town: Town
    compound: Compound
    batch: Batch
    order: Order
    person: User
    client: Client

    def stock(self, code: str = "A") -> Stock:
        return self.batch.stock.get(code=code)


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """The clock stands at noon of the order day; tests move it."""
    with time_machine.travel(make.NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        client.cookies["lang"] = "en"
        return client

    return signed_in


@pytest.fixture
def day(
    db: None, noon: time_machine.Traveller, sign_in: Callable[[User], Client]
) -> Day:
    town = make.make_town()
    compound = make.make_compound(town=town, name="品质苑", initials="pzy")
    batch = make.make_batch(make.make_group_buy(town, [compound]))
    order = make.make_order(batch, compound, "3-502", items={"A": 2})
    person = make.make_town_staff(town, first_name="张三")
    return Day(town, compound, batch, order, person, sign_in(person))
