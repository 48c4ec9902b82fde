"""A building's homes for one batch: what each holds, what it had last time."""

from collections import defaultdict
from dataclasses import dataclass, field

from catalog.models import Batch, Stock
from groupbuy.community.models import Building
from groupbuy.shared.text import sort_key
from orders.models import Order
from orders.states import BY_HEADS, OrderState

NOTHING = "0"  # what a row has seen when the home held nothing


@dataclass
class Slot:
    """One home of the building. ``order`` is what heads or proxies ordered for it.

    ``others`` are its other standing orders, by the link mostly: shown, never touched.
    ``last`` is what heads or proxies brought last time, by this batch's stock ids.
    """

    unit: str
    room: str
    to_door: bool = False
    order: Order | None = None
    others: list[Order] = field(default_factory=list)
    last: dict[int, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """``502`` or ``1-502``, as it is said within the building."""
        return "-".join(part for part in (self.unit, self.room) if part)

    @property
    def sort(self) -> str:
        return sort_key(f"{self.unit}-{self.room}")

    @property
    def is_busy(self) -> bool:
        """Worth looking at first: it has something now, or had last time."""
        return bool(self.order or self.others or self.last)


def slots(batch: Batch, building: Building) -> list[Slot]:
    """Every home of the roster, or without one every home that ever ordered; in order."""
    found = _homes(building)
    for order in _standing(batch, building):
        slot = found.setdefault((order.unit, order.room), Slot(order.unit, order.room))
        if slot.order is None and order.channel in BY_HEADS:
            slot.order = order
        else:
            slot.others.append(order)
    for place, items in _last_time(batch, building).items():
        found.setdefault(place, Slot(*place)).last = items
    return sorted(found.values(), key=lambda slot: slot.sort)


def _homes(building: Building) -> dict[tuple[str, str], Slot]:
    if building.compound.has_roster:
        homes = building.households.all()
        return {(h.unit, h.room): Slot(h.unit, h.room, h.bring_to_door) for h in homes}
    known = Order.objects.filter(compound=building.compound_id, building=building.name)
    places = known.exclude(room="").order_by().values_list("unit", "room").distinct()
    return {place: Slot(*place) for place in places}


def _standing(batch: Batch, building: Building) -> list[Order]:
    orders = batch.orders.filter(
        compound=building.compound_id,
        building=building.name,
        state=OrderState.STANDING,
    )
    return list(orders.prefetch_related("lines__stock").order_by("id"))


def _last_time(
    batch: Batch, building: Building
) -> dict[tuple[str, str], dict[int, int]]:
    """By home, what the day before this one brought, where it is offered again."""
    earlier = batch.group_buy.batches.filter(delivery_on__lt=batch.delivery_on)
    last = (
        earlier.exclude(state=Batch.State.CALLED_OFF).order_by("-delivery_on").first()
    )
    if last is None:
        return {}
    again = {row.offer_id: row.pk for row in batch.stock.all()}
    brought: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for order in _standing(last, building):
        for line in order.lines.all():
            pk = again.get(line.stock.offer_id)
            if order.channel in BY_HEADS and order.room and pk:
                home = brought[order.unit, order.room]
                home[pk] = home.get(pk, 0) + line.quantity
    return dict(brought)


def seen(order: Order | None) -> str:
    """What a row of the grid remembers of the order it showed."""
    return f"{order.pk}.{order.revision}" if order else NOTHING


def ended_before(batch: Batch, home_key: str) -> int:
    """How many orders of this home, by heads or proxies, have ended: the next key's number."""
    orders = batch.orders.filter(home_key=home_key, channel__in=BY_HEADS)
    return orders.exclude(state=OrderState.STANDING).count()


def quantities(order: Order | None) -> dict[int, int]:
    return {line.stock_id: line.quantity for line in order.lines.all()} if order else {}


def shelf(batch: Batch) -> list[Stock]:
    return list(batch.stock.order_by("code"))
