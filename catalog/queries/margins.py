"""What the town lets a supplier earn: a margin above the ceiling warns, it does not refuse."""

from catalog.models import Offer, PackageVersion


def margin_percent(price_cents: int, purchase_cents: int | None) -> int | None:
    """(price - purchase) / purchase in whole percent, rounded down; None when unknown.

    On the purchase price, as the 35 % of the 2022 price notices counts it.
    """
    if not purchase_cents:
        return None
    return (price_cents - purchase_cents) * 100 // purchase_cents


def above_ceiling(
    price_cents: int, version: PackageVersion | None, ceiling: int
) -> int | None:
    """The margin in percent if it is above ``ceiling`` percent, else None."""
    if version is None or not version.purchase_price_cents:
        return None
    purchase = version.purchase_price_cents
    if (price_cents - purchase) * 100 <= ceiling * purchase:
        return None
    return margin_percent(price_cents, purchase)


def newest_version(offer: Offer) -> PackageVersion | None:
    """Of the offer's package; uses prefetched versions (newest first) where there are any."""
    return next(iter(offer.package.versions.all()), None)
