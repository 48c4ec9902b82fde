"""The five group buys, complete by the rule "published means complete"."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from catalog.actions.group_buys import save_group_buy, save_offer, save_places
from catalog.actions.open_batch import open_batch
from catalog.actions.publish import publish
from catalog.models import Batch, GroupBuy, Offer, Package
from catalog.queries.rhythm import cutoffs, delivery_days, next_delivery_after
from groupbuy.community.models import SYSTEM, Building, Compound, Town
from groupbuy.roof.demo.files import tree
from groupbuy.shared.clock import day_of
from groupbuy.shared.money import cents

REMEDY = (
    "少货、错货、坏货：收到后24小时内打电话，当天核实，第二天补送，"
    "或三天内退款。截止前可以取消。（示例）"
)
CLOSING = timedelta(seconds=10)  # the tick closes 5 seconds after the last cutoff
BACK = timedelta(days=30)  # a multiple of every rhythm in days


def load_group_buys(now: datetime, *, since: datetime) -> None:
    """Every group buy that is not there yet, published through the usual verbs."""
    for fact in tree("group_buys"):
        if not GroupBuy.objects.filter(token=fact["token"]).exists():
            load_group_buy(fact, now, since)


@transaction.atomic
def load_group_buy(fact: dict[str, Any], now: datetime, since: datetime) -> GroupBuy:
    group_buy = template(fact)
    group_buy.starts_on = first_delivery(group_buy, now)
    save_group_buy(group_buy, by=SYSTEM, now=since)
    compounds, buildings = served(group_buy.town, fact["serves"])
    save_places(
        group_buy, compounds=compounds, buildings=buildings, by=SYSTEM, now=since
    )
    for offer in offers(group_buy, fact["offers"]):
        save_offer(offer, by=SYSTEM, now=since)
    return publish(group_buy, by=SYSTEM, now=since)


def template(fact: dict[str, Any]) -> GroupBuy:
    """An unsaved group buy with the terms of the data file."""
    window_from, window_to = map(time.fromisoformat, fact["window"])
    contact_name, contact_phone = fact["contact"]
    return GroupBuy(
        town=Town.objects.get(slug=fact["town"]),
        title=fact["title"],
        token=fact["token"],
        rhythm=fact["rhythm"],
        every_days=fact.get("every_days", 1),
        weekdays=fact.get("weekdays", []),
        cutoff_link=time.fromisoformat(fact["cutoff_link"]),
        cutoff_heads=time.fromisoformat(fact["cutoff_heads"]),
        window_from=window_from,
        window_to=window_to,
        contact_name=contact_name,
        contact_phone=contact_phone,
        remedy=REMEDY,
        is_sample=True,
    )


def first_delivery(group_buy: GroupBuy, now: datetime) -> date:
    """A month back, counted from the delivery whose cutoff passed last: so the newest
    lists are always of yesterday's or today's orders, in a rhythm of three days too.
    """
    passed = day_of(now) + timedelta(days=group_buy.lead_days)
    while max(cutoffs(group_buy, passed)) + CLOSING > now:
        passed -= timedelta(days=1)
    return passed - BACK


def past_deliveries(group_buy: GroupBuy, count: int, now: datetime) -> list[date]:
    """The last ``count`` delivery days whose cutoff has passed."""
    days = delivery_days(group_buy, day_of(now) - BACK, BACK.days + 2)
    passed = [day for day in days if max(cutoffs(group_buy, day)) + CLOSING <= now]
    return passed[-count:]


def served(town: Town, places: list[str]) -> tuple[list[Compound], list[Building]]:
    """``*`` is every compound of the town; ``compound/3`` is a single building.

    A small load has few compounds; those that it left out are left out here.
    """
    ours = Compound.objects.filter(committee__town=town)
    if places == ["*"]:
        return list(ours), []
    whole = [place for place in places if "/" not in place]
    parts = [place.split("/") for place in places if "/" in place]
    buildings = [
        building
        for name, number in parts
        for building in Building.objects.filter(
            compound__in=ours, compound__name=name, name=number
        )
    ]
    return list(ours.filter(name__in=whole)), buildings


def offers(group_buy: GroupBuy, lines: list[list[Any]]) -> list[Offer]:
    """From [code, package id, price in yuan, limit per home, quota a day, kept for heads]."""
    facts = {
        fact["id"]: fact
        for fact in tree("packages")
        if fact["town"] == group_buy.town.slug
    }
    return [
        Offer(
            group_buy=group_buy,
            package=Package.objects.get(
                supplier__town=group_buy.town,
                supplier__name=facts[package]["supplier"],
                name=facts[package]["name"],
            ),
            code=code,
            price_cents=cents(price),
            household_limit=limit,
            daily_quota=quota,
            held_for_heads=held,
        )
        for code, package, price, limit, quota, held in lines
    ]


def open_missing(now: datetime) -> None:
    """A demo group buy without an open day gets one, as the tick would have done it."""
    tokens = [fact["token"] for fact in tree("group_buys")]
    idle = GroupBuy.objects.filter(token__in=tokens, ended_at=None).exclude(
        batches__state=Batch.State.OPEN
    )
    for group_buy in idle:
        passed = past_deliveries(group_buy, 1, now)[-1]
        since = max(cutoffs(group_buy, passed)) + CLOSING
        missed = next_delivery_after(group_buy, since)
        in_time = missed == next_delivery_after(group_buy, now)
        open_batch(group_buy, now=since if in_time else now)
