"""Writing a roster of homes, thousands of rows in a handful of statements."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from groupbuy.community.models import Building, Compound, Gate, Household, Town
from groupbuy.community.reading.places import BadRows, Fault, HomeRow
from groupbuy.shared.text import sort_key

Counts = dict[str, int]
Compounds = dict[tuple[str, str], Compound]  # by (committee, compound) as written
CHUNK = 1000  # rows of one INSERT: below SQLite's limit of parameters


def write_roster(
    town: Town, rows: list[HomeRow], faults: list[Fault]
) -> tuple[Counts, Counts]:
    """Counts of places made and changed.

    Raises BadRows with ``faults``, every compound or gate that is not known, and every home
    named twice, before it writes.
    """
    compounds, unknown = _compounds(town, rows)
    gates = _gates(compounds.values())
    faults = faults + unknown + _gateless(rows, compounds, gates)
    faults += _twins(rows, compounds)
    if faults:
        raise BadRows(faults)
    buildings, new_buildings, moved = _buildings(rows, compounds, gates)
    new_homes, other_homes = _homes(rows, compounds, buildings)
    found = {c.pk for c in compounds.values()}
    Compound.objects.filter(pk__in=found).update(has_roster=True)
    made = {"buildings": new_buildings, "homes": new_homes}
    return made, {"buildings": moved, "homes": other_homes}


def _compounds(town: Town, rows: list[HomeRow]) -> tuple[Compounds, list[Fault]]:
    """Those that were found; the committee may be left out if one fits."""
    known: dict[str, list[Compound]] = {}
    for c in Compound.objects.filter(committee__town=town).select_related("committee"):
        known.setdefault(c.name, []).append(c)
    found, faults = {}, []
    for row in rows:
        fit = [
            c
            for c in known.get(row.compound, [])
            if row.committee in ("", c.committee.name)
        ]
        if len(fit) == 1:
            found[row.committee, row.compound] = fit[0]
        elif row.compound:  # left empty it was named before
            faults.append((row.number, _why_not(row, bool(fit))))
    return found, faults


def _why_not(row: HomeRow, several: bool) -> str:
    if several:
        return _("Several compounds have this name: add the committee.")
    sentence = _("The compound “%(name)s” is not known: bring in compounds first.")
    return sentence % {"name": row.compound}


def _gates(compounds: Iterable[Compound]) -> dict[int, dict[str, Gate]]:
    """By compound and name; "" is the default gate."""
    found: dict[int, dict[str, Gate]] = {}
    for gate in Gate.objects.filter(compound__in={c.pk for c in compounds}):
        of_compound = found.setdefault(gate.compound_id, {})
        of_compound[gate.name] = gate
        if gate.is_default:
            of_compound[""] = gate
    return found


def _gateless(
    rows: list[HomeRow], compounds: Compounds, gates: dict[int, dict[str, Gate]]
) -> list[Fault]:
    faults = []
    for row in rows:
        compound = compounds.get((row.committee, row.compound))
        if compound and row.gate not in gates.get(compound.pk, {}):
            sentence = _("This compound has no gate “%(name)s”.") % {"name": row.gate}
            faults.append((row.number, sentence))
    return faults


def _twins(rows: list[HomeRow], compounds: Compounds) -> list[Fault]:
    """Homes that are named twice, with the committee or without."""
    seen: dict[tuple[object, ...], int] = {}
    faults = []
    for row in rows:
        place = (row.committee, row.compound)
        where = compounds.get(place, place)
        home = (where, row.building, row.unit, row.room)
        first = seen.setdefault(home, row.number)
        if first != row.number and row.building and row.room:
            sentence = _("The same home as in row %(number)s.") % {"number": first}
            faults.append((row.number, sentence))
    return faults


def _buildings(
    rows: list[HomeRow],
    compounds: Compounds,
    gates: dict[int, dict[str, Gate]],
) -> tuple[dict[tuple[int, str], Building], int, int]:
    """All buildings named, and how many are new, and how many moved to another gate."""
    wish: dict[tuple[int, str], str] = {}
    for row in rows:
        key = (compounds[row.committee, row.compound].pk, row.building)
        wish[key] = row.gate or wish.get(key, "")
    known = _known_buildings({compound_id for compound_id, _name in wish})
    new, moved = [], []
    for (compound_id, name), gate_name in wish.items():
        gate = gates[compound_id][gate_name]
        building = known.get((compound_id, name))
        if building is None:
            sort = sort_key(name)
            new.append(
                Building(compound_id=compound_id, name=name, gate=gate, sort=sort)
            )
        elif gate_name and building.gate_id != gate.pk:
            building.gate = gate
            moved.append(building)
    Building.objects.bulk_create(new, batch_size=CHUNK)
    Building.objects.bulk_update(moved, ["gate"], batch_size=CHUNK)
    known = _known_buildings({compound_id for compound_id, _name in wish})
    return known, len(new), len(moved)


def _known_buildings(compound_ids: set[int]) -> dict[tuple[int, str], Building]:
    found = Building.objects.filter(compound__in=compound_ids)
    return {(b.compound_id, b.name): b for b in found}


def _homes(
    rows: list[HomeRow],
    compounds: Compounds,
    buildings: dict[tuple[int, str], Building],
) -> tuple[int, int]:
    """How many homes are new, and how many have other flags now."""
    found = {c.pk for c in compounds.values()}
    known = {
        (h.building_id, h.unit, h.room): h
        for h in Household.objects.filter(building__compound__in=found)
    }
    new, other = [], []
    for row in rows:
        compound = compounds[row.committee, row.compound]
        building = buildings[compound.pk, row.building]
        home = known.get((building.pk, row.unit, row.room))
        if home is None:
            new.append(_home(building, row))
        elif (home.bring_to_door, home.on_call_list) != _flags(row):
            home.bring_to_door, home.on_call_list = _flags(row)
            other.append(home)
    Household.objects.bulk_create(new, batch_size=CHUNK)
    flags = ["bring_to_door", "on_call_list"]
    Household.objects.bulk_update(other, flags, batch_size=200)
    return len(new), len(other)


def _home(building: Building, row: HomeRow) -> Household:
    bring, call = _flags(row)
    return Household(
        building=building,
        unit=row.unit,
        room=row.room,
        sort=sort_key(f"{row.unit}-{row.room}"),
        bring_to_door=bring,
        on_call_list=call,
    )


def _flags(row: HomeRow) -> tuple[bool, bool]:
    return row.bring_to_door, row.on_call_list
