"""What an order needs to know of the stock rows it names, in one round trip."""

from collections.abc import Iterable
from dataclasses import dataclass

from groupbuy.shared import db


@dataclass(frozen=True)
class Shelf:
    """One stock row as read before writing: good for price and limit, which are frozen."""

    pk: int
    title: str
    price_cents: int
    limit: int


def shelves(batch_id: int, stock_ids: Iterable[int]) -> dict[int, Shelf]:
    """The named rows of this batch; a row of another batch is simply not there."""
    ids = list(stock_ids)
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    sql = (
        "SELECT id, title, price_cents, household_limit FROM catalog_stock"  # noqa: S608 - marks only  # nosec B608
        " WHERE batch_id = %s AND id IN (" + marks + ")"
    )
    found = db.rows(sql, [batch_id, *ids])
    return {row[0]: Shelf(*row) for row in found}
