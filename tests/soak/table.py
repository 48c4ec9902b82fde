"""The soak by minute, its memory by process, and one verdict: for people and as JSON."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.chaos.told import FAIL, OK
from tests.soak.minute import GROWTH, Minute, ratios

COLUMNS = (
    *("minute", "ordered", "changed", "taken", "refused", "usual", "95%", "slowest"),
    *("closed", "printed", "verify", "memory", "sessions", "idle", "locks", "queue"),
)
WHO = {  # and what they do; what is changed and taken back has a column
    "looks": ("link", "my order", "change form", "cancel form"),
    "chains handed in": ("hand in",),
    "ticks": ("gate", "door", "whole building"),
    "staff's pages": ("desk", "batch page", "progress", "alarms"),
}


def head() -> str:
    return "".join(f"{name:>9}" for name in COLUMNS) + "  verdict"


def lines(minute: Minute) -> list[str]:
    """A line of figures, and below it who else was there and what failed."""
    acts, seen, held = minute.acts, minute.sessions, minute.reading
    refused = minute.refused.total() + acts["busy"]
    cells = (
        *(minute.name, minute.accepted, acts["change"], acts["cancel"], refused),
        *(ms(minute.usual), ms(minute.tail), ms(minute.slowest)),
        *(seconds(minute.closed), seconds(minute.printed), seconds(minute.verified)),
        *(f"{held.whole:.0f} MB", held.sessions),
        *(seconds(seen.idle), seconds(seen.waiting), held.queue),
    )
    figures = "".join(f"{cell:>9}" for cell in cells)
    others = [f"{sum(acts[x] for x in what)} {who}" for who, what in WHO.items()]
    faults = [f"    !!! {fault}" for fault in minute.faults]
    return [f"{figures}  {minute.word}", f"    {', '.join(others)}", *faults]


def ms(value: float) -> str:
    return f"{1000 * value:.0f} ms"


def seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} s"


def memory(first: Minute, last: Minute) -> list[str]:
    """MB of every process after the first minute and at the end."""
    told = ["", f"{'process':<18}{'minute 1':>10}{'end':>10}{'ratio':>8}"]
    for name, (was, now) in ratios(first.reading, last.reading).items():
        told.append(f"{name:<18}{was:>7.0f} MB{now:>7.0f} MB{now / (was or 1):>8.2f}")
    counts = first.reading.sessions, last.reading.sessions
    ratio = counts[1] / (counts[0] or 1)
    return [*told, f"{'sessions':<18}{counts[0]:>10}{counts[1]:>10}{ratio:>8.2f}"]


def verdict(minutes: list[Minute], took: float, isolation: str) -> list[str]:
    """The last lines."""
    told = [f"!!! NOT ISOLATED from this machine's network: {isolation}"]
    faults = sum(len(minute.faults) for minute in minutes)
    ordered = sum(minute.accepted for minute in minutes)
    word = f"{FAIL}: {faults} faults" if status(minutes) else OK
    said = f"{ordered} orders; memory may grow to {GROWTH} times; {took:.0f} s in all"
    return ["", *(told if isolation else []), f"{word}; {said}"]


def save(minutes: list[Minute], path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    told = {
        "verdict": FAIL if status(minutes) else OK,
        "minutes": [told_of(minute) for minute in minutes],
    }
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def told_of(minute: Minute) -> dict[str, object]:
    parts = {name: vars(getattr(minute, name)) for name in ("sessions", "reading")}
    return vars(minute) | parts | {"verdict": minute.word}


def status(minutes: Iterable[Minute]) -> int:
    """1 if anything failed in any minute."""
    return int(any(minute.word == FAIL for minute in minutes))
