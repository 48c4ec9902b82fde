"""One order for its owner's page, in one statement: what is the same for all is kept.

After the rush everybody looks at the order just placed, again and again; the day, its packages
and the compound are then a moment old at most. Verbs read their order themselves.
"""

from collections.abc import Iterable
from datetime import datetime

from catalog.models import Batch
from groupbuy.community.models import Compound
from groupbuy.shared import prepared
from groupbuy.shared.db import loaded
from orders.models import Order, OrderLine
from orders.queries.mine import Mine, news_of
from orders.queries.page import MOMENT, cards_of, served_compound

_COLUMNS = [f"o.{field.column}" for field in Order._meta.concrete_fields]
_LINE = ["l.id", "l.order_id", "l.stock_id", "l.quantity"]
_ORDER = (  # an order without lines must not be, but if it is, its owner sees it
    f"SELECT {', '.join(_COLUMNS + _LINE)} FROM orders_order o "  # noqa: S608 - names of our models  # nosec B608
    "LEFT JOIN orders_orderline l ON l.order_id = o.id WHERE o.number = %s"
)


def shown_order(
    number: str, hashes: Iterable[str]
) -> tuple[Order, list[OrderLine]] | None:
    """The order of this number and its lines, if one of the phone's tokens opens it.

    It comes with batch and compound.
    """
    rows = prepared.rows(_ORDER, [number])
    if not rows:
        return None
    width = len(_COLUMNS)
    order = loaded(Order, rows[0][:width])
    if order.token_hash not in set(hashes):
        return None
    order.batch = _batch(order.batch_id)
    order.compound = _compound(order)
    lines = (row[width:] for row in rows)
    return order, [OrderLine(*line) for line in lines if line[0] is not None]


def _batch(pk: int) -> Batch:
    def read() -> Batch:
        return Batch.objects.select_related("group_buy__town").get(pk=pk)

    return MOMENT.get(("batch", pk), read)


def _compound(order: Order) -> Compound:
    """Nearly always one of those served; else it was served when the order came."""
    pk = order.compound_id
    served = served_compound(order.batch.group_buy, pk)
    return served or Compound.objects.select_related("committee").get(pk=pk)


def shown(order: Order, lines: list[OrderLine] | None = None, *, now: datetime) -> Mine:
    """As ``mine``, for one order; while its day is open there is no news to ask for."""
    lines = list(order.lines.all()) if lines is None else lines
    stock = {card.stock.pk: card.stock for card in cards_of(order.batch)}
    for line in lines:
        line.stock = stock[line.stock_id]
    lines.sort(key=lambda line: line.stock.code)
    asked = [] if order.batch.state == Batch.State.OPEN else [order]
    return Mine(order, lines, news_of(asked, order.pk), now)
