"""``python -m tests.bench``: measure, print one table, write ``var/bench.json``."""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import servers
from tests.bench.limits import LIMITS, Limit

ROOT = servers.ROOT


def main() -> int:
    """0 when everything could be measured, whether or not it is good enough."""
    quick = bool(os.environ.get("QUICK"))
    only = set(sys.argv[1:])
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)  # PostgreSQL may run as another user
    started = time.monotonic()
    try:
        with servers.database(folder / "postgres") as url:
            servers.environment(folder, url)
            from tests.bench.measures import measure  # noqa: PLC0415 - needs settings

            figures, notes = measure(folder, url, quick=quick, only=only, say=say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    table(figures, notes)
    say(f"{time.monotonic() - started:.0f} s in all")
    save(figures)
    return 0


def say(text: str) -> None:
    """What is going on, for whoever waits."""
    sys.stderr.write(text + "\n")


def write(text: str) -> None:
    sys.stdout.write(text + "\n")


def table(figures: dict[str, list[tuple[float, float]]], notes: list[str]) -> None:
    write(
        f"\n{'':14}{'ratio':>9} {'bar':>9}       {'measured':>10} {'beside':>10}  what"
    )
    for limit in LIMITS:
        if limit.name in figures:
            value, base = median(figures[limit.name])
            ratio = value / base
            sign = "≥" if limit.at_least else "≤"
            word = "ok" if limit.holds(ratio) else "MISS"
            write(
                f"{limit.name:14}{short(ratio):>9} {sign}{short(limit.bar):>8}"
                f"  {word:4} {short(value):>10} {short(base):>10}  {limit.what}"
            )
    for note in notes:
        write(note)


def median(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """The pair whose ratio is the middle one."""
    ordered = sorted(pairs, key=lambda pair: pair[0] / pair[1])
    return ordered[(len(ordered) - 1) // 2]


def short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def save(figures: dict[str, list[tuple[float, float]]]) -> None:
    by_name: dict[str, Limit] = {limit.name: limit for limit in LIMITS}
    told = {}
    for name, pairs in figures.items():
        value, base = median(pairs)
        told[name] = {"value": value, "limit": by_name[name].bar, "ratio": value / base}
    path = ROOT / "var" / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
