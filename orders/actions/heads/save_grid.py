"""A building's grid: each home's row becomes an order, a change or a cancellation of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.models import Actor, Building
from groupbuy.community.rules import may_head, require
from groupbuy.shared import tokens
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import typed
from orders.actions.cancel_order import cancel_order
from orders.actions.change_order import change_order
from orders.actions.mark_paid import mark_paid
from orders.actions.place_order import place_order
from orders.models import Order, OtherBody, Wish
from orders.queries.heads.grid import ended_before, quantities, seen
from orders.queries.homes import Home
from orders.states import BY_HEADS, OrderState


@dataclass(frozen=True)
class Entry:
    """One row as somebody filled it in. ``seen`` is the order that the row had shown."""

    unit: str
    room: str
    items: Mapping[int, int]
    seen: str
    name: str = ""
    bring_to_door: bool = False
    paid: bool = False

    @property
    def place(self) -> tuple[str, str]:
        return self.unit, self.room

    def is_ordered(self, order: Order | None) -> bool:
        """Whether the home holds just this; whether it is paid is another matter."""
        if order is None:
            return not self.items
        told = order.name, order.bring_to_door
        same_words = told == (typed(self.name), self.bring_to_door)
        return quantities(order) == self.items and same_words

    def is_owed(self, order: Order | None) -> bool:
        """Whether money was taken that the order does not know of."""
        return self.paid and order is not None and order.due_cents > 0


def save_grid(
    batch: Batch,
    building: Building,
    *,
    entries: Iterable[Entry],
    channel: str,
    by: Actor,
    now: datetime,
) -> dict[tuple[str, str], Refused]:
    """Every home in its own transaction; returns what was refused, the rest stands."""
    require(may_head(by, building.pk, building.compound.committee_id))
    refused = {}
    for entry in entries:
        try:
            save_home(batch, building, entry=entry, channel=channel, by=by, now=now)
        except Refused as refusal:
            refused[entry.place] = refusal
    return refused


@transaction.atomic
def save_home(
    batch: Batch,
    building: Building,
    *,
    entry: Entry,
    channel: str,
    by: Actor,
    now: datetime,
) -> None:
    """Make the home's order what the row says. Raises Refused when it changed meanwhile."""
    key = Home(building.compound, building.name, entry.unit, entry.room).key
    order = _held(batch, key)
    if entry.is_ordered(order) and not entry.is_owed(order):
        return  # saving twice changes nothing
    if seen(order) != entry.seen:
        raise _changed()
    wish = _wish(building, entry, order)
    if order is None:
        order = _place(batch, key, wish=wish, channel=channel, by=by, now=now)
    elif not entry.items:
        order = cancel_order(order, by=by, now=now)
    elif not entry.is_ordered(order):
        order = change_order(order, wish=wish, by=by, now=now)
    if entry.is_owed(order):
        mark_paid(order, by=by, now=now)


def _changed() -> Refused:
    return Refused(
        _("Somebody changed this home meanwhile. Please look, and save again."),
        code="changed",
    )


def _held(batch: Batch, home_key: str) -> Order | None:
    """The home's order by heads or proxies, its row locked until the home is saved."""
    orders = batch.orders.filter(home_key=home_key, state=OrderState.STANDING)
    return locked(orders.filter(channel__in=BY_HEADS).order_by("id")).first()


def _place(
    batch: Batch, key: str, *, wish: Wish, channel: str, by: Actor, now: datetime
) -> Order:
    """The key is the home's, not the person's: two who save the same home make one order."""
    number = ended_before(batch, key)
    submit_key = tokens.derived("grid", f"{batch.pk}:{key}:{number}")
    try:
        placed = place_order(
            batch, wish=wish, submit_key=submit_key, by=by, now=now, channel=channel
        )
    except OtherBody:
        raise _changed() from None
    return Order.objects.select_related("compound", "batch__group_buy").get(
        pk=placed.order.pk
    )


def _wish(building: Building, entry: Entry, order: Order | None) -> Wish:
    """What the grid does not ask for stays as the order has it."""
    return Wish(
        compound_id=building.compound_id,
        building=building.name,
        unit=entry.unit,
        room=entry.room,
        items=entry.items,
        name=entry.name,
        phone=order.phone if order else "",
        note=order.note if order else "",
        name_in_feed=order.name_in_feed if order else False,
        bring_to_door=entry.bring_to_door,
    )
