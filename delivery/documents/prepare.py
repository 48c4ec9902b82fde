"""From a document's data to the JSON that its template reads: all checked, nothing of markup."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from delivery.documents.arrange import Plain, in_order, sheets, sums
from delivery.documents.faults import DocumentFault
from delivery.documents.ink import Ink, columns
from delivery.documents.qr import svg
from delivery.documents.shapes import (
    BuildingSection,
    Change,
    Contact,
    DifferenceData,
    HomeRow,
    ListData,
    NoticeData,
    SupplyData,
    SupplyStop,
)
from delivery.documents.words import WORDS

LINES_A_SLIP = 4
ONE_LINE_OF_NOTE = 34  # half-width columns; a longer note takes the place of a package


def contact(who: Contact, ink: Ink) -> Plain:
    """An office's name and phone."""
    return {"name": ink.staff(who.name, 24), "phone": ink.staff(who.phone, 20)}


def common(data: ListData | SupplyData | DifferenceData, ink: Ink) -> Plain:
    """What head and foot of every list and order say."""
    return {
        "town": ink.staff(data.town, 20),
        "group_buy": ink.staff(data.group_buy, 30),
        "delivery": ink.staff(data.delivery, 40),
        "version": data.version,
        "made_at": ink.staff(data.made_at, 30),
        "contact": contact(data.contact, ink),
    }


def homes_of(data: ListData) -> int:
    """How many homes a list serves; a list of none would be blank paper."""
    homes = sum(len(b.homes) for gate in data.gates for b in gate.buildings)
    if not homes:
        raise DocumentFault(f"no home on the list of {data.compound}")
    return homes


def list_payload(data: ListData, ink: Ink) -> Plain:
    """The pickup list of one compound."""
    homes_of(data)
    return common(data, ink) | {
        "compound": ink.staff(data.compound, 20),
        "window": ink.staff(data.window, 30),
        "qr": svg(data.volunteer_url),
        "sheets": sheets(data, ink),
    }


def slips_of_home(
    home: HomeRow, building: BuildingSection, titles: dict[str, str], ink: Ink
) -> list[Plain]:
    """One slip, or several where a home gets more kinds than a slip has lines."""
    items = [
        {"code": code, "title": titles.get(code, ""), "quantity": quantity}
        for code, quantity in in_order(list(titles), sums([home]))
    ]
    note, who = ink.said(home.note, 36), ink.said(home.who, 8)
    long_place = columns(building.label + home.unit + home.room) > 14
    long_note = columns(note + who) > ONE_LINE_OF_NOTE
    lines = LINES_A_SLIP - long_place - long_note
    parts = [items[i : i + lines] for i in range(0, len(items), lines)]
    return [
        {
            "building": ink.place(building.label, 12),
            "unit": ink.place(home.unit, 8),
            "room": ink.place(home.room),
            "who": who,
            "note": note,
            "to_door": home.bring_to_door,
            "due": home.due_cents,
            "orders": [ink.place(n, 6) for n in home.order_numbers[:2]],
            "items": part,
            "pieces": sum(item["quantity"] for item in items),
            "part": i,
            "parts": len(parts),
        }
        for i, part in enumerate(parts, start=1)
    ]


def numbered(slips: list[list[Plain]], total: int, done: int) -> list[Plain]:
    """A building's slips with their counters; `done` homes went before."""
    return [
        slip | {"i": done + j, "n": total, "j": j, "m": len(slips)}
        for j, of_home in enumerate(slips, start=1)
        for slip in of_home
    ]


def slips_payload(data: ListData, ink: Ink) -> Plain:
    """A slip for every home, in the order of the list, over all gates."""
    made: list[Plain] = []
    homes = homes_of(data)
    done = 0
    for gate in data.gates:
        titles = {e.code: ink.staff(e.title, 14) for e in gate.expected}
        for b in gate.buildings:
            made += numbered(
                [slips_of_home(h, b, titles, ink) for h in b.homes], homes, done
            )
            done += len(b.homes)
    head = common(data, ink) | {"compound": ink.staff(data.compound, 20)}
    return head | {"slips": made}


def stop(at: SupplyStop, ink: Ink) -> Plain:
    """One gate of a supply order."""
    return {
        "compound": ink.staff(at.compound, 20),
        "gate": ink.staff(at.gate, 20),
        "address": ink.staff(at.address),
        "contact": contact(at.contact, ink),
        "window": ink.staff(at.window, 30),
        "quantities": dict(at.items),
        "sum": sum(quantity for _, quantity in at.items),
    }


def supply_payload(data: SupplyData, ink: Ink) -> Plain:
    """What one supplier brings; its grand total must be the sum of its gates."""
    if not data.totals or not data.stops:
        raise DocumentFault(f"nothing is ordered from {data.supplier}")
    brought: Counter[str] = Counter()
    for at in data.stops:
        brought.update(dict(at.items))
    if +brought != +Counter({t.code: t.quantity for t in data.totals}):
        raise DocumentFault(f"totals of {data.supplier} are not the sum of its gates")
    return common(data, ink) | {
        "supplier": ink.staff(data.supplier, 24),
        "qr": svg(data.confirm_url) if data.confirm_url else "",
        "totals": [
            {
                "code": ink.staff(t.code, 6),
                "title": ink.staff(t.title, 30),
                "quantity": t.quantity,
            }
            for t in data.totals
        ],
        "stops": [stop(at, ink) for at in data.stops],
    }


def change(line: Change, ink: Ink) -> Plain:
    """One change; the sign is a character of its own, which a copier does not lose."""
    return {
        "number": line.number,
        "gate": ink.staff(line.gate, 16),
        "building": ink.place(line.building, 12),
        "room": ink.place(line.room, 14),
        "code": ink.staff(line.code, 4),
        "title": ink.staff(line.title, 18),
        "delta": ink.staff(f"{'+' if line.delta > 0 else '−'}{abs(line.delta)}"),
        "now": line.now,
        "to_door": line.bring_to_door,
    }


def difference_payload(data: DifferenceData, ink: Ink) -> Plain:
    """A compound's changes after printing; one of none would be blank paper."""
    if not data.changes:
        raise DocumentFault(f"nothing has changed in {data.compound}")
    return common(data, ink) | {
        "compound": ink.staff(data.compound, 20),
        "window": ink.staff(data.window, 30),
        "number": data.number,
        "qr": svg(data.volunteer_url) if data.volunteer_url else "",
        "changes": [change(line, ink) for line in data.changes],
    }


def notice_payload(data: NoticeData, ink: Ink) -> Plain:
    """The stairwell notice."""
    return {
        "town": ink.staff(data.town, 20),
        "compound": ink.staff(data.compound, 16),
        "title": ink.staff(data.title, 24),
        "low": data.from_cents,
        "high": data.to_cents,
        "cutoff": ink.staff(data.cutoff, 30),
        "delivery": ink.staff(data.delivery, 30),
        "window": ink.staff(data.window, 30),
        "contact": contact(data.contact, ink),
        "qr": svg(data.url),
        "site": ink.staff(data.site, 40),
        "check_code": ink.staff(data.check_code, 16),
    }


PAYLOADS: dict[str, Callable[[Any, Ink], Plain]] = {
    "list": list_payload,
    "slips": slips_payload,
    "supply": supply_payload,
    "difference": difference_payload,
    "notice": notice_payload,
}


def prepared(template: str, data: Any, language: str = "zh") -> tuple[Plain, set[str]]:
    """The payload of a document, and the characters that print as □ in it.

    Raises DocumentFault where staff's own text cannot be printed, or sums disagree.
    """
    ink = Ink()
    payload = PAYLOADS[template](data, ink)
    return payload | {"words": WORDS[language]}, ink.missing
