"""Residents of the demo order: through the link, or a helper enters it for them."""

from datetime import datetime, timedelta

from catalog.models import Batch, Stock
from groupbuy.community.models import RESIDENT, Actor, Compound, Membership, User, staff
from groupbuy.roof.demo import chance
from groupbuy.roof.demo.homes import Resident, choice
from groupbuy.shared import tokens
from orders.actions.mark_paid import mark_paid
from orders.actions.place_order import place_order
from orders.models import Order
from orders.states import Channel

HELPED_PERCENT = 12


def order_all(
    batch: Batch,
    people: list[Resident],
    first: datetime,
    last: datetime,
    *,
    ms_wei: str = "A",
) -> list[Order]:
    """One order from each of ``people``, evenly between two instants, in a mixed order.

    ``ms_wei`` is the code of the one package that the report's Ms Wei takes.
    """
    day = batch.delivery_on.isoformat()
    stock = list(batch.stock.filter(Stock.ON_SALE))
    hers = {row.pk: 1 for row in stock if row.code == ms_wei}
    mixed = sorted(people, key=lambda who: chance.number(10**6, who.mark, day))
    step = (last - first) / max(len(mixed), 1)
    orders = []
    for turn, who in enumerate(mixed):
        items = hers if who.is_ms_wei else choice(who, stock, day)
        orders.append(order_one(batch, who, items, now=first + step * turn))
    return orders


def order_one(
    batch: Batch, who: Resident, items: dict[int, int], *, now: datetime
) -> Order:
    """The submit key follows from batch and home, but nobody can guess it."""
    day = batch.delivery_on.isoformat()
    by, channel = RESIDENT, Channel.LINK
    if chance.happens(HELPED_PERCENT, "helped", who.mark, day) and not who.is_ms_wei:
        by, channel = helper_of(who.compound), Channel.PROXY
    placed = place_order(
        batch,
        wish=who.wish(items, day),
        submit_key=tokens.derived("demo", f"{batch.pk}/{who.mark}"),
        by=by,
        now=now,
        channel=channel,
    )
    return placed.order


def helper_of(compound: Compound) -> Actor:
    """The committee's own staff where the demo has any, else the town's."""
    near = Membership.objects.filter(committee=compound.committee_id)
    far = Membership.objects.filter(
        town=compound.committee.town_id, role=Membership.Role.TOWN_STAFF
    )
    member = near.first() or far.order_by("pk").first()
    if member is None:
        raise User.DoesNotExist(f"nobody looks after {compound}")
    return staff(member.user)


def pay_most(
    orders: list[Order], percent: int, *, after: timedelta, now: datetime
) -> None:
    """Cash taken by who looks after the home, some time after ordering, never ahead of now."""
    helpers: dict[int, Actor] = {}
    for order in orders:
        if chance.happens(percent, "paid", order.building, order.room):
            if order.compound_id not in helpers:
                helpers[order.compound_id] = helper_of(order.compound)
            at = min(order.placed_at + after, now)
            mark_paid(order, by=helpers[order.compound_id], now=at)
