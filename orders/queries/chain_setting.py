"""What the reader of chat lines is told about one batch: its packages, one compound."""

import re

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound, Household
from groupbuy.shared.text import building_name, plain
from orders.reading.shapes import Offer, Setting

_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]{0,60}[)）\]】]")
_PRICED = re.compile(r"^\d{1,5}(?:元|块)")


def setting_of(
    batch: Batch | None, compound: Compound | None, building: str = ""
) -> Setting:
    """``building`` is the one in scope; without a batch nothing can be named."""
    return Setting(
        offers=offers_of(batch) if batch else (),
        building=building_name(building),
        address=compound.address if compound else "",
        compound=compound.name if compound else "",
        homes=_roster(compound) if compound else frozenset(),
    )


def offers_of(batch: Batch) -> tuple[Offer, ...]:
    rows = list(batch.stock.select_related("offer").order_by("code"))
    return tuple(
        Offer(row.code, row.title, row.price_cents, row.household_limit, _names(row))
        for row in rows
    )


def _names(row: Stock) -> tuple[str, ...]:
    """The offer's own other names, and its title without brackets or leading price.

    A name that two offers share is left out by the reader itself.
    """
    short = _BRACKETED.sub("", plain(row.title)).strip()
    names = [str(name) for name in row.offer.aliases] + [short, _PRICED.sub("", short)]
    return tuple(dict.fromkeys(name for name in names if name and name != row.title))


def _roster(compound: Compound) -> frozenset[tuple[str, str, str]]:
    if not compound.has_roster:
        return frozenset()
    homes = Household.objects.filter(building__compound=compound)
    return frozenset(homes.values_list("building__name", "unit", "room"))
