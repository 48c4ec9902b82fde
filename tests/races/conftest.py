"""One compound of 60 homes and one open batch, visible to every thread."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from catalog.models import Batch, Stock
from groupbuy.community.models import RESIDENT, Compound
from orders.actions.place_order import Placed, place_order
from orders.models import Wish
from tests import factories
from tests.factories import NOON


@dataclass
class Rush:
    compound: Compound
    batch: Batch
    stock: dict[str, int]

    def quota(self, code: str, quota: int, **fields: int) -> None:
        Stock.objects.filter(pk=self.stock[code]).update(quota=quota, **fields)

    def row(self, code: str) -> Stock:
        return Stock.objects.get(pk=self.stock[code])

    def wish(self, home: int = 0, **items: int) -> Wish:
        wanted = {self.stock[code]: n for code, n in (items or {"A": 1}).items()}
        room = str(101 + home)
        return Wish(self.compound.pk, "3", room, wanted, phone="13800000000")

    def place(
        self, home: int = 0, key: str = "", now: datetime = NOON, **items: int
    ) -> Placed:
        return place_order(
            Batch.objects.select_related("group_buy").get(pk=self.batch.pk),
            wish=self.wish(home, **items),
            submit_key=key or f"key-{home}",
            by=RESIDENT,
            now=now,
        )


@pytest.fixture
def rush(transactional_db: None) -> Rush:
    compound = factories.make_compound(
        buildings={"3": [str(101 + n) for n in range(60)]}
    )
    group_buy = factories.make_group_buy(compounds=[compound])
    for code in "ABCDE":
        factories.make_offer(group_buy, code, household_limit=5)
    batch = factories.make_batch(group_buy, "ABCDE")
    return Rush(compound, batch, {row.code: row.pk for row in batch.stock.all()})
