"""Total lines: what they say, and whether the lines above bear it out."""

from collections import Counter
from collections.abc import Sequence

from orders.reading.atoms import split_codes
from orders.reading.entries import Entries
from orders.reading.known import Known
from orders.reading.outcome import Outcome, review
from orders.reading.pieces import Taken
from orders.reading.shapes import Understood, Verdict, Why
from orders.reading.tokens import LETTERS, Token
from orders.reading.words import Tag

ALL = ""  # stands for the sum over every package


def total(taken: Taken, found: Entries, known: Known) -> Outcome:
    """A check line by its packages and counts; the building it names, if any."""
    said = totals(taken.tokens, found, known)
    if said is None:
        return review("total_unclear")
    named = [e.place for e in found.homes if e.place.building and not e.place.room]
    building = named[0].building if len(named) == 1 else ""
    items = {code: count for code, count in said.items() if code != ALL}
    return Outcome(
        Verdict.CHECK,
        Why("check"),
        (Understood(building=building, items=items),),
        totals=said,
        building=building,
    )


def totals(
    tokens: Sequence[Token], found: Entries, known: Known
) -> dict[str, int] | None:
    """Counts by package, ALL for one without; None where it cannot be read."""
    said: dict[str, int] = {}
    named: list[str] = []
    inside = {i for e in found.homes for i in range(e.first, e.last)}
    for at, token in enumerate(tokens):
        if at in inside:
            continue
        if codes := _codes(token, known):
            named = named + codes
            continue
        if not token.number or not _counting(tokens, at):
            continue
        for code in named or [ALL]:
            if said.setdefault(code, int(token.number)) != int(token.number):
                return None
        named = []
    return None if named else said


def _codes(token: Token, known: Known) -> list[str]:
    if token.code:
        return [token.code]
    return split_codes(token.text, known) if token.kind == LETTERS else []


def _counting(tokens: Sequence[Token], at: int) -> bool:
    """A number of packages, not of households, yuan or hours."""
    after = tokens[at + 1].tag if at + 1 < len(tokens) else None
    return after not in (Tag.HOMES, Tag.MONEY, Tag.TIME, Tag.AGE) and (
        len(tokens[at].number) <= 4
    )


def differences(said: dict[str, int], counted: Counter[str]) -> dict[str, str]:
    """Per package "said/counted" where they differ."""
    known = {**counted, ALL: sum(counted.values())}
    codes = set(said)
    if ALL not in said:
        codes |= set(counted)
    return {
        code: f"{said.get(code, 0)}/{known.get(code, 0)}"
        for code in sorted(codes)
        if said.get(code, 0) != known.get(code, 0)
    }
