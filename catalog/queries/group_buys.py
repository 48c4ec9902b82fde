"""Group buys as the staff's pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase

from django.db.models import Count, Prefetch, Q, QuerySet

from catalog.models import Batch, GroupBuy, ServedPlace
from catalog.queries.rhythm import delivery_days, next_delivery_after
from catalog.queries.supply import OfferedAt, offered_at
from catalog.queries.visible import group_buys_of
from groupbuy.community.models import Building, Committee, Compound, Town, User
from groupbuy.shared.clock import day_of


@dataclass(frozen=True)
class GroupBuyRow:
    """One group buy with its next days: what is open now, what comes after."""

    group_buy: GroupBuy
    open_batch: Batch | None
    next_day: date | None

    @property
    def state(self) -> str:
        """``draft``, ``running`` or ``ended``."""
        if self.group_buy.ended_at:
            return "ended"
        return "running" if self.group_buy.published_at else "draft"


def group_buy_rows(
    user: User, *, now: datetime, only: int | None = None
) -> list[GroupBuyRow]:
    """The person's group buys with counts and the open batch, in two queries."""
    found = group_buys_of(user).annotate(
        offer_count=Count(
            "offers", Q(offers__withdrawn_at__isnull=True), distinct=True
        ),
        compound_count=Count("places__compound", distinct=True),
    )
    if only is not None:
        found = found.filter(pk=only)
    opened = Prefetch(
        "batches", Batch.objects.filter(state=Batch.State.OPEN), to_attr="open_batches"
    )
    ordered = found.order_by("ended_at", "town__name", "title")
    return [_row(g, now) for g in ordered.prefetch_related(opened)]


def _row(group_buy: GroupBuy, now: datetime) -> GroupBuyRow:
    opened = next(iter(group_buy.open_batches), None)  # type: ignore[attr-defined]
    return GroupBuyRow(group_buy, opened, next_delivery_after(group_buy, now))


def offer_rows(group_buy: GroupBuy) -> list[OfferedAt]:
    """Every line of the group buy, withdrawn ones last, with weight and margin."""
    offers = group_buy.offers.select_related("package__supplier").prefetch_related(
        "package__versions__items"
    )
    ceiling = group_buy.town.margin_ceiling_percent
    rows = [
        offered_at(o, next(iter(o.package.versions.all()), None), ceiling)
        for o in offers.order_by("code")
    ]
    return sorted(rows, key=lambda row: row.offer.withdrawn_at is not None)


def coming_days(group_buy: GroupBuy, *, now: datetime, count: int = 5) -> list[date]:
    """The next delivery days from today on."""
    return delivery_days(group_buy, day_of(now), count)


@dataclass(frozen=True)
class ServedCompound:
    """A compound that is served: whole, or by single ``buildings``."""

    compound: Compound
    buildings: list[Building]


def served(group_buy: GroupBuy) -> dict[Committee, list[ServedCompound]]:
    """The places by committee, in the committees' order."""
    places = ServedPlace.objects.filter(group_buy=group_buy).select_related(
        "compound__committee", "building"
    )
    ordered = places.order_by(
        "compound__committee__code", "compound__name", "building__sort"
    )
    found: dict[Committee, dict[int, ServedCompound]] = {}
    for place in ordered:
        compounds = found.setdefault(place.compound.committee, {})
        entry = compounds.setdefault(
            place.compound_id, ServedCompound(place.compound, [])
        )
        if place.building is not None:
            entry.buildings.append(place.building)
    return {committee: list(rows.values()) for committee, rows in found.items()}


def places_to_pick(town: Town) -> QuerySet[Committee]:
    """Every committee of the town with its compounds and their buildings at hand."""
    return town.committees.order_by("code").prefetch_related("compounds__buildings")


def next_code(group_buy: GroupBuy) -> str:
    """The first free letter; "" after Z. Codes of withdrawn lines stay taken."""
    taken = set(group_buy.offers.values_list("code", flat=True))
    return next((letter for letter in ascii_uppercase if letter not in taken), "")
