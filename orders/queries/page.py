"""What the shared link shows: one day's packages, the time, the places, the latest orders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import Prefetch, Q

from catalog.models import Batch, GroupBuy, PackageItem, Stock, Supplier, SupplierPaper
from catalog.queries.rhythm import (
    cutoffs,
    next_delivery,
    next_delivery_after,
    round_of,
)
from groupbuy.community.models import Compound, Household
from groupbuy.shared.clock import day_of
from groupbuy.shared.moment import Moment
from groupbuy.shared.money import per_500_grams
from orders.queries.feed import FeedEntry, feed

MOMENT = Moment()
PLACES = Moment(times=10)  # compounds come and go by the month
ROSTERS = Moment(times=60)
FEW = 10  # pieces left from which the number turns amber


class Phase(Enum):
    """Where the day stands for somebody who holds the link."""

    OPEN = "open"
    HEADS_ONLY = "heads_only"  # the link has closed, building heads may still order
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    ENDED = "ended"


@dataclass(frozen=True)
class Card:
    """One package with what it takes to compare it; ``left`` is what the link may sell.

    ``own`` pieces are already in the order that is being changed.
    """

    stock: Stock
    items: list[PackageItem]
    own: int = 0

    @property
    def left(self) -> int:
        return self.stock.free_for_link

    @property
    def per_500_grams(self) -> int | None:
        """Cents per 500 g where the weight is known."""
        grams = self.stock.version.weight_grams
        return per_500_grams(self.stock.price_cents, grams) if grams else None

    @property
    def status(self) -> str:
        """``called_off``, ``paused``, ``sold_out``, ``for_heads`` (only heads may still),
        ``few`` or ``plenty``."""
        if self.stock.called_off_at is not None:
            return "called_off"
        if self.stock.paused_at is not None:
            return "paused"
        if self.left:
            return "few" if self.left <= FEW else "plenty"
        return "for_heads" if self.stock.left > 0 else "sold_out"

    @property
    def can_order(self) -> bool:
        return self.status in {"few", "plenty"}

    @property
    def can_want(self) -> bool:
        """Whether a wish may help: more of it may still come in today."""
        return not self.can_order and self.status != "called_off"

    @property
    def most(self) -> int:
        """What one order may hold of it now."""
        more = self.left if self.can_order else 0
        return min(self.stock.household_limit, more + self.own)


@dataclass(frozen=True)
class Group:
    title: str
    cards: list[Card]


@dataclass(frozen=True)
class Page:
    """All of the shared link at one instant."""

    group_buy: GroupBuy
    phase: Phase
    batch: Batch | None
    cards: list[Card]
    suppliers: list[Supplier]
    compounds: list[Compound]
    compound: Compound | None
    arriving: list[Batch]
    called_off: list[Batch]
    next_on: date | None
    feed: list[FeedEntry]

    @property
    def has_rounds(self) -> bool:
        """Not every day: then people count rounds (第几轮) and ask for the next."""
        return self.group_buy.rhythm != GroupBuy.Rhythm.DAILY

    @property
    def next_round(self) -> int | None:
        return round_of(self.group_buy, self.next_on) if self.next_on else None

    @property
    def next_until(self) -> datetime | None:
        """Until when the link will take orders for the next delivery."""
        return cutoffs(self.group_buy, self.next_on)[0] if self.next_on else None

    @property
    def groups(self) -> list[Group]:
        """Packages of several suppliers side by side, by kind of goods, in order of code."""
        by_title: dict[str, list[Card]] = {}
        for card in self.cards:
            title = card.stock.offer.package.category or card.stock.supplier.name
            by_title.setdefault(title, []).append(card)
        return [Group(title, cards) for title, cards in by_title.items()]


def shared_group_buy(token: str) -> GroupBuy | None:
    """The published group buy behind a link, over or not; up to a moment old."""

    def read() -> GroupBuy | None:
        published = GroupBuy.objects.filter(token=token, published_at__isnull=False)
        return published.select_related("town").first()

    return MOMENT.get(("link", token), read)


def codes_of(group_buy: GroupBuy) -> frozenset[str]:
    """The letters of its latest days' packages; up to a moment old."""

    def read() -> frozenset[str]:
        latest = group_buy.batches.order_by("-delivery_on")[:4]
        codes = Stock.objects.filter(batch__in=[one.pk for one in latest])
        return frozenset(codes.values_list("code", flat=True))

    return MOMENT.get(("codes", group_buy.pk), read)


def page(group_buy: GroupBuy, *, now: datetime) -> Page:
    """The page of no compound in particular: nine queries at most."""
    batches = list(group_buy.batches.order_by("-delivery_on")[:4])
    batch = current(batches)
    cards = cards_of(batch) if batch else []
    today = day_of(now)
    coming = [b for b in batches if b is not batch and b.delivery_on >= today]
    return Page(
        group_buy=group_buy,
        phase=phase(group_buy, batch, now=now),
        batch=batch,
        cards=cards,
        suppliers=suppliers_of(cards, batch.delivery_on) if batch else [],
        compounds=served_compounds(group_buy),
        compound=None,
        arriving=[b for b in coming if b.state == Batch.State.CLOSED],
        called_off=[b for b in coming if b.state == Batch.State.CALLED_OFF],
        next_on=next_on(group_buy, batch, now=now),
        feed=feed(batch) if batch else [],
    )


def next_on(group_buy: GroupBuy, batch: Batch | None, *, now: datetime) -> date | None:
    """The delivery after the one shown, by the rhythm."""
    coming = next_delivery_after(group_buy, now)
    if coming and batch and coming <= batch.delivery_on:
        return next_delivery(group_buy, batch.delivery_on)
    return coming


def served_compounds(group_buy: GroupBuy) -> list[Compound]:
    """By name; up to ten moments old."""
    return list(served_by_number(group_buy).values())


def served_compound(group_buy: GroupBuy, number: str | int) -> Compound | None:
    """That of this id, which may be somebody's typing; as old as all of them."""
    return served_by_number(group_buy).get(str(number))


def served_by_number(group_buy: GroupBuy) -> dict[str, Compound]:
    """By id, as an address or a form writes it; in order of name."""

    def read() -> dict[str, Compound]:
        places = group_buy.places.values("compound")
        served = Compound.objects.filter(pk__in=places)
        return {str(one.pk): one for one in served.select_related("committee")}

    return PLACES.get(("served", group_buy.pk), read)


def current(batches: list[Batch]) -> Batch | None:
    """The open batch, else the newest: ``batches`` come newest first."""
    is_open = (b for b in batches if b.state == Batch.State.OPEN)
    return next(is_open, batches[0] if batches else None)


def phase(group_buy: GroupBuy, batch: Batch | None, *, now: datetime) -> Phase:
    if group_buy.ended_at is not None and group_buy.ended_at <= now:
        return Phase.ENDED
    if batch is None:
        return Phase.NOT_YET
    if batch.state == Batch.State.CALLED_OFF:
        return Phase.CALLED_OFF
    if batch.state == Batch.State.CLOSED or now >= batch.until_last:
        return Phase.CLOSED
    return Phase.OPEN if now < batch.until_link else Phase.HEADS_ONLY


def cards_of(batch: Batch, own: Mapping[int, int] | None = None) -> list[Card]:
    """All packages of a day, contents included, up to a moment old; ``own`` by stock id.

    Two queries. For an order that is being changed everything is read anew.
    """
    if own is None:
        return MOMENT.get(("cards", batch.pk), lambda: cards_of(batch, {}))
    rows = batch.stock.select_related("version", "offer__package", "supplier")
    return [
        Card(row, list(row.version.items.all()), own.get(row.pk, 0))
        for row in rows.order_by("code").prefetch_related("version__items")
    ]


def suppliers_of(cards: list[Card], delivery_on: date) -> list[Supplier]:
    """Who supplies the day, each with its papers valid on that day in ``valid_papers``."""
    valid = SupplierPaper.objects.filter(expires_on__gte=delivery_on)
    return list(
        Supplier.objects.filter(pk__in={card.stock.supplier_id for card in cards})
        .order_by("name")
        .prefetch_related(Prefetch("papers", valid, to_attr="valid_papers"))
    )


def may_have_units(compounds: Iterable[Compound]) -> bool:
    """Whether an address there may have a unit (单元): by the roster, if there is one."""
    estates = [c for c in compounds if c.kind == Compound.Kind.ESTATE]
    if not all(c.has_roster for c in estates):
        return True
    pks = tuple(c.pk for c in estates)

    def read() -> bool:
        homes = Household.objects.filter(building__compound__in=pks)
        return homes.exclude(unit="").exists()

    return ROSTERS.get(("units", pks), read)


def sample_group_buys(*, now: datetime) -> list[GroupBuy]:
    """Running group buys of towns with invented data, to try out."""
    running = Q(ended_at__isnull=True) | Q(ended_at__gt=now)
    found = GroupBuy.objects.filter(
        running, town__is_sample=True, published_at__isnull=False
    )
    return list(found.select_related("town").order_by("town__name", "title"))
