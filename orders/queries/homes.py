"""From what somebody typed to one home, by the roster where there is one; never a guess."""

import difflib
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.models import GroupBuy, ServedPlace
from groupbuy.community.models import Building, Compound, Household
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import sort_key
from orders.models import NoSuchHome, SeveralHomes, Wish
from orders.queries.page import served_compound
from orders.queries.roster import served_home
from orders.reading.typed_home import Place, clearest, literal, ways

MOST_CHOICES = 12  # homes that fit, offered one by one


@dataclass(frozen=True)
class Home:
    """One canonical home; ``in_building`` is the known building row, if any."""

    compound: Compound
    building: str
    unit: str
    room: str
    in_building: Building | None = None
    bring_to_door: bool = False

    @property
    def key(self) -> str:
        return f"{self.compound.pk}/{self.building}/{self.unit}/{self.room}"

    @property
    def sorts(self) -> tuple[str, str]:
        """Keys that order buildings, and rooms within one, as people count."""
        return sort_key(self.building), sort_key(f"{self.unit}-{self.room}")


def find_home(
    group_buy: GroupBuy, compound_id: int, building: str, unit: str, room: str
) -> Home:
    """The home meant, if this group buy serves it; the unit may stand in any of the parts.

    Raises Refused beside ``compound``, ``building`` or ``room``; NoSuchHome carries the
    nearest three, SeveralHomes all that fit.
    """
    place = literal(building, unit, room)
    if home := _at_once(group_buy, compound_id, place):
        return home
    return _step_by_step(group_buy, compound_id, place)


def likely_home(group_buy: GroupBuy, wish: Wish) -> Home | None:
    """The home as it was typed, not looked up: whoever writes it down must ask the roster
    in the same statement. None where the compound has no roster, or where too little was
    typed, or more than an order has room for: PostgreSQL measures what is to be written even
    for a home that it does not find."""
    building, unit, room = place = literal(wish.building, wish.unit, wish.room)
    compound = served_compound(group_buy, wish.compound_id)
    if compound is None or not (compound.has_roster and building and room):
        return None
    return None if _is_too_long(place) else Home(compound, building, unit, room)


def _at_once(group_buy: GroupBuy, compound_id: int, place: Place) -> Home | None:
    """Nearly every order's home: in one statement, where it can be read in one way only."""
    if not (place[0] and place[2]) or _is_too_long(place):
        return None
    found = served_home(group_buy.pk, compound_id, *place)
    if found is None or not (found.compound.has_roster or ways(*place) == [place]):
        return None
    return Home(
        found.compound,
        place[0],
        found.unit,
        found.room,
        in_building=found.building,
        bring_to_door=found.bring_to_door,
    )


def _is_too_long(place: Place) -> bool:
    return len(place[0]) > 20 or len(place[1]) > 10 or len(place[2]) > 20


def _step_by_step(group_buy: GroupBuy, compound_id: int, place: Place) -> Home:
    """Any home; or what is wrong, said beside its field."""
    compound, only = _served(group_buy, compound_id)
    if not place[0] or not place[2]:
        field = "building" if not place[0] else "room"
        raise Refused(_("Please fill this in."), field=field, code="missing")
    if _is_too_long(place):
        raise Refused(
            _("This is too long for a room number."), field="room", code="room"
        )
    home = (
        _in_roster(compound, place)
        if compound.has_roster
        else _as_typed(compound, place)
    )
    if only and home.building not in only:
        raise Refused(
            _("This group buy does not come to that building."),
            field="building",
            code="not_served",
        )
    return home


def _served(group_buy: GroupBuy, compound_id: int) -> tuple[Compound, set[str]]:
    """The compound, and the names of its buildings where only single ones are served."""
    places = ServedPlace.objects.filter(group_buy=group_buy, compound=compound_id)
    found = list(places.select_related("compound", "building"))
    if not found:
        raise Refused(
            _("This group buy does not come to that compound."),
            field="compound",
            code="not_served",
        )
    buildings = {place.building.name for place in found if place.building}
    whole = any(place.building is None for place in found)
    return found[0].compound, set() if whole else buildings


def _as_typed(compound: Compound, typed: Place) -> Home:
    names = {place[0] for place in ways(*typed)}
    known = {
        row.name: row
        for row in Building.objects.filter(compound=compound, name__in=names)
    }
    place = clearest(*typed, known)
    return Home(compound, *place, in_building=known.get(place[0]))


def _in_roster(compound: Compound, typed: Place) -> Home:
    """The one home that fits, by the most literal way to read it that fits any."""
    read = ways(*typed)
    homes = Household.objects.filter(building__compound=compound)
    found = list(homes.filter(_any_of(read)).select_related("building")[:99])
    for place in read:
        fitting = [home for home in found if _fits(home, place)]
        if len(fitting) == 1:
            return _known(compound, fitting[0])
        if fitting:
            raise _several(fitting)
    raise NoSuchHome(nearest(compound, read[-1]))


def _any_of(read: list[Place]) -> Q:
    meant = Q()
    for building, unit, room in read:
        parts = {"building__name": building, "unit": unit, "room": room}
        meant |= Q(**{name: part for name, part in parts.items() if part})
    return meant


def _fits(home: Household, place: Place) -> bool:
    known = home.building.name, home.unit, home.room
    return all(part in {"", is_} for part, is_ in zip(place, known, strict=True))


def _several(fitting: list[Household]) -> Refused:
    if len(fitting) > MOST_CHOICES:
        return Refused(
            _("Please write the building, too: 3-1 is building 3, unit 1."),
            field="building",
            code="missing",
        )
    fitting.sort(key=lambda home: (home.building.sort, home.sort))
    return SeveralHomes((home.building.name, home.unit, home.room) for home in fitting)


def _known(compound: Compound, home: Household) -> Home:
    return Home(
        compound,
        home.building.name,
        home.unit,
        home.room,
        in_building=home.building,
        bring_to_door=home.bring_to_door,
    )


def nearest(compound: Compound, place: Place, *, count: int = 3) -> list[Place]:
    """The ``count`` roster homes most like what was typed, nearest first."""
    building, unit, room = place
    buildings = list(
        Building.objects.filter(compound=compound, name=building)
    ) or _alike(list(Building.objects.filter(compound=compound)), building)
    homes = Household.objects.filter(building__in=buildings).values_list(
        "building__name", "unit", "room"
    )
    typed = "-".join(part for part in (unit, room) if part)
    return sorted(homes, key=lambda home: _distance(home, building, typed))[:count]


def _alike(buildings: list[Building], name: str) -> list[Building]:
    return sorted(buildings, key=lambda known: _unlike(known.name, name))[:3]


def _distance(home: Place, building: str, room: str) -> tuple[float, float, str]:
    known = "-".join(part for part in home[1:] if part)
    return (
        _unlike(home[0], building),
        min(_unlike(known, room), _unlike(home[2], room)),
        sort_key(known),
    )


def _unlike(known: str, typed: str) -> float:
    """0 for the same; numbers compare as numbers first, so 1703 is near 1701."""
    alike = difflib.SequenceMatcher(None, known, typed).ratio()
    if known.isdecimal() and typed.isdecimal():
        return min(abs(int(known) - int(typed)) / 10, 9) + (1 - alike)
    return 10 * (1 - alike)
