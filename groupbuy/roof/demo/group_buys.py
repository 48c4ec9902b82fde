"""The five group buys, complete by the rule "published means complete"."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from catalog.actions.open_batch import open_batch
from catalog.actions.publish import publish
from catalog.models import Batch, GroupBuy, Offer, Package, ServedPlace
from catalog.queries.rhythm import cutoffs, delivery_days
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


def load_group_buys(now: datetime) -> None:
    """Every group buy that is not there yet, published through the usual verb."""
    for fact in tree("group_buys"):
        if not GroupBuy.objects.filter(token=fact["token"]).exists():
            load_group_buy(fact, now)


@transaction.atomic
def load_group_buy(fact: dict, now: datetime) -> GroupBuy:
    town = Town.objects.get(slug=fact["town"])
    window_from, window_to = map(time.fromisoformat, fact["window"])
    contact_name, contact_phone = fact["contact"]
    group_buy = GroupBuy(
        town=town,
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
    group_buy.starts_on = first_delivery(group_buy, now)
    group_buy.save()
    load_served(group_buy, fact["serves"])
    load_offers(group_buy, fact["offers"])
    publish(group_buy, by=SYSTEM, now=now)
    return group_buy


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
    days = delivery_days(group_buy, group_buy.starts_on, BACK.days + 1)
    passed = [day for day in days if max(cutoffs(group_buy, day)) + CLOSING <= now]
    return passed[-count:]


def load_served(group_buy: GroupBuy, places: list[str]) -> None:
    """``*`` is every compound of the town; ``compound/3`` is a single building."""
    ours = Compound.objects.filter(committee__town=group_buy.town)
    if places == ["*"]:
        places = list(ours.values_list("name", flat=True))
    served = []
    for place in places:
        name, _slash, building = place.partition("/")
        compound = ours.filter(name=name).first()
        if compound is None:  # a small load leaves most compounds out
            continue
        row = ServedPlace(group_buy=group_buy, compound=compound)
        if building:
            row.building = Building.objects.get(compound=compound, name=building)
        served.append(row)
    ServedPlace.objects.bulk_create(served)


def load_offers(group_buy: GroupBuy, offers: list[list]) -> None:
    names = {
        (fact["town"], fact["id"]): (fact["supplier"], fact["name"])
        for fact in tree("packages")
    }
    for code, package_id, price, limit, quota, held in offers:
        supplier, name = names[group_buy.town.slug, package_id]
        Offer.objects.create(
            group_buy=group_buy,
            package=Package.objects.get(
                supplier__town=group_buy.town, supplier__name=supplier, name=name
            ),
            code=code,
            price_cents=cents(price),
            household_limit=limit,
            daily_quota=quota,
            held_for_heads=held,
        )


def open_missing(now: datetime) -> None:
    """A demo group buy without an open day gets one, as the tick would do."""
    tokens = [fact["token"] for fact in tree("group_buys")]
    idle = GroupBuy.objects.filter(token__in=tokens).exclude(
        batches__state=Batch.State.OPEN
    )
    for group_buy in idle:
        open_batch(group_buy, now=now)
