"""What an order needs to know of the stock rows it names: only what is frozen once they open."""

from collections.abc import Iterable
from dataclasses import dataclass

from groupbuy.shared import prepared
from groupbuy.shared.moment import Moment

FROZEN = Moment(times=60)
_SQL = """
SELECT id, title, price_cents, household_limit FROM catalog_stock WHERE batch_id = %s
"""


@dataclass(frozen=True)
class Shelf:
    """One stock row's frozen columns; what is left of it only the gate knows."""

    pk: int
    title: str
    price_cents: int
    limit: int


def shelf_of(batch_id: int) -> dict[int, Shelf]:
    """All rows of a batch by id, in no order; may lack one that was added in this minute."""
    return FROZEN.get(batch_id, lambda: _read(batch_id))


def shelves(batch_id: int, stock_ids: Iterable[int]) -> dict[int, Shelf]:
    """The named rows of this batch; a row of another batch is simply not there."""
    ids = set(stock_ids)
    known = shelf_of(batch_id)
    if not ids <= known.keys():
        known = _read(batch_id)
    return {pk: known[pk] for pk in ids & known.keys()}


def _read(batch_id: int) -> dict[int, Shelf]:
    return {row[0]: Shelf(*row) for row in prepared.rows(_SQL, [batch_id])}
