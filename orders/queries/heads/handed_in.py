"""Which buildings have handed in for a batch, from when to when, and what still waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from catalog.models import Batch, ServedPlace
from groupbuy.community.models import Building, Compound, Membership, User
from groupbuy.community.queries.visible import compounds_of
from orders.models import Chain, ChainLine
from orders.states import BY_HEADS, LineState, OrderState


@dataclass
class BuildingState:
    """One building with a head, or with orders by one. ``waiting`` lines need a person."""

    building: Building
    homes: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    pasted_at: datetime | None = None
    waiting: int = 0

    @property
    def state(self) -> str:
        """``handed_in``, ``review`` (lines wait) or ``nothing``."""
        if self.waiting:
            return "review"
        return "handed_in" if self.homes else "nothing"


def batches_with_heads(user: User) -> QuerySet[Batch]:
    """Batches that come to a compound this person looks after."""
    places = ServedPlace.objects.filter(compound__in=compounds_of(user))
    found = Batch.objects.filter(group_buy__in=places.values("group_buy"))
    return found.select_related("group_buy__town")


def handed_in(batch: Batch, user: User) -> list[tuple[Compound, list[BuildingState]]]:
    """By compound, as people count buildings; four queries."""
    orders = {(row["compound"], row["building"]): row for row in _orders(batch)}
    chains, waiting = _chains(batch), _waiting(batch)
    states = []
    for building in _served(batch, user):
        mine = orders.get((building.compound_id, building.name), {})
        state = BuildingState(building, **_told(mine))
        state.pasted_at = chains.get(building.pk)
        state.waiting = waiting.get(building.pk, 0)
        if mine or state.pasted_at or building.has_head:  # type: ignore[attr-defined]
            states.append(state)
    return [
        (compound, list(found))
        for compound, found in groupby(states, key=lambda s: s.building.compound)
    ]


def _served(batch: Batch, user: User) -> Iterable[Building]:
    places = ServedPlace.objects.filter(group_buy=batch.group_buy_id)
    whole = places.filter(building__isnull=True).values("compound")
    here = Q(compound__in=whole) | Q(pk__in=places.values("building"))
    account = Q(membership__role=Membership.Role.HEAD, membership__is_active=True)
    link = Q(head_links__isnull=False, head_links__revoked_at__isnull=True)
    return (
        Building.objects.filter(here, compound__in=compounds_of(user))
        .annotate(has_head=Count("pk", filter=account | link))
        .select_related("compound__committee")
        .order_by("compound__committee__code", "compound__name", "compound", "sort")
    )


def _orders(batch: Batch) -> Iterable[Mapping[str, Any]]:
    mine = batch.orders.filter(state=OrderState.STANDING, channel__in=BY_HEADS)
    return mine.values("compound", "building").annotate(
        homes=Count("home_key", distinct=True),
        first_at=Min("placed_at"),
        last_at=Max("placed_at"),
    )


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("homes", "first_at", "last_at") if name in row}


def _chains(batch: Batch) -> dict[int, datetime]:
    """When each building's newest paste came."""
    newest = Chain.objects.filter(batch=batch).order_by().values("building")
    pairs = newest.annotate(at=Max("pasted_at")).values_list("building", "at")
    return dict(pairs)


def _waiting(batch: Batch) -> dict[int, int]:
    """Lines of each building's newest paste that nobody has decided on."""
    newest = Chain.objects.filter(batch=batch).order_by().values("building")
    counting = newest.annotate(newest=Max("pk")).values("newest")
    lines = ChainLine.objects.filter(chain__in=counting, state=LineState.WAITING)
    counts = lines.order_by().values("chain__building").annotate(count=Count("pk"))
    return dict(counts.values_list("chain__building", "count"))
