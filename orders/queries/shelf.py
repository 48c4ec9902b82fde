"""What an order needs to know of the stock rows it names; only what is frozen is relied on."""

from collections.abc import Iterable
from dataclasses import dataclass

from groupbuy.shared import prepared
from groupbuy.shared.moment import Moment

FROZEN, NOW = Moment(times=60), Moment()
_SQL = """
SELECT id, title, price_cents, household_limit FROM catalog_stock WHERE batch_id = %s
"""
_LEFT = """
SELECT id, CASE WHEN paused_at IS NULL AND called_off_at IS NULL THEN quota - reserved
  - CASE WHEN held > reserved_heads THEN held - reserved_heads ELSE 0 END ELSE 0 END
FROM catalog_stock WHERE batch_id = %s
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


def left_of(batch_id: int) -> dict[int, int]:
    """What the link could sell of each row a moment ago, by id: a hint, never a decision."""
    return NOW.get(batch_id, lambda: dict(prepared.rows(_LEFT, [batch_id])))


def _read(batch_id: int) -> dict[int, Shelf]:
    return {row[0]: Shelf(*row) for row in prepared.rows(_SQL, [batch_id])}
