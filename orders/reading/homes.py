"""Which home the numbers of a walk say, or why that is unclear."""

from collections.abc import Sequence
from typing import NamedTuple

from orders.reading.known import Known
from orders.reading.places import BUILDING, DASH, END, GAP, LANE, ROOM, UNIT, Step, Walk


class Place(NamedTuple):
    """A home as far as it was said. ``unclear`` is the code of a reason to look at it;
    ``short`` one written 3-502, without a word for building."""

    building: str = ""
    unit: str = ""
    room: str = ""
    unclear: str = ""
    short: bool = False
    spaced: bool = False  # 7 101, with nothing but space between
    opened: bool = False  # "3号楼：301", a building that may be meant for what follows
    assumed: tuple[str, ...] = ()


def place(found: Walk, known: Known) -> Place | None:
    """None where the numbers are no home at all: "2" of 2份A, "17" of 17点."""
    steps, lane = _without_lane(found.steps, known)
    if lane and known.lane and lane != known.lane:
        return Place(unclear="other_lane")
    if found.room_name:
        return _named(steps, found.room_name)
    if not steps:
        return Place()  # only the lane
    said = _SHAPES.get(len(steps), _too_many)(steps, known)
    if said and any(s.mark == BUILDING and s.sign == ":" for s in steps):
        said = said._replace(opened=True)
    return _plain(said) if said else None


def _without_lane(steps: Sequence[Step], known: Known) -> tuple[tuple[Step, ...], str]:
    """The steps behind the lane: said with 弄, or the first of two claims and the known one."""
    rest = tuple(steps)
    if rest and rest[0].mark == LANE:
        return _behind_lane(rest, known), rest[0].digits
    if len(rest) < 2 or not known.lane or rest[0].digits != known.lane:
        return rest, ""
    if rest[0].mark == BUILDING and rest[1].mark in (BUILDING, LANE):
        return _as_building(rest[1:]), ""
    if rest[0].mark == BUILDING and len(rest) > 2 and rest[1].mark in (DASH, GAP):
        is_room = len(rest[1].digits) > 2 and rest[2].mark == END
        return (rest if is_room and len(rest[2].digits) < 3 else rest[1:]), ""
    if rest[0].mark == DASH and len(rest) > 2 and len(known.lane) > 2:
        return rest[1:], ""
    return rest, ""


def _behind_lane(steps: tuple[Step, ...], known: Known) -> tuple[Step, ...]:
    """500弄88弄1701: behind the compound's own lane a second one is the building."""
    twice = len(steps) > 1 and steps[1].mark == LANE
    own = steps[0].digits == known.lane
    return _as_building(steps[1:]) if twice and own else steps[1:]


def _as_building(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """五百弄 88弄 1701: of two claims the one next to the room is the building."""
    return (steps[0]._replace(mark=BUILDING), *steps[1:])


def _plain(said: Place) -> Place:
    building = said.building.lstrip("0") or said.building
    unit = said.unit.lstrip("0") or said.unit
    odd = said.room[:1] == "0" or "0" in (building[:1], unit[:1])
    unclear = said.unclear or ("home_unclear" if odd else "")
    if (building, unit, unclear) == (said.building, said.unit, said.unclear):
        return said
    return said._replace(building=building, unit=unit, unclear=unclear)


def _named(steps: Sequence[Step], name: str) -> Place | None:
    if len(steps) == 1 and steps[0].mark == BUILDING:
        return Place(steps[0].digits, "", name)
    if len(steps) == 2 and steps[0].mark == BUILDING and steps[1].mark == END:
        return Place(steps[0].digits, "", steps[1].digits + name)
    return Place(unclear="home_unclear")


def _one(steps: Sequence[Step], known: Known) -> Place | None:
    step = steps[0]
    if step.mark == BUILDING:
        return Place(building=step.digits)
    if step.mark == UNIT:
        return Place(unit=step.digits)
    if step.mark == ROOM or 3 <= len(step.digits) <= 4:
        return Place(room=step.digits)
    if 5 <= len(step.digits) <= 8:
        return _together(step.digits, known)
    return None


def _together(digits: str, known: Known) -> Place:
    homes = known.run_together(digits)
    if len(homes) == 1:
        return Place(*homes[0], assumed=("building",))
    return Place(room=digits, unclear="run_together")


def _two(steps: Sequence[Step], known: Known) -> Place | None:
    a, b = steps
    if UNIT in (a.mark, b.mark):
        return _with_unit(a, b)
    if b.mark == BUILDING:
        both = a.mark == BUILDING
        return Place(unclear="two_buildings" if both else "home_unclear")
    if b.mark not in (END, ROOM) or a.mark not in (BUILDING, DASH, GAP):
        return Place(unclear="home_unclear")
    if a.mark == BUILDING:
        return _in_building(a, b, known)
    return _short(a, b, known)


def _with_unit(a: Step, b: Step) -> Place | None:
    """2单元502, or 3号2单元 as a heading."""
    if b.mark == UNIT:
        return Place(a.digits, b.digits)
    return Place(unit=a.digits, room=b.digits) if b.mark != BUILDING else None


def _in_building(a: Step, b: Step, known: Known) -> Place:
    if a.digits == known.lane and len(b.digits) > 4:  # 500号86801
        return _together(b.digits, known)
    if len(b.digits) > 4 and b.mark != ROOM and not known.rooms(a.digits, b.digits):
        return Place(a.digits, "", b.digits, unclear="run_together")
    return Place(a.digits, "", b.digits)


def _short(a: Step, b: Step, known: Known) -> Place | None:
    """3-502 and its like, held against what else the same numbers could be."""
    rostered = bool(known.rooms(a.digits, b.digits))
    spaced = a.mark == GAP and a.sign == " "
    said = Place(a.digits, "", b.digits, short=True, spaced=spaced)
    if rostered:
        return said
    if len(a.digits) > 2 and a.digits.isdecimal() and not spaced:
        return _long_first(a, b, said)
    if len(b.digits) < 3 and b.mark != ROOM:
        return said._replace(unclear="home_unclear")
    if len(b.digits) > 4:
        return said._replace(unclear="run_together")
    return said


def _long_first(a: Step, b: Step, said: Place) -> Place:
    if (
        len(b.digits) == 1 and a.mark == DASH
    ):  # 502-2, a split flat of the building in scope
        return Place(room=f"{a.digits}-{b.digits}")
    if len(a.digits) > 3 or len(b.digits) < 3:
        return said._replace(unclear="home_unclear")
    same = a.digits[:-2] == b.digits[:-2] or a.digits[-2:] == b.digits[-2:]
    same = same or (a.sign in (",", "/") and flat_like(a.digits))
    if same or (len(b.digits) == 3 and int(a.digits) >= 200):
        return said._replace(unclear="range")
    return said


def flat_like(digits: str) -> bool:
    """503, 1201: a floor, and one of at most twelve flats on it."""
    return 3 <= len(digits) <= 4 and "01" <= digits[-2:] <= "12"


def _three(steps: Sequence[Step], known: Known) -> Place | None:
    a, b, c = steps
    if a.mark == BUILDING and b.mark == BUILDING:
        return Place(unclear="two_buildings")
    ends = a.mark in (BUILDING, DASH, GAP) and c.mark in (END, ROOM)
    if not ends or b.mark not in (UNIT, DASH):
        return Place(unclear="home_unclear")
    if b.mark == UNIT:
        return Place(a.digits, b.digits, c.digits)
    return _dashed(a, b, c, known)


def _dashed(a: Step, b: Step, c: Step, known: Known) -> Place:
    """5-1-602 is building, unit, room; 15-102-2 a split flat; 3-502-504 a range."""
    short = a.mark != BUILDING
    if a.sign == " " and a.word in ("号", "#"):  # 8号 3-502
        return Place(unclear="two_buildings")
    unit = len(b.digits) == 1 and 3 <= len(c.digits) <= 4
    if unit or (a.digits, b.digits, c.digits) in known.setting.homes:
        return Place(a.digits, b.digits, c.digits, short=short)
    if 3 <= len(b.digits) <= 4 and len(c.digits) == 1:
        return Place(a.digits, "", f"{b.digits}-{c.digits}", short=short)
    is_range = len(b.digits) > 2 and len(c.digits) > 2
    return Place(unclear="range" if is_range else "two_buildings")


def _four(steps: Sequence[Step], known: Known) -> Place | None:
    """Building, unit, and a split flat: 5号1单元602-2."""
    a, b, c, d = steps
    split = c.mark == DASH and len(c.digits) > 2 and len(d.digits) == 1
    unit = b.mark == UNIT or (b.mark == DASH and len(b.digits) == 1)
    if split and unit and a.mark in (BUILDING, DASH):
        return Place(a.digits, b.digits, f"{c.digits}-{d.digits}")
    return Place(unclear="home_unclear")


def _too_many(steps: Sequence[Step], known: Known) -> Place:
    return Place(unclear="home_unclear")


_SHAPES = {1: _one, 2: _two, 3: _three, 4: _four}
