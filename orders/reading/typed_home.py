"""A home as people write it into two fields, building and room, the unit in either of them."""

import re
from collections.abc import Collection

from groupbuy.shared.text import building_name, plain, room_name, unit_name

Place = tuple[str, str, str]  # building, unit, room; an empty part says nothing of it

_SIGN = r"(?:(?:号楼|号|栋|幢|座|楼|#)-?|-)"
_BUILDING = re.compile(rf"(.+?){_SIGN}(?:(\w{{1,4}})单元|(\d{{1,2}}|[A-Z]))")
_ONLY_UNIT = re.compile(r"(\w{1,2})单元")
_ROOM = re.compile(r"(?:(\w{1,4})单元-?|(\d{1,2}|[A-Z])-)(.+)")
_ROOM_NUMBER = re.compile(r"\d{3,4}[A-Z]?")
_GAP = re.compile(r"(?<=[0-9A-Za-z]) (?=[0-9A-Za-z])")
_SPELLED = {word: str(n) for n, word in enumerate("一二三四五六七八九十", 1)}


def ways(building: str, unit: str, room: str) -> list[Place]:
    """Every way to read it, what it says literally first; for a roster to decide.

    ``3号楼1单元``, ``3-1`` and ``3 1`` may be building 3, unit 1; ``1单元`` that unit of some
    building; ``1-502`` unit 1, room 502; behind building 3 ``3-502`` repeats the building.
    """
    place = literal(building, unit, room)
    return [place] if place[1] else [place, *_with_unit(place[0], place[2])]


def clearest(building: str, unit: str, room: str, known: Collection[str]) -> Place:
    """The one way to read it where there is no roster, only ``known`` buildings.

    What could be read in two ways stays as it was typed.
    """
    place = literal(building, unit, room)
    if place[1]:
        return place
    in_building, in_room = _unit_of_building(place[0]), _unit_of_room(place[2])
    if in_building and in_building[0] and place[0] not in known:
        same = in_room and in_room[0] == in_building[1]
        return (*in_building, in_room[1] if in_room and same else place[2])
    if in_room and in_room[0] == place[0]:
        in_room = _unit_of_room(in_room[1])
    if in_room and _ROOM_NUMBER.fullmatch(in_room[1]):
        return (place[0], *in_room)
    return place


def literal(building: str, unit: str, room: str) -> Place:
    """The three parts as they are kept and compared: ``３号楼`` is 3."""
    apart = _GAP.sub("-", plain(building)), _GAP.sub("-", plain(room))
    return building_name(apart[0]), unit_name(unit), room_name(apart[1])


def _with_unit(building: str, room: str) -> list[Place]:
    found: list[Place] = []
    in_building, in_room = _unit_of_building(building), _unit_of_room(room)
    if in_building:
        found.append((*in_building, room))
        if in_room and in_room[0] == in_building[1]:
            found.append((*in_building, in_room[1]))
    elif in_room and in_room[0] == building:
        found += [(building, "", in_room[1]), *_with_unit(building, in_room[1])]
    elif in_room:
        found.append((building, *in_room))
    return found


def _unit_of_building(text: str) -> tuple[str, str] | None:
    if split := _BUILDING.fullmatch(text):
        return building_name(split[1]), _number(split[2] or split[3])
    only = _ONLY_UNIT.fullmatch(text)
    return ("", _number(only[1])) if only else None


def _unit_of_room(text: str) -> tuple[str, str] | None:
    split = _ROOM.fullmatch(text)
    return (_number(split[1] or split[2]), split[3]) if split else None


def _number(unit: str) -> str:
    return _SPELLED.get(unit, unit)
