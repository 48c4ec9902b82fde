"""A pickup list arranged for the templates: the same homes by door, by package, by pile.

Everything here is sums and regrouping; order is never changed, so numeric order given
stays numeric order printed.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from delivery.documents.ink import Ink
from delivery.documents.shapes import (
    DOORS,
    GATE,
    PACKAGES,
    UNLOADING,
    BuildingSection,
    Expected,
    GateSection,
    HomeRow,
    ListData,
    Pieces,
)

Plain = dict[str, Any]


def sums(homes: Iterable[HomeRow]) -> Counter[str]:
    """Pieces of each package code."""
    total: Counter[str] = Counter()
    for home in homes:
        for code, quantity in home.items:
            total[code] += quantity
    return total


def in_order(codes: list[str], counted: Counter[str]) -> list[Pieces]:
    """The codes that occur, in the order of the offers, with their pieces."""
    known = [(code, n) for code in codes if (n := counted.get(code))]
    if len(known) == len(counted):
        return known
    return known + [(c, counted[c]) for c in sorted(set(counted) - set(codes))]


def floor(room: str) -> str:
    """201 is on floor 2, 1701 on 17; other rooms (甲, 102-2) tell nothing."""
    return room[:-2] if room.isdigit() and 3 <= len(room) <= 4 else ""


def runs_of_units(homes: Iterable[HomeRow]) -> list[tuple[str, list[HomeRow]]]:
    """Neighbouring homes of one unit together, as given."""
    runs: list[tuple[str, list[HomeRow]]] = []
    for home in homes:
        if not runs or runs[-1][0] != home.unit:
            runs.append((home.unit, []))
        runs[-1][1].append(home)
    return runs


def door(home: HomeRow, codes: list[str], ink: Ink, *, floor_starts: bool) -> Plain:
    """One line of the doors list."""
    return {
        "room": ink.place(home.room),
        "floor_starts": floor_starts,
        "items": in_order(codes, sums([home])),
        "who": ink.said(home.who, 8),
        "note": ink.said(home.note, 36),
        "to_door": home.bring_to_door,
        "due": home.due_cents,
        "orders": home.same_home_count,
    }


def doors(homes: Iterable[HomeRow], codes: list[str], ink: Ink) -> list[Plain]:
    """The lines of one unit; where floors hold several homes, each floor's first is marked."""
    homes = list(homes)
    floors = [floor(home.room) for home in homes]
    shared = 2 * len(set(floors)) <= len(floors)
    return [
        door(home, codes, ink, floor_starts=shared and i > 0 and here != floors[i - 1])
        for i, (home, here) in enumerate(zip(homes, floors, strict=True))
    ]


def cells(homes: Iterable[HomeRow], code: str, ink: Ink) -> list[Plain]:
    """The homes that get `code`, short enough for a grid."""
    return [
        {
            "room": ink.place(h.room),
            "quantity": quantity,
            "to_door": h.bring_to_door,
        }
        for h in homes
        if (quantity := sums([h])[code])
    ]


def head(building: BuildingSection, codes: list[str], ink: Ink) -> Plain:
    """What stands on top of a building: its name in big, homes and pieces."""
    counted = sums(building.homes)
    return {
        "label": ink.place(building.label, 12),
        "homes": len(building.homes),
        "pieces": counted.total(),
        "sums": in_order(codes, counted),
    }


def by_doors(gate: GateSection, codes: list[str], ink: Ink) -> list[Plain]:
    """building → room → package."""
    return [
        head(b, codes, ink)
        | {
            "units": [
                {"unit": ink.place(unit, 8), "homes": doors(homes, codes, ink)}
                for unit, homes in runs_of_units(b.homes)
            ]
        }
        for b in gate.buildings
        if b.homes
    ]


def grid(homes: Iterable[HomeRow], code: str, ink: Ink) -> list[Plain]:
    """The homes that get `code`, unit by unit."""
    runs = [
        {"unit": ink.place(unit, 8), "homes": cells(run, code, ink)}
        for unit, run in runs_of_units(homes)
    ]
    return [run for run in runs if run["homes"]]


def by_packages(gate: GateSection, codes: list[str], ink: Ink) -> list[Plain]:
    """building → package → room."""
    titles = {e.code: ink.staff(e.title) for e in gate.expected}
    return [
        head(b, codes, ink)
        | {
            "packages": [
                {
                    "code": code,
                    "title": titles.get(code, ""),
                    "quantity": quantity,
                    "units": grid(b.homes, code, ink),
                }
                for code, quantity in in_order(codes, sums(b.homes))
            ]
        }
        for b in gate.buildings
        if b.homes
    ]


def unloaded(expected: Expected, gate: GateSection, ink: Ink) -> Plain:
    """package → building → room, for one package."""
    piles = [
        {
            "label": ink.place(b.label, 12),
            "quantity": sums(b.homes)[expected.code],
            "units": grid(b.homes, expected.code, ink),
        }
        for b in gate.buildings
    ]
    return package(expected, ink) | {
        "supplier": ink.staff(expected.supplier, 16),
        "piles": [pile for pile in piles if pile["quantity"]],
    }


def package(expected: Expected, ink: Ink) -> Plain:
    """A package's line."""
    return {
        "code": ink.staff(expected.code, 4),
        "title": ink.staff(expected.title, 24),
        "quantity": expected.quantity,
    }


def suppliers(gate: GateSection, ink: Ink) -> list[Plain]:
    """What arrives, a block for each supplier, as given."""
    blocks: dict[str, list[Plain]] = {}
    for expected in gate.expected:
        blocks.setdefault(expected.supplier, []).append(package(expected, ink))
    return [
        {"supplier": ink.staff(name, 20), "packages": rows}
        for name, rows in blocks.items()
    ]


def gate_sheet(gate: GateSection, codes: list[str], ink: Ink) -> Plain:
    """Page 1 of a gate: what must arrive, and how to pile it."""
    return {
        "suppliers": suppliers(gate, ink),
        "total": sum(e.quantity for e in gate.expected),
        "codes": codes,
        "pile": [
            {"label": head(b, codes, ink)["label"], "cells": [c[x] for x in codes]}
            | {"sum": c.total()}
            for b in gate.buildings
            if (c := sums(b.homes))
        ],
    }


def sheet(part: str, gate: GateSection, ink: Ink) -> Plain:
    """One part of the list for one gate."""
    homes = [home for b in gate.buildings for home in b.homes]
    offered = list(dict.fromkeys(e.code for e in gate.expected))
    codes = offered + sorted(set(sums(homes)) - set(offered))
    made: Plain = {"kind": part, "gate": ink.staff(gate.name, 16)}
    made["address"] = ink.staff(gate.address)
    if part == GATE:
        return made | gate_sheet(gate, codes, ink)
    if part == DOORS:
        return made | {"buildings": by_doors(gate, codes, ink)}
    if part == PACKAGES:
        return made | {"buildings": by_packages(gate, codes, ink)}
    if part == UNLOADING:
        packages = [unloaded(e, gate, ink) for e in gate.expected]
        return made | {"packages": [p for p in packages if p["piles"]]}
    raise ValueError(f"no such part of a list: {part}")


def sheets(data: ListData, ink: Ink) -> list[Plain]:
    """Every part wanted of every gate, a gate after the other."""
    return [sheet(part, gate, ink) for gate in data.gates for part in data.parts]
