"""The plain data that each printed document needs, and nothing else.

No model, no phone of a resident and no reason for care can get in: there is no
field for them. Text arrives in the language of the document and already sorted
(rooms in numeric order); money is integer cents; dates are words with weekday.
"""

from dataclasses import dataclass, replace

GATE = "gate"
DOORS = "doors"
PACKAGES = "packages"
UNLOADING = "unloading"
PARTS = (GATE, DOORS, PACKAGES, UNLOADING)

Pieces = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for the committee or town; the phone is an office's."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """One package that a supplier brings to a gate: what was promised, in pieces."""

    supplier: str
    code: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One home and what it gets; several orders of a home are one row, packed together.

    `items` are (package code, pieces). `due_cents` is what is still to be paid at
    the door, 0 when nothing is. `who` is as given or masked, may be empty.
    """

    room: str
    items: tuple[Pieces, ...]
    unit: str = ""
    who: str = ""
    note: str = ""
    bring_to_door: bool = False
    due_cents: int = 0
    order_numbers: tuple[str, ...] = ()
    same_home_count: int = 1


@dataclass(frozen=True, slots=True)
class BuildingSection:
    """A building as stored (`name`: 3) and as people say it (`label`: 3号楼)."""

    name: str
    label: str
    homes: tuple[HomeRow, ...]


@dataclass(frozen=True, slots=True)
class GateSection:
    """A gate, what arrives there and the buildings that it serves."""

    name: str
    address: str
    expected: tuple[Expected, ...]
    buildings: tuple[BuildingSection, ...]


@dataclass(frozen=True, slots=True)
class ListData:
    """A compound's pickup list. `parts` are the sheets wanted, in printing order."""

    town: str
    compound: str
    group_buy: str
    delivery: str
    window: str
    version: int
    made_at: str
    contact: Contact
    volunteer_url: str
    gates: tuple[GateSection, ...]
    parts: tuple[str, ...] = PARTS

    def with_parts(self, *parts: str) -> "ListData":
        """The same list with only these sheets of it."""
        return replace(self, parts=parts)


@dataclass(frozen=True, slots=True)
class PackageTotal:
    """All pieces of one package."""

    code: str
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class SupplyStop:
    """One gate where a supplier unloads: where, whom to call, what."""

    compound: str
    gate: str
    address: str
    contact: Contact
    window: str
    items: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class SupplyData:
    """What one supplier brings, gate by gate; it holds no person's datum."""

    town: str
    supplier: str
    group_buy: str
    delivery: str
    version: int
    made_at: str
    contact: Contact
    totals: tuple[PackageTotal, ...]
    stops: tuple[SupplyStop, ...]
    confirm_url: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a difference sheet: so many more (or fewer) of one package for one home.

    ``room`` with its unit (1-502); ``now`` is what the home gets of it in the end, so that
    nobody reckons twice.
    """

    number: int
    gate: str
    building: str
    room: str
    code: str
    title: str
    delta: int
    now: int
    bring_to_door: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceData:
    """What changed in one compound after printing, up to ``number``; no phone, no reason.

    ``version`` is the printed list's, 0 where the compound has none.
    """

    town: str
    compound: str
    group_buy: str
    delivery: str
    window: str
    number: int
    version: int
    made_at: str
    contact: Contact
    volunteer_url: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class NoticeData:
    """The notice for a stairwell. Prices in cents; `cutoff` says day, weekday and time.

    `site` is the domain in words; `check_code` is what the office confirms by phone.
    """

    town: str
    compound: str
    title: str
    from_cents: int
    to_cents: int
    cutoff: str
    delivery: str
    window: str
    contact: Contact
    url: str
    site: str
    check_code: str
