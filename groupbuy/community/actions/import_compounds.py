"""Writing a file of compounds: what is new is made, what differs is changed."""

from django.utils.translation import gettext as _

from groupbuy.community.models import Committee, Compound, Gate, Town
from groupbuy.community.reading.pinyin import initials
from groupbuy.community.reading.places import BadRows, CompoundRow, Fault

Counts = dict[str, int]
MAIN_GATE = "正门"  # the gate of a compound whose file names none


def write_compounds(
    town: Town, rows: list[CompoundRow], faults: list[Fault]
) -> tuple[Counts, Counts]:
    """Counts of places made and changed.

    Raises BadRows with ``faults`` and every committee that is not known, before it writes.
    """
    faults = faults + _unknown(town, rows)
    if faults:
        raise BadRows(faults)
    committees = _committees(town, rows)
    known = {
        (c.committee_id, c.name): c
        for c in Compound.objects.filter(committee__town=town)
    }
    made: Counts = {"compounds": 0, "gates": 0}
    changed: Counts = {"compounds": 0, "gates": 0}
    for row in rows:
        key = (committees[row.committee].pk, row.compound)
        if key not in known:
            known[key] = _make(committees[row.committee], row)
            made["compounds"] += 1
        elif _update(known[key], row):
            changed["compounds"] += 1
        new, other = _gate(known[key], row)
        made["gates"] += new
        changed["gates"] += other
    return made, changed


def _unknown(town: Town, rows: list[CompoundRow]) -> list[Fault]:
    """A committee that is new must come with a code of its own, in its first row."""
    codes = dict(town.committees.values_list("name", "code"))
    faults = []
    for row in rows:
        if row.committee in codes or not row.committee:
            continue
        if not row.committee_code:
            sentence = _("This committee is not known: add its code.")
            faults.append((row.number, sentence))
        elif row.committee_code in codes.values():
            sentence = _("This code belongs to another committee.")
            faults.append((row.number, sentence))
        else:
            codes[row.committee] = row.committee_code
    return faults


def _committees(town: Town, rows: list[CompoundRow]) -> dict[str, Committee]:
    """By name, the new ones made."""
    known = {c.name: c for c in town.committees.all()}
    for row in rows:
        if row.committee not in known:
            known[row.committee] = _new_committee(town, row)
    return known


def _new_committee(town: Town, row: CompoundRow) -> Committee:
    village = "村" in row.committee
    kind = Committee.Kind.VILLAGE if village else Committee.Kind.RESIDENTS
    return Committee.objects.create(
        town=town, code=row.committee_code, name=row.committee, kind=kind
    )


def _make(committee: Committee, row: CompoundRow) -> Compound:
    return Compound.objects.create(
        committee=committee,
        name=row.compound,
        kind=row.kind,
        address=row.address,
        initials=initials(row.compound),
    )


def _update(compound: Compound, row: CompoundRow) -> bool:
    wish = (row.kind, row.address or compound.address)
    if (compound.kind, compound.address) == wish:
        return False
    compound.kind, compound.address = wish
    compound.save(update_fields=["kind", "address"])
    return True


def _gate(compound: Compound, row: CompoundRow) -> tuple[bool, bool]:
    """Whether a gate was made, or changed; the first gate of a compound is its default."""
    gates = {gate.name: gate for gate in compound.gates.all()}
    if not row.gate and gates:
        return False, False
    name = row.gate or MAIN_GATE
    address = row.gate_address or row.address
    if name not in gates:
        Gate.objects.create(
            compound=compound, name=name, address=address, is_default=not gates
        )
        return True, False
    if address in ("", gates[name].address):
        return False, False
    Gate.objects.filter(pk=gates[name].pk).update(address=address)
    return False, True
