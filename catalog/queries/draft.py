"""The next day of a group buy as it would open now: rows that are not saved."""

from datetime import date, datetime

from catalog.models import Batch, GroupBuy, Offer, PackageVersion, Stock
from catalog.queries.margins import newest_version
from catalog.queries.rhythm import cutoffs


def next_batch(group_buy: GroupBuy, day: date, *, now: datetime) -> Batch:
    until_link, until_heads = cutoffs(group_buy, day)
    return Batch(
        group_buy=group_buy,
        delivery_on=day,
        opens_at=now,
        until_link=until_link,
        until_heads=until_heads,
        window_from=group_buy.window_from,
        window_to=group_buy.window_to,
    )


def stock_row(offer: Offer) -> Stock:
    """Code, version, price, limit and quota as they are frozen when a day opens."""
    package = offer.package
    return Stock(
        offer=offer,
        supplier=package.supplier,
        version=newest_version(offer) or PackageVersion(package=package),
        code=offer.code,
        title=package.name,
        price_cents=offer.price_cents,
        household_limit=offer.household_limit,
        quota=offer.daily_quota,
        held=min(offer.held_for_heads, offer.daily_quota),
    )
