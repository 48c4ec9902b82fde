"""The table of all rows, for people and as ``var/chaos.json``."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.chaos.told import FAIL, OK, SKIPPED, Told

HEAD = (
    f"{'fault':<21}{'ordered':>8} {'refused':<20}{'lost':>5}{'usual':>7}"
    f"{'slowest':>9}{'back':>7}{'took':>7}  verdict"
)


def lines(rows: Iterable[Told]) -> list[str]:
    """Every row's figures, and below them what was done and what was seen."""
    told = ["", HEAD]
    for row in rows:
        told += _row(row)
    return told


def _row(row: Told) -> list[str]:
    if row.skipped:
        return [f"{row.name:<21}!!! {SKIPPED}: {row.skipped}"]
    refused = ", ".join(f"{n} × {word}" for word, n in sorted(row.refused.items()))
    back = "-" if row.back is None else f"{row.back:.1f} s"
    figures = (
        f"{row.name:<21}{row.accepted:>8} {refused or '-':<20}{row.lost:>5}"
        f"{1000 * row.usual:>4.0f} ms{1000 * row.slowest:>6.0f} ms{back:>7}{row.seconds:>5.0f} s  {row.word}"
    )
    said = "; ".join([row.done, *row.notes])
    return [figures, f"    {said}", *(f"    !!! {fault}" for fault in row.faults)]


def end(rows: list[Told], seconds: float, isolation: str) -> list[str]:
    """The last lines: whatever was left out is said once more."""
    told = [""]
    if isolation:
        told.append(f"!!! NOT ISOLATED from this machine's network: {isolation}")
    told += [f"!!! {SKIPPED} {row.name}: {row.skipped}" for row in rows if row.skipped]
    counts = {word: sum(r.word == word for r in rows) for word in (OK, FAIL, SKIPPED)}
    summary = ", ".join(f"{n} {word}" for word, n in counts.items())
    return [*told, f"{len(rows)} faults: {summary}; {seconds:.0f} s in all"]


def save(rows: Iterable[Told], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    told = {row.name: vars(row) | {"verdict": row.word} for row in rows}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def status(rows: Iterable[Told]) -> int:
    """1 if a row failed; what was skipped is only said, loudly."""
    return int(any(row.word == FAIL for row in rows))
