"""A wish for something sold out, counted once a device."""

from datetime import datetime

from catalog.models import Stock
from groupbuy.shared import db, tokens
from orders.models import Demand


def leave_demand(
    stock: Stock, *, device: str, compound_id: int | None, now: datetime
) -> bool:
    """Write the wish down; False when this device has wished for it before.

    ``device`` is the random value of the phone's cookie; only a keyed hash is kept.
    """
    wish = {
        "stock_id": stock.pk,
        "compound_id": compound_id,
        "device_hash": tokens.stored(tokens.derived("device", device)),
        "at": now,
    }
    return db.insert(Demand, wish) is not None
