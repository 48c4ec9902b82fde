"""Homes to be called: on the committee's call list, without an order in this batch."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, Q

from catalog.models import Batch, ServedPlace
from groupbuy.community.models import Building, Committee, Household
from orders.models import Call
from orders.states import OrderState


@dataclass(frozen=True)
class ToCall:
    """One home without an order; ``call`` once somebody rang it up."""

    household: Household
    call: Call | None

    @property
    def key(self) -> str:
        """As the grid names the home, to order for it at once."""
        return f"{self.household.unit}/{self.household.room}"


@dataclass(frozen=True)
class CallList:
    """``buildings`` as people count; ``ordered`` homes of the list need no call."""

    buildings: list[tuple[Building, list[ToCall]]]
    ordered: int

    @property
    def homes(self) -> list[ToCall]:
        return [home for _building, homes in self.buildings for home in homes]

    @property
    def open(self) -> int:
        return sum(home.call is None for home in self.homes)


def call_list(batch: Batch, committee: Committee) -> CallList:
    """Three queries; never a phone number: the roster has none."""
    homes = list(_care_homes(batch, committee))
    ordered = set(
        batch.orders.filter(
            compound__committee=committee, state=OrderState.STANDING
        ).values_list("home_key", flat=True)
    )
    open_homes = [home for home in homes if _key(home) not in ordered]
    by_building = groupby(open_homes, key=lambda home: home.building)
    return CallList(
        [(building, [_to_call(h) for h in found]) for building, found in by_building],
        ordered=len(homes) - len(open_homes),
    )


def _care_homes(batch: Batch, committee: Committee) -> Iterable[Household]:
    places = ServedPlace.objects.filter(group_buy=batch.group_buy_id)
    whole = places.filter(building__isnull=True).values("compound")
    served = Q(building__compound__in=whole) | Q(building__in=places.values("building"))
    calls = Call.objects.filter(batch=batch).select_related("by")
    return (
        Household.objects.filter(
            served, on_call_list=True, building__compound__committee=committee
        )
        .select_related("building__compound")
        .prefetch_related(Prefetch("calls", calls, to_attr="batch_calls"))
        .order_by("building__compound__name", "building__sort", "building", "sort")
    )


def _key(home: Household) -> str:
    place = home.building
    return f"{place.compound_id}/{place.name}/{home.unit}/{home.room}"


def _to_call(home: Household) -> ToCall:
    return ToCall(home, next(iter(home.batch_calls), None))  # type: ignore[attr-defined]
