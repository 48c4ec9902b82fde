"""Sums of a chain: what will be handed in, and the total lines that people write."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.models import Stock
from orders.models import ChainLine
from orders.queries.chains import Work, is_elsewhere
from orders.reading.fold import fold


@dataclass(frozen=True)
class PackageTotal:
    """One package of the building after handing in; ``now`` of it is not ordered yet."""

    stock: Stock
    pieces: int
    now: int

    @property
    def cents(self) -> int:
        return self.pieces * self.stock.price_cents


@dataclass(frozen=True)
class Covered:
    """A total line against the lines above it: (code, as said, as read) where they differ."""

    wrong: list[tuple[str, int, int]]

    @property
    def differs(self) -> bool:
        return bool(self.wrong)


def package_totals(work: Work) -> list[PackageTotal]:
    pieces: dict[str, int] = {}
    before: dict[str, int] = {}
    for wanted in work.fold.homes:
        _add(before, wanted.held)
        _add(pieces, wanted.items if wanted.is_ready else wanted.held)
    return [
        PackageTotal(
            row, pieces.get(code, 0), pieces.get(code, 0) - before.get(code, 0)
        )
        for code, row in sorted(work.stock.items())
        if pieces.get(code) or before.get(code)
    ]


def covered(work: Work, check: ChainLine) -> Covered | None:
    """Right if it is the sum of all lines above, or of those since the last total.

    None where the line names no number of pieces.
    """
    said: dict[str, int] = {}
    for row in check.understood:
        _add(said, row["items"])
    if not said:
        return None
    above = [line for line in work.lines if line.number < check.number]
    last = max((n.number for n in above if n.verdict == "check"), default=0)
    since = _sum(work, [line for line in above if line.number > last])
    everything = _sum(work, above)
    if said in (_only(since, said), _only(everything, said)):
        return Covered([])
    return Covered(
        [
            (c, n, everything.get(c, 0))
            for c, n in said.items()
            if n != everything.get(c)
        ]
    )


def _only(items: Mapping[str, int], said: Mapping[str, int]) -> dict[str, int]:
    return {code: items.get(code, 0) for code in said}


def _sum(work: Work, lines: list[ChainLine]) -> dict[str, int]:
    """What the lines come to as they are decided; other buildings' as they were read."""
    own = [entry for line in lines for entry in work.entries_of(line)]
    found: dict[str, int] = {}
    for wanted in fold(own, {}, {}).homes:
        _add(found, wanted.items)
    for line in lines:
        if is_elsewhere(line.understood, work.building.name) and _is_order(line):
            for row in line.understood:
                _add(found, row["items"])
    return found


def _is_order(line: ChainLine) -> bool:
    return line.verdict == ChainLine.Verdict.ORDER


def _add(into: dict[str, int], items: Mapping[str, int]) -> None:
    for code, number in items.items():
        into[code] = into.get(code, 0) + number
