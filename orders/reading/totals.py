"""Total lines: what they say, and whether the lines above bear it out."""

from collections import Counter
from collections.abc import Mapping

from orders.reading.atoms import codes_of
from orders.reading.entries import Entries
from orders.reading.known import Known
from orders.reading.outcome import Outcome, review
from orders.reading.pieces import Taken
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.words import Tag

ALL = ""  # stands for the sum over every package
Totals = dict[str, int]


def total(taken: Taken, found: Entries, known: Known) -> Outcome:
    """A check line: packages and counts, by the buildings it names, or "" for none."""
    said = _said(taken, found, known)
    if said is None:
        return review("total_unclear")
    orders = tuple(
        Understood(building, items={c: n for c, n in totals.items() if c != ALL})
        for building, totals in said.items()
    )
    return Outcome(Verdict.CHECK, Why("check"), orders, totals=said)


def _said(taken: Taken, found: Entries, known: Known) -> dict[str, Totals] | None:
    """Counts by building and package; None where a package has two of them."""
    said: dict[str, Totals] = {}
    inside = {i for e in found.homes for i in range(e.first, e.last)}
    starts = {e.first: e.place.building for e in found.homes}
    building, named = "", list[str]()
    for at, token in enumerate(taken.tokens):
        building = starts.get(at, building)
        if at in inside:
            continue
        if codes := codes_of(token, known):
            named += codes
        elif token.number and _counting(taken, at):
            totals = said.setdefault(building, {})
            for code in named or [ALL]:
                if totals.setdefault(code, int(token.number)) != int(token.number):
                    return None
            named = []
    return None if named else said or {building: {}}


def _counting(taken: Taken, at: int) -> bool:
    """A number of packages, not of households, yuan or hours."""
    after = taken.tokens[at + 1].tag if at + 1 < len(taken.tokens) else None
    others = (Tag.HOMES, Tag.MONEY, Tag.TIME, Tag.AGE)
    return after not in others and len(taken.tokens[at].number) <= 4


def differences(said: Mapping[str, int], counted: Counter[str]) -> dict[str, str]:
    """Per package "said/counted" where they differ."""
    read = {**counted, ALL: sum(counted.values())}
    codes = set(said) if ALL in said else set(said) | set(counted)
    return {
        code: f"{said.get(code, 0)}/{read.get(code, 0)}"
        for code in sorted(codes)
        if said.get(code, 0) != read.get(code, 0)
    }
