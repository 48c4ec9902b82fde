"""News that upper floors answer: a page asks, whoever knows tells."""

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal


@dataclass(frozen=True)
class OrderNews:
    """What happened to an order after its day closed; ``gate`` names where it stands."""

    gate: str = ""
    at_gate: datetime | None = None
    handed_out: datetime | None = None


# Sent by "my order" with ``orders``, a list of Order. A receiver returns a dict of OrderNews
# by order id, for those it knows something of; it asks the database once for all of them.
order_news = Signal()
