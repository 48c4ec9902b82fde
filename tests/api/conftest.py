"""A town's day behind the API: 品质苑 with a roster, an open batch with A and B, a client."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch, Stock
from delivery.actions.build_lists import build_lists
from delivery.models import PickupList, SupplyOrder
from groupbuy.community.models import AccessKey, Compound, Town
from groupbuy.shared import tokens
from groupbuy.shared.api.kept import SHELF
from tests import factories
from tests.factories import NOON

ROOMS = ["501", "502", "601", "602"]
CANARY_PHONE = "13912345678"
CANARY_NAME = "尉迟女士"


@dataclass
class Api:
    """One day and a program that speaks to it, without cookies."""

    batch: Batch
    compound: Compound
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def stock(self, code: str) -> Stock:
        return Stock.objects.get(batch=self.batch, code=code)

    def body(self, room: str = "502", **items: int) -> dict[str, Any]:
        wanted = items or {"A": 1}
        return {
            "submit_key": tokens.new_key(),
            "compound": self.compound.pk,
            "building": "3",
            "room": room,
            "items": [
                {"stock": self.stock(code).pk, "quantity": n}
                for code, n in wanted.items()
            ],
            "name": "魏女士",
            "phone": CANARY_PHONE,
        }

    def send(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        headers = {"Authorization": token} if token else {}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            b"" if body is None else sent,
            "application/json",
            headers=headers,
        )

    def place(self, body: dict[str, Any]) -> Any:
        return self.send("POST", f"batches/{self.batch.pk}/orders/", body)

    def placed(self, room: str = "502", **items: int) -> str:
        """The header that opens a new order."""
        reply = self.place(self.body(room, **items))
        assert reply.status_code == 201, reply.content
        return f"Order {reply.json()['token']}"


def make_day(town: Town) -> Api:
    compound = factories.make_compound(
        town=town, name="品质苑", buildings={"3": ROOMS, "6甲": ["101"]}
    )
    group_buy = factories.make_group_buy(compounds=[compound], title="古藤马桥")
    supplier = factories.make_supplier(town)
    factories.make_offer(group_buy, "A", supplier, price_cents=10000, household_limit=5)
    factories.make_offer(group_buy, "B", supplier, price_cents=6000, household_limit=2)
    return Api(factories.make_batch(group_buy), compound)


def make_key(town: Town, scope: str) -> str:
    """The header of a new key to ``town``."""
    token = tokens.new_key()
    AccessKey.objects.create(
        town=town, name=scope, scope=scope, token_hash=tokens.stored(token)
    )
    return f"Key {token}"


@pytest.fixture(autouse=True)
def fresh_answers() -> Iterator[None]:
    """No answer of an earlier story is shown again."""
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def api(db: None, noon: time_machine.Traveller) -> Api:
    return make_day(factories.make_town("马桥镇", slug="maqiao"))


@dataclass
class Papers:
    """A closed and built day, and the keys of its town."""

    api: Api
    lists: str
    supply: str

    @property
    def pickup_list(self) -> PickupList:
        return PickupList.objects.get(batch=self.api.batch)

    @property
    def supply_order(self) -> SupplyOrder:
        return SupplyOrder.objects.get(batch=self.api.batch)


def close_and_build(api: Api) -> None:
    factories.close(api.batch)
    build_lists(api.batch, now=NOON)


@pytest.fixture
def papers(api: Api) -> Papers:
    town = api.batch.group_buy.town
    for home, items in {"3-502": {"A": 1, "B": 2}, "3-601": {"A": 3}}.items():
        factories.make_order(
            api.batch,
            api.compound,
            home,
            items=items,
            phone=CANARY_PHONE,
            name=CANARY_NAME,
            note="打我电话13712345678",
        )
    close_and_build(api)
    scopes = AccessKey.Scope
    return Papers(
        api, make_key(town, scopes.PICKUP_LISTS), make_key(town, scopes.SUPPLY_ORDERS)
    )
