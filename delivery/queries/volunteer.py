"""What volunteers of one compound need: gates, piles, doors, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.models import Batch, Stock
from delivery.models import Arrival, Difference, Handover, TakenBack
from delivery.queries.homes import BuildingOnList, GateOnList, HomeOnList, gates
from delivery.queries.rows import rows_today
from delivery.queries.shelf import shelf
from groupbuy.community.models import Compound, Gate


@dataclass(frozen=True, slots=True)
class ExpectedHere:
    """Pieces of one package that must arrive at a gate."""

    stock: Stock
    quantity: int


@dataclass(frozen=True, slots=True)
class BuildingHere:
    """One building: ``reached`` of its ``homes`` have their goods, the last at ``last_tap``."""

    building: BuildingOnList
    homes: int
    reached: int
    to_door: int
    last_tap: datetime | None

    @property
    def is_done(self) -> bool:
        return self.reached >= self.homes


@dataclass(frozen=True, slots=True)
class GateHere:
    """One gate, when the goods came, what is expected, whom it serves."""

    gate: Gate
    arrived_at: datetime | None
    expected: list[ExpectedHere]
    buildings: list[BuildingHere]


@dataclass(frozen=True, slots=True)
class HomeHere:
    """One home on a building's page; ``reached_at`` when all its orders are handed over.

    ``taken_back_at``: somebody said so, and took it back.
    """

    home: HomeOnList
    reached_at: datetime | None
    taken_back_at: datetime | None
    phones: list[int]

    @property
    def is_off(self) -> bool:
        """Taken off after printing: nothing is left to bring."""
        return self.home.pieces == 0


def overview(batch: Batch, compound: Compound) -> list[GateHere]:
    """Every gate of the compound with something to receive: six queries."""
    found = gates(rows_today(batch, compound))
    stock = shelf(batch)
    arrived = dict(
        Arrival.objects.filter(batch=batch, gate__compound=compound).values_list(
            "gate_id", "at"
        )
    )
    reached = reached_orders(batch, compound)
    by_id = {found_gate.gate_id: found_gate for found_gate in found}
    return [
        GateHere(
            gate=gate,
            arrived_at=arrived.get(gate.pk),
            expected=expected_at(by_id[gate.pk], stock),
            buildings=[building_here(b, reached) for b in by_id[gate.pk].buildings],
        )
        for gate in compound.gates.all()
        if gate.pk in by_id
    ]


def expected_at(found: GateOnList, stock: dict[int, Stock]) -> list[ExpectedHere]:
    return [
        ExpectedHere(row, found.expected[pk])
        for pk, row in stock.items()
        if pk in found.expected
    ]


def building_here(
    building: BuildingOnList, reached: dict[int, datetime]
) -> BuildingHere:
    homes = [home for home in building.homes if home.pieces]
    return BuildingHere(
        building=building,
        homes=len(homes),
        reached=sum(reached_at(home, reached) is not None for home in homes),
        to_door=sum(home.bring_to_door for home in homes),
        last_tap=last_tap(reached_at(home, reached) for home in homes),
    )


def last_tap(times: Iterable[datetime | None]) -> datetime | None:
    """When homes of one building were last said to be reached: what can be taken back."""
    return max((moment for moment in times if moment), default=None)


def reached_orders(batch: Batch, compound: Compound) -> dict[int, datetime]:
    """When each order of the compound reached its door."""
    done = Handover.objects.filter(order__batch=batch, order__compound=compound)
    return dict(done.values_list("order_id", "at"))


def taken_back_orders(batch: Batch, compound: Compound) -> dict[int, datetime]:
    """When an order's tick was last taken back; it may have been ticked again since."""
    taken = TakenBack.objects.filter(order__batch=batch, order__compound=compound)
    return dict(taken.values_list("order_id", "at"))


def reached_at(home: HomeOnList, reached: dict[int, datetime]) -> datetime | None:
    """When the last standing order of the home was handed over; None while one waits."""
    times = [reached.get(order) for order in home.standing]
    return max((t for t in times if t), default=None) if all(times) else None


def building_homes(batch: Batch, compound: Compound, name: str) -> list[HomeHere]:
    """The homes of one building, door by door: five queries. Empty for an unknown name."""
    found = [b for g in gates(rows_today(batch, compound)) for b in g.buildings]
    homes = [home for b in found if b.name == name for home in b.homes]
    reached = reached_orders(batch, compound)
    taken_back = taken_back_orders(batch, compound)
    callable_ = set(
        batch.orders.filter(compound=compound, building=name)
        .exclude(phone="")
        .values_list("pk", flat=True)
    )
    return [
        HomeHere(
            home=home,
            reached_at=reached_at(home, reached),
            taken_back_at=last_tap(taken_back.get(pk) for pk in home.standing),
            phones=[order for order in home.standing if order in callable_],
        )
        for home in homes
    ]


def corrections(batch: Batch, compound: Compound) -> list[Difference]:
    """What changed after printing, by number."""
    return list(
        batch.differences.filter(compound=compound).select_related(
            "order_line__order", "stock"
        )
    )
