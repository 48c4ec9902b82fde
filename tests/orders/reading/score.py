"""Judge the reader of chat lines on a file of invented ones.

``.venv/bin/python -m tests.orders.reading.score FILE`` prints what the reader accepted
wrongly, what share of the true orders and of the other verdicts it got right, and every
miss. A file is a list of ``{"id", "text", "expect": [one per non-empty line], "because"}``
and, where they matter, ``address``, ``building``, ``compound``, ``homes`` and ``offers``.
A value in a list is any one of several that are right.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orders.reading.chain import read
from orders.reading.shapes import Line, Offer, Setting, Understood

USUAL = tuple(Offer(code, f"{code}套餐", 0, 5) for code in "ABC")


@dataclass(frozen=True)
class Judged:
    """One line of one case: what was expected of it, and what the reader said."""

    id: str
    text: str
    expected: Mapping[str, Any]
    line: Line | None

    @property
    def wanted(self) -> str:
        verdict = self.expected["verdict"]
        return verdict if isinstance(verdict, str) else "|".join(verdict)

    @property
    def said(self) -> str:
        return self.line.verdict.value if self.line else "nothing"

    @property
    def is_right(self) -> bool:
        if self.said not in self.wanted.split("|"):
            return False
        return self.said != "order" or self.same_homes

    @property
    def same_homes(self) -> bool:
        wanted = self.expected.get("orders", [])
        got = list(self.line.orders) if self.line else []
        return len(wanted) == len(got) and all(
            any(same_home(one, order) for order in got) for one in wanted
        )

    @property
    def is_wrongly_accepted(self) -> bool:
        return self.said == "order" and not self.is_right

    @property
    def lost(self) -> list[str]:
        """Names, phones and notes that a rightly read order should have kept."""
        if self.said != "order" or not self.is_right or not self.line:
            return []
        return [
            f"{part}={one[part]}"
            for one in self.expected["orders"]
            for part in ("name", "phone", "note")
            if part in one and not kept(one, part, self.line.orders)
        ]


def allowed(wanted: str | list[str], got: str) -> bool:
    return got == wanted if isinstance(wanted, str) else got in wanted


def same_home(wanted: Mapping[str, Any], got: Understood) -> bool:
    return (
        allowed(wanted["building"], got.building)
        and allowed(wanted.get("unit", ""), got.unit)
        and allowed(wanted["room"], got.room)
        and dict(got.items) == wanted["items"]
    )


def kept(wanted: Mapping[str, Any], part: str, orders: tuple[Understood, ...]) -> bool:
    values = [getattr(order, part) for order in orders if same_home(wanted, order)]
    if part == "note":
        return any(wanted[part] in value for value in values)
    return wanted[part] in values


def setting(case: Mapping[str, Any]) -> Setting:
    offers = tuple(
        Offer(
            one["code"],
            one["name"],
            one["price_cents"],
            one["limit"],
            tuple(one.get("aliases", ())),
        )
        for one in case.get("offers", ())
    )
    return Setting(
        offers=offers or USUAL,
        building=case.get("building", ""),
        address=case.get("address", ""),
        compound=case.get("compound", ""),
        homes=frozenset((b, u, r) for b, u, r in case.get("homes", ())),
    )


def judged(case: Mapping[str, Any]) -> Iterator[Judged]:
    lines = read(case["text"], setting(case))
    texts = [text.strip() for text in case["text"].splitlines() if text.strip()]
    for place, (text, expected) in enumerate(zip(texts, case["expect"], strict=True)):
        line = lines[place] if place < len(lines) else None
        yield Judged(case["id"], text, expected, line)


def judge(path: Path) -> list[Judged]:
    """Every line of the file, judged."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    return [line for case in cases for line in judged(case)]


def understood(line: Line | None) -> str:
    homes = [
        f"{order.building}/{order.unit}/{order.room} {dict(order.items)}"
        for order in (line.orders if line else ())
    ]
    return "; ".join(homes)


def told(line: Judged) -> str:
    wanted = "; ".join(
        f"{one['building']}/{one.get('unit', '')}/{one['room']} {one['items']}"
        for one in line.expected.get("orders", [])
    )
    why = f" ({line.line.why.code})" if line.line else ""
    return (
        f"  {line.id}  {line.text!r}\n"
        f"      wanted {line.wanted} {wanted}\n"
        f"      said   {line.said} {understood(line.line)}{why}"
    )


def share(lines: list[Judged]) -> str:
    right = sum(line.is_right for line in lines)
    return f"{right} of {len(lines)} ({right / max(len(lines), 1):.1%})"


def summary(lines: list[Judged]) -> Iterator[str]:
    accepted = [line for line in lines if line.is_wrongly_accepted]
    ids = " ".join(line.id for line in accepted)
    yield f"wrong silent acceptances: {len(accepted)} {ids}"
    yield f"true orders read: {share([x for x in lines if x.wanted == 'order'])}"
    others = [line for line in lines if line.wanted != "order"]
    yield f"other verdicts right: {share(others)}"
    for verdict, _ in Counter(line.wanted for line in others).most_common():
        yield f"  {verdict}: {share([x for x in others if x.wanted == verdict])}"


def details(lines: list[Judged]) -> Iterator[str]:
    yield "misses:"
    yield from (told(line) for line in lines if not line.is_right)
    yield "read, but a name, phone or note was lost:"
    for line in lines:
        if line.lost:
            yield f"  {line.id}  {line.text!r}  {', '.join(line.lost)}"


def main(path: str) -> None:
    lines = judge(Path(path))
    for text in (*summary(lines), *details(lines)):
        sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
