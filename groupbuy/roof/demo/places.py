"""Towns, committees by their statistics code, compounds with gates, and rosters of homes."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from pypinyin import Style, lazy_pinyin

from groupbuy.community.models import (
    Building,
    Committee,
    Compound,
    Gate,
    Household,
    Town,
)
from groupbuy.roof.demo import chance
from groupbuy.roof.demo.files import table, tree
from groupbuy.shared.text import sort_key

FEW_BUILDINGS = 8


def load_places(*, few: bool) -> None:
    """Every town that is not there yet; ``few`` keeps one or two small compounds in each."""
    for fact in tree("towns"):
        if not Town.objects.filter(slug=fact["slug"]).exists():
            load_town(fact, few=few)


@transaction.atomic
def load_town(fact: dict[str, Any], *, few: bool) -> None:
    town = Town.objects.create(
        slug=fact["slug"], name=fact["name"], hotline=fact["hotline"], is_sample=True
    )
    committees = {row.code: row for row in load_committees(town, fact)}
    for row in table("compounds"):
        if row["town"] == town.slug and (row["small"] or not few):
            load_compound(committees[row["committee"]], row, few=few)


def load_committees(town: Town, fact: dict[str, Any]) -> list[Committee]:
    """The official ones of the town's street code, or the invented ones of the facts."""
    named = fact.get("committees") or [
        (row["code"], row["name"])
        for row in table("committees")
        if row["street_code"] == fact["street_code"]
    ]
    return Committee.objects.bulk_create(
        Committee(
            town=town,
            code=code,
            name=name,
            kind=Committee.Kind.VILLAGE
            if name.endswith("村委会")
            else Committee.Kind.RESIDENTS,
            phone=f"138000003{order:02d}",
        )
        for order, (code, name) in enumerate(named)
    )


def load_compound(committee: Committee, row: dict[str, str], *, few: bool) -> Compound:
    compound = Compound.objects.create(
        committee=committee,
        name=row["name"],
        kind=row["kind"],
        address=address(committee.town, row),
        initials="".join(lazy_pinyin(row["name"], style=Style.FIRST_LETTER)).upper(),
        has_roster=bool(row["buildings"]),
    )
    gates = Gate.objects.bulk_create(
        Gate(
            compound=compound,
            name=name,
            address=address(committee.town, row, gate=name),
            is_default=order == 0,
        )
        for order, name in enumerate(row["gates"].split())
    )
    if compound.has_roster:
        load_roster(compound, gates, row, few=few)
    return compound


def address(town: Town, row: dict[str, str], *, gate: str = "") -> str:
    """The known one, or an invented one that names no real street and says so."""
    if row["address"]:
        return row["address"] + gate
    street = f"示例路{chance.number(900, row['name']) + 100}弄"
    place = row["name"] if row["kind"] == Compound.Kind.VILLAGE else street
    return f"{town.name}{place}{gate}（示例地址）"


def load_roster(
    compound: Compound, gates: list[Gate], row: dict[str, str], *, few: bool
) -> None:
    names = building_names(row)
    shown = names[:FEW_BUILDINGS] if few else names
    buildings = Building.objects.bulk_create(
        Building(
            compound=compound,
            gate=gates[order * len(gates) // len(names)],
            name=name,
            sort=sort_key(name),
        )
        for order, name in enumerate(names)
        if name in shown
    )
    Household.objects.bulk_create(
        (
            Household(
                building=building,
                unit=unit,
                room=room,
                sort=sort_key(f"{unit}-{room}"),
                bring_to_door=chance.happens(
                    3, "door", compound.name, building.name, unit, room
                ),
                on_call_list=chance.happens(
                    1, "call", compound.name, building.name, unit, room
                ),
            )
            for building in buildings
            for unit, room in homes(building, row)
        ),
        batch_size=2000,
    )


def building_names(row: dict[str, str]) -> list[str]:
    """1, 2, 3 …, and the likes of 6甲 right behind their number."""
    plain = [str(number + 1) for number in range(int(row["buildings"]))]
    return sorted(plain + row["extra"].split(), key=sort_key)


def homes(building: Building, row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(unit, room): 101 to 604 in an estate, house numbers in a village's group."""
    if row["kind"] == Compound.Kind.VILLAGE:
        fewer = chance.number(4, row["name"], building.name)
        for house in range(int(row["rooms"]) - fewer):
            yield "", str(house + 1)
        return
    units = [str(unit + 1) for unit in range(int(row["units"] or 0))] or [""]
    for unit in units:
        for floor in range(1, int(row["floors"]) + 1):
            for door in range(1, int(row["rooms"]) + 1):
                yield unit, f"{floor}{door:02d}"
