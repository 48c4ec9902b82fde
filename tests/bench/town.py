"""A town of 300 compounds, each home and each package of it invented; written set-wise."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from catalog.models import Batch, Package, Supplier
from groupbuy.community.models import Compound, Town
from groupbuy.shared import db
from groupbuy.shared.text import sort_key
from tests import factories

ROOMS = [f"{floor}{door:02d}" for floor in range(1, 18) for door in (1, 2)]  # 34
BUILDINGS = [str(n) for n in range(1, 11)]
SUPPLIERS = 7

BUILDING_ROWS = """
INSERT INTO community_building (compound_id, gate_id, name, sort)
SELECT c.id, g.id, b.name, b.sort
FROM community_compound c JOIN community_gate g ON g.compound_id = c.id
CROSS JOIN unnest(%s, %s) AS b (name, sort)
"""
HOUSEHOLD_ROWS = """
INSERT INTO community_household (building_id, unit, room, sort, bring_to_door, on_call_list)
SELECT b.id, '', r.room, r.sort, false, false
FROM community_building b CROSS JOIN unnest(%s, %s) AS r (room, sort)
"""


@dataclass
class World:
    """The town, its compounds, its packages, and one open batch for each ``sale``."""

    town: Town
    compounds: list[Compound]
    packages: list[Package]
    batches: list[Batch] = field(default_factory=list)

    def sale(self, offers: int, *, quota: int = 10_000_000, days: int = 1) -> Batch:
        """A new group buy with ``offers`` packages, open now, for every compound."""
        now, today = timezone.now(), timezone.localdate()
        group_buy = factories.make_group_buy(
            self.town, self.compounds, starts_on=today, published_at=now, lead_days=days
        )
        for n, package in enumerate(self.packages[:offers]):
            factories.make_offer(
                group_buy,
                code(n),
                package=package,
                daily_quota=quota,
                household_limit=99,
            )
        batch = factories.make_batch(
            group_buy,
            "",
            delivery_on=today + timedelta(days=days),
            opens_at=now - timedelta(hours=1),
            until_link=now + timedelta(hours=8),
            until_heads=now + timedelta(hours=9),
        )
        self.batches.append(batch)
        return batch


def code(n: int) -> str:
    """A … Z, then AA …"""
    return chr(65 + n) if n < 26 else f"A{chr(65 + n - 26)}"


def build(compounds: int, packages: int = 30) -> World:
    town = factories.make_town("试验镇")
    committees = [
        factories.make_committee(town) for _ in range(max(compounds // 10, 1))
    ]
    places = [
        factories.make_compound(committees[n % len(committees)], f"小区{n:03d}")
        for n in range(compounds)
    ]
    Compound.objects.update(has_roster=True)
    db.changed(BUILDING_ROWS, [BUILDINGS, [sort_key(name) for name in BUILDINGS]])
    db.changed(HOUSEHOLD_ROWS, [ROOMS, [sort_key(f"-{room}") for room in ROOMS]])
    db.changed("ANALYZE")
    suppliers: list[Supplier] = [
        factories.make_supplier(town) for _ in range(SUPPLIERS)
    ]
    goods = [
        factories.make_package(suppliers[n % SUPPLIERS], f"套餐{code(n)}")
        for n in range(packages)
    ]
    return World(town, places, goods)


def homes(world: World) -> "list[tuple[int, str, str]]":
    """(compound, building, room) of every home, so mixed that neighbours lie far apart."""
    return [
        (compound.pk, building, room)
        for room in ROOMS
        for building in BUILDINGS
        for compound in world.compounds
    ]
