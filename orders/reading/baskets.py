"""Atoms as packages with quantities, where they can be read in one way only."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from orders.reading.atoms import AND, CODE, COUNT, EACH, LOOSE, Atom, Run


class Item(NamedTuple):
    """``assumed`` where only the package was named and one is meant."""

    code: str
    quantity: int
    first: int
    last: int
    assumed: bool = False


class Basket(NamedTuple):
    """What a run says; ``fault`` is the code of why it cannot be taken as it stands."""

    items: tuple[Item, ...]
    first: int
    last: int
    fault: str = ""
    each: bool = False
    bare: int = 0  # a count alone, whose package stands elsewhere


def basket(found: Run) -> Basket:
    atoms = found.atoms
    fault = next((a.fault for a in atoms if a.fault), "") or _formula(atoms)
    items: list[Item] = []
    each = any(a.kind == EACH for a in atoms)
    if not fault:
        read = _each(atoms) if each else _plain(atoms)
        items, fault = read
    fault = fault or _twice(items) or _none(items)
    bare = atoms[0].number if len(atoms) == 1 and atoms[0].kind == COUNT else 0
    return Basket(tuple(items), found.first, found.last, fault, each, bare)


def _formula(atoms: Sequence[Atom]) -> str:
    """Two counts in a row are a sum, a range or two thoughts."""
    pairs = pairwise(atoms)
    if any(a.kind == COUNT == b.kind for a, b in pairs):
        return "formula" if any(a.kind == CODE for a in atoms) else "missing_package"
    if not any(a.kind == CODE for a in atoms):
        return "missing_package"
    if any(a.kind == CODE and a.joint == "(" for a in atoms):
        return "quantity_unclear"
    return ""


def _twice(items: Sequence[Item]) -> str:
    codes = [item.code for item in items]
    return "package_twice" if len(set(codes)) < len(codes) else ""


def _none(items: Sequence[Item]) -> str:
    return "quantity" if any(item.quantity < 1 for item in items) else ""


Read = tuple[list[Item], str]


def _plain(atoms: Sequence[Atom]) -> Read:
    if atoms[0].kind == COUNT:
        return _before(atoms)
    return _behind(atoms)


def _before(atoms: Sequence[Atom]) -> Read:
    """2份A 1份B: every count stands before its package."""
    items: list[Item] = []
    if len(atoms) % 2:
        return [], "quantity_unclear"
    for count, code in zip(atoms[::2], atoms[1::2], strict=True):
        if count.kind != COUNT or code.kind != CODE:
            return [], "quantity_unclear"
        if code.joint not in ("", " ", "*") or not _near(count, code, atoms):
            return [], "quantity_unclear"
        items.append(Item(code.text, count.number, count.first, code.last))
    return items, ""


def _near(count: Atom, code: Atom, atoms: Sequence[Atom]) -> bool:
    """The count is no farther from its package than from the one before it."""
    return count is atoms[0] or LOOSE[code.joint] <= LOOSE[count.joint]


def _behind(atoms: Sequence[Atom]) -> Read:
    """A2 B1: every count stands behind its package; one alone may have none."""
    items: list[Item] = []
    for i, atom in enumerate(atoms):
        if atom.kind == COUNT:
            continue
        after = atoms[i + 1] if i + 1 < len(atoms) else None
        if after is not None and after.kind == COUNT:
            if after.joint == AND:  # A另外2
                return [], "quantity_unclear"
            if fault := _loose(atoms, i + 1):
                return [], fault
            items.append(Item(atom.text, after.number, atom.first, after.last))
        else:
            items.append(Item(atom.text, 1, atom.first, atom.last, assumed=True))
    return items, _bare(atoms, items)


def _loose(atoms: Sequence[Atom], at: int) -> str:
    """A2B may be two of A or two of B: the count must stand nearer to its own."""
    if at + 1 >= len(atoms):
        return ""
    follower = atoms[at + 1]
    counted = at + 2 < len(atoms) and atoms[at + 2].kind == COUNT
    if counted or LOOSE[atoms[at].joint] < LOOSE[follower.joint]:
        return ""
    return "quantity_unclear"


def _bare(atoms: Sequence[Atom], items: Sequence[Item]) -> str:
    """Packages without a count: A or B? AB? and A B2 are not for us to say."""
    pairs = list(pairwise(items))
    if any(a.assumed and not b.assumed for a, b in pairs):
        return "quantity_unclear"
    codes = [a for a in atoms if a.kind == CODE]
    for atom, (a, b) in zip(codes[1:], pairs, strict=True):
        if a.assumed and b.assumed and atom.joint == "/":
            return "alternatives"
        if a.assumed and b.assumed and atom.joint in ("", ":", "*"):
            return "quantity_unclear"
    return ""


def _each(atoms: Sequence[Atom]) -> Read:
    """A、C各两份, 各1份AB; what stands beside such a group has its own counts."""
    at = next(i for i, a in enumerate(atoms) if a.kind == EACH)
    if sum(a.kind == EACH for a in atoms) > 1:
        return [], "quantity_unclear"
    if at == 0:
        return _each_first(atoms)
    count = atoms[at + 1] if at + 1 < len(atoms) else None
    if count is None or count.kind != COUNT:
        return [], "quantity_unclear"
    start = next((i + 1 for i in range(at - 1, -1, -1) if atoms[i].kind != CODE), 0)
    group, rest = atoms[start:at], atoms[at + 2 :]
    if len(group) < 2:
        return [], "each_unclear"
    items = [Item(a.text, count.number, a.first, count.last) for a in group]
    ahead, fault = _counted(atoms[:start])
    behind, fault_behind = _counted(rest)
    return ahead + items + behind, fault or fault_behind


def _counted(atoms: Sequence[Atom]) -> Read:
    """What stands beside such a group: A2，BC各1, each with a count of its own behind it."""
    if not atoms:
        return [], ""
    items, fault = _plain(atoms)
    if any(item.assumed for item in items) or atoms[0].kind == COUNT:
        fault = fault or "quantity_unclear"
    return items, fault


def _each_first(atoms: Sequence[Atom]) -> Read:
    counts = [a for a in atoms if a.kind == COUNT]
    codes = [a for a in atoms if a.kind == CODE]
    if len(counts) != 1 or len(codes) < 2 or atoms[1].kind == CODE:
        return _each_codes(atoms, codes, counts)
    return [Item(a.text, counts[0].number, a.first, a.last) for a in codes], ""


def _each_codes(
    atoms: Sequence[Atom], codes: Sequence[Atom], counts: Sequence[Atom]
) -> Read:
    """各A1: one package for each of several homes, which the homes must bear out."""
    if len(codes) == 1 and len(counts) == 1:
        return [
            Item(codes[0].text, counts[0].number, atoms[0].first, atoms[-1].last)
        ], ""
    return [], "each_unclear"
