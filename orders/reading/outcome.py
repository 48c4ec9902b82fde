"""What the reading of one line comes to, before lines are held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from orders.reading.entries import Entry
from orders.reading.homes import Place
from orders.reading.shapes import Change, Understood, Verdict, Why


@dataclass(frozen=True)
class Scope:
    """The building that a line may leave out; ``unsure`` where two could be meant."""

    building: str = ""
    unit: str = ""
    unsure: bool = False
    units: bool = False  # a row named a unit of its own, so the building has some
    past: bool | None = None  # 昨天的接龙, or 今天接龙; None where no day is said


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    why: Why
    orders: tuple[Understood, ...] = ()
    header: Scope | None = None  # set by a header line for those below it
    totals: dict[str, dict[str, int]] = field(default_factory=dict)  # by building
    opened: str = ""  # a building named with a colon, which may hold for what follows


def review(code: str, orders: Sequence[Understood] = (), **args: str) -> Outcome:
    return Outcome(Verdict.REVIEW, Why(code, args), tuple(orders))


def ignored(code: str, **args: str) -> Outcome:
    return Outcome(Verdict.IGNORE, Why(code, args))


def scoped(place: Place, scope: Scope) -> Place:
    """The place with its building from the header or the scope, where it has none."""
    if place.building or place.unclear or scope.unsure or not place.room:
        return place
    if not scope.building:
        return place
    return Place(
        scope.building,
        place.unit or scope.unit,
        place.room,
        assumed=("building",),
    )


def understood(
    entry: Entry,
    *,
    change: Change | None = None,
    dropped: tuple[str, ...] = (),
    items: dict[str, int] | None = None,
) -> Understood:
    guessed = any(i.assumed for i in entry.items) and items is None
    place = entry.place
    return Understood(
        building=place.building,
        unit=place.unit,
        room=place.room,
        items={i.code: i.quantity for i in entry.items} if items is None else items,
        name=entry.name,
        phone=entry.phone,
        note="；".join(dict.fromkeys(n for n in entry.notes if n)),
        assumed=(*place.assumed, *(("quantity",) if guessed else ())),
        change=change,
        dropped=dropped,
    )
