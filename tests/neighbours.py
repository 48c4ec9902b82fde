"""Rows for stories: the places of a town and its people; ``tests.factories`` hands them on."""

import itertools
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from groupbuy.community.models import (
    Building,
    Committee,
    Compound,
    Gate,
    HeadLink,
    Household,
    Membership,
    Town,
    User,
)
from groupbuy.community.queries.head_links import token_of
from groupbuy.shared import tokens
from groupbuy.shared.clock import at
from groupbuy.shared.text import sort_key

DAY = date(2022, 4, 11)
NOON = at(DAY, time(12))
_count = itertools.count(1)


def make_town(name: str = "", **fields: Any) -> Town:
    n = next(_count)
    fields.setdefault("slug", f"town-{n}")
    return Town.objects.create(name=name or f"马桥镇{n}", **fields)


def make_committee(
    town: Town | None = None, name: str = "", **fields: Any
) -> Committee:
    n = next(_count)
    fields.setdefault("code", f"3101121{n:05d}")
    fields.setdefault("phone", "021-64090000")
    return Committee.objects.create(
        town=town or make_town(), name=name or f"居委会{n}", **fields
    )


def make_compound(
    committee: Committee | None = None,
    name: str = "",
    *,
    town: Town | None = None,
    buildings: Mapping[str, list[str]] | None = None,
    **fields: Any,
) -> Compound:
    """A compound with its default gate; ``buildings`` maps a name to its rooms (roster)."""
    fields.setdefault("address", "元江路1号")
    compound = Compound.objects.create(
        committee=committee or make_committee(town),
        name=name or f"小区{next(_count)}",
        has_roster=bool(buildings),
        **fields,
    )
    make_gate(compound, "正门", is_default=True)
    for building, rooms in (buildings or {}).items():
        make_building(compound, building, rooms)
    return compound


def make_gate(compound: Compound, name: str, **fields: Any) -> Gate:
    fields.setdefault("address", f"{compound.address}{name}")
    return Gate.objects.create(compound=compound, name=name, **fields)


def make_building(
    compound: Compound,
    name: str,
    rooms: list[str] | None = None,
    gate: Gate | None = None,
) -> Building:
    at_gate = gate or compound.gates.get(is_default=True)
    building = Building.objects.create(compound=compound, gate=at_gate, name=name)
    Household.objects.bulk_create(
        Household(building=building, room=room, sort=sort_key(room))
        for room in rooms or []
    )
    return building


def make_user(name: str = "", **fields: Any) -> User:
    return User.objects.create_user(name or f"user{next(_count)}", **fields)


def make_town_staff(town: Town, **fields: Any) -> User:
    return _member(Membership.Role.TOWN_STAFF, town, make_user(**fields))


def make_committee_staff(committee: Committee, **fields: Any) -> User:
    user, role = make_user(**fields), Membership.Role.COMMITTEE_STAFF
    return _member(role, committee.town, user, committee=committee)


def make_head(building: Building, **fields: Any) -> User:
    """Somebody with an account who heads this building."""
    town = building.compound.committee.town
    user = make_user(**fields)
    return _member(Membership.Role.HEAD, town, user, building=building)


def _member(role: str, town: Town, user: User, **place: Any) -> User:
    Membership.objects.create(user=user, town=town, role=role, **place)
    return user


def make_head_link(building: Building, name: str = "") -> HeadLink:
    link = HeadLink(building=building, name=name, seed=f"{next(_count):032x}")
    link.token_hash = tokens.stored(token_of(link))
    link.made_at = NOON
    link.save()
    return link
