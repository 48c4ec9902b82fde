"""A small place to order in: one compound with a roster, one open batch with A and B."""

from dataclasses import dataclass

import pytest

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound
from orders.models import HomeUse, Wish
from tests import factories


@dataclass
class Scene:
    compound: Compound
    batch: Batch

    def stock(self, code: str) -> Stock:
        return Stock.objects.get(batch=self.batch, code=code)

    def wish(self, room: str = "502", building: str = "3", **items: int) -> Wish:
        wanted = {self.stock(code).pk: n for code, n in (items or {"A": 1}).items()}
        return Wish(
            compound_id=self.compound.pk,
            building=building,
            room=room,
            items=wanted,
            name="魏阿姨",
            phone="13800000000",
        )

    def used(self, code: str, room: str = "502", building: str = "3") -> int:
        use = HomeUse.objects.filter(
            stock=self.stock(code), home_key=f"{self.compound.pk}/{building}//{room}"
        ).first()
        return use.quantity if use else 0


@pytest.fixture
def scene(db: None) -> Scene:
    rooms = ["501", "502", "601", "602"]
    compound = factories.make_compound(
        name="品质苑", buildings={"3": rooms, "12": rooms, "6甲": ["101"]}
    )
    group_buy = factories.make_group_buy(compounds=[compound])
    factories.make_offer(group_buy, "A", price_cents=10000, household_limit=5)
    factories.make_offer(group_buy, "B", price_cents=6000, household_limit=2)
    return Scene(compound, factories.make_batch(group_buy))
