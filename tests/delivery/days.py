"""Closed days for stories: two gates, two suppliers, homes behind either gate."""

from dataclasses import dataclass
from datetime import timedelta

from catalog.models import Batch
from delivery.actions.build_lists import build_lists
from delivery.models import Holder, holder
from groupbuy.community.models import Actor, Committee, Compound, Town, staff
from orders.models import Order
from tests import factories as make

LATER = make.NOON + timedelta(hours=7)  # 19:00: closed and built
NEXT_DAY = make.NOON + timedelta(hours=26)  # 14:00: the goods are here


@dataclass
class Day:
    """品质苑. 3-502 (A×2, B×1) is behind the north gate, 12-201 (A×1) behind the main one."""

    town: Town
    committee: Committee
    compound: Compound
    batch: Batch
    order: Order
    other: Order
    town_staff: Actor
    committee_staff: Actor

    @property
    def volunteer(self) -> Holder:
        """Whoever holds the compound's live link."""
        return holder(self.batch.links.get(kind="volunteer", revoked_at__isnull=True))

    def supplier(self, name: str) -> Holder:
        links = self.batch.links.filter(kind="supplier", revoked_at__isnull=True)
        return holder(links.get(supplier__name=name))

    @property
    def pickup_list(self):
        return self.batch.pickup_lists.get(compound=self.compound, void_at__isnull=True)


def closed_day() -> Day:
    """Closed, with nothing built yet."""
    town = make.make_town()
    committee = make.make_committee(town)
    compound = make.make_compound(committee, "品质苑")
    north = make.make_gate(compound, "北门")
    make.make_building(compound, "12", ["201", "202"])
    make.make_building(compound, "3", ["502"], gate=north)
    buy = make.make_group_buy(town, [compound])
    make.make_offer(buy, "A", make.make_supplier(town, "永辉"))
    make.make_offer(buy, "B", make.make_supplier(town, "光明"))
    batch = make.make_batch(buy, codes="AB")
    order = make.make_order(batch, compound, "3-502", items={"A": 2, "B": 1})
    other = make.make_order(batch, compound, "12-201", items={"A": 1})
    make.close(batch)
    return Day(
        town,
        committee,
        compound,
        batch,
        order,
        other,
        staff(make.make_town_staff(town)),
        staff(make.make_committee_staff(committee)),
    )


def built_day() -> Day:
    """Closed and built, not printed."""
    day = closed_day()
    build_lists(day.batch, now=LATER)
    return day
