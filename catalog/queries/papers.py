"""Which papers a supplier must hold, and how long they are good for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.models import Supplier, SupplierPaper

REQUIRED = (SupplierPaper.Kind.LICENCE, SupplierPaper.Kind.FOOD)
SOON = timedelta(days=30)


@dataclass(frozen=True)
class PaperState:
    """One kind of paper on one day: ``good``, ``soon``, ``expired`` or ``none``."""

    kind: str
    label: str
    state: str
    expires_on: date | None

    @property
    def is_valid(self) -> bool:
        return self.state in ("good", "soon")


def paper_states(supplier: Supplier, *, on: date) -> list[PaperState]:
    """Every required kind, and every other kind the supplier holds, by its newest paper."""
    newest: dict[str, date] = {}
    for paper in supplier.papers.all():
        newest[paper.kind] = max(paper.expires_on, newest.get(paper.kind, date.min))
    kinds = [k for k in SupplierPaper.Kind if k in REQUIRED or k in newest]
    return [_state(SupplierPaper.Kind(k), newest.get(k), on) for k in kinds]


def _state(kind: SupplierPaper.Kind, expires_on: date | None, on: date) -> PaperState:
    if expires_on is None:
        state = "none"
    elif expires_on < on:
        state = "expired"
    else:
        state = "soon" if expires_on < on + SOON else "good"
    return PaperState(kind.value, str(kind.label), state, expires_on)


def worst(states: Iterable[PaperState]) -> PaperState | None:
    """The one to look at first: a missing or expired paper, else the next to expire."""
    order = ["none", "expired", "soon", "good"]
    ranked = sorted(
        states, key=lambda s: (order.index(s.state), s.expires_on or date.min)
    )
    return ranked[0] if ranked else None
