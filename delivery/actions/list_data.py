"""Pickup lists as the plain data that their documents are set from: no phone gets in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog.models import Batch, Stock
from delivery.documents.shapes import (
    BuildingSection,
    Contact,
    Expected,
    GateSection,
    HomeRow,
    ListData,
)
from delivery.models import AccessLink, PickupList
from delivery.queries.homes import BuildingOnList, GateOnList, HomeOnList, gates
from delivery.queries.links import link_url
from delivery.queries.rows import rows_by_list
from delivery.queries.shelf import shelf
from delivery.queries.words import (
    building_label,
    day_words,
    moment_words,
    window_words,
)
from groupbuy.community.models import Compound, Gate


@dataclass(frozen=True, slots=True)
class Facts:
    """What all lists of a chunk share, read once: stock rows, gates, links by compound."""

    stock: dict[int, Stock]
    gates: dict[int, Gate]
    links: dict[int, AccessLink]

    @classmethod
    def of(cls, batch: Batch, compound_ids: Sequence[int]) -> "Facts":
        live = AccessLink.objects.filter(
            batch=batch,
            kind=AccessLink.Kind.VOLUNTEER,
            compound__in=compound_ids,
            revoked_at__isnull=True,
        )
        return cls(
            stock=shelf(batch),
            gates={g.pk: g for g in Gate.objects.filter(compound__in=compound_ids)},
            links={link.compound_id: link for link in live if link.compound_id},
        )


def list_data(
    batch: Batch, lists: Sequence[PickupList]
) -> Iterator[tuple[PickupList, ListData, frozenset[int]]]:
    """The lists with their data one by one, read as they are asked for.

    ``lists`` carry their compound and its committee; words are in the active language.
    Each comes back beside what is on it, since another's homes under its name would go to
    the wrong door and before the wrong eyes. Beside the data: the access link (its id)
    whose code is in it.
    """
    facts = Facts.of(batch, [one.compound_id for one in lists])
    for one, its_rows in rows_by_list(lists):
        link = facts.links.get(one.compound_id)
        coded = frozenset([link.pk] if link else ())
        yield one, one_list(batch, one, gates(its_rows), facts), coded


def one_list(
    batch: Batch, one: PickupList, found: list[GateOnList], facts: Facts
) -> ListData:
    committee = one.compound.committee
    link = facts.links.get(one.compound_id)
    ordered = sorted(found, key=lambda g: not facts.gates[g.gate_id].is_default)
    return ListData(
        town=batch.group_buy.town.name,
        compound=one.compound.name,
        group_buy=batch.group_buy.title,
        delivery=day_words(batch.delivery_on),
        window=window_words(batch.window_from, batch.window_to),
        version=one.version,
        made_at=moment_words(one.made_at),
        contact=Contact(committee.name, committee.phone),
        volunteer_url=link_url(link) if link else "",
        gates=tuple(gate_section(g, one.compound, facts) for g in ordered),
    )


def gate_section(found: GateOnList, compound: Compound, facts: Facts) -> GateSection:
    """Packages come in the order of supplier and code."""
    gate = facts.gates[found.gate_id]
    return GateSection(
        name=gate.name,
        address=gate.address or compound.address,
        expected=tuple(
            Expected(row.supplier.name, row.code, row.title, found.expected[pk])
            for pk, row in facts.stock.items()
            if pk in found.expected
        ),
        buildings=tuple(building_section(b, compound.kind) for b in found.buildings),
    )


def building_section(found: BuildingOnList, kind: str) -> BuildingSection:
    return BuildingSection(
        name=found.name,
        label=building_label(kind, found.name),
        homes=tuple(home_row(home) for home in found.homes),
    )


def home_row(home: HomeOnList) -> HomeRow:
    return HomeRow(
        room=home.room,
        unit=home.unit,
        items=tuple(home.items.items()),
        who=home.name,
        note=home.note,
        bring_to_door=home.bring_to_door,
        due_cents=home.due_cents,
        order_numbers=tuple(home.orders.values()),
        same_home_count=len(home.orders),
    )
