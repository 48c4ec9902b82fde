"""One order for its owner's page, in two statements: what is the same for all is kept.

After the rush everybody looks at the order just placed, again and again; the day, its packages
and the compound are then a moment old at most. Verbs read their order themselves.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from catalog.models import Batch
from groupbuy.community.models import Compound
from groupbuy.shared import prepared
from orders.models import Order, OrderLine
from orders.queries.mine import Mine, news_of
from orders.queries.page import MOMENT, cards_of, served_compound

_NAMES = ", ".join(str(field.column) for field in Order._meta.concrete_fields)
_ORDER = f"SELECT {_NAMES} FROM orders_order WHERE number = %s"  # noqa: S608 - names of our model  # nosec B608
_LINES = (
    "SELECT id, order_id, stock_id, quantity FROM orders_orderline WHERE order_id = %s"
)


def shown_order(number: str, hashes: Iterable[str]) -> Order | None:
    """The order of this number, with batch and compound, if one of the phone's tokens opens it."""
    held = set(hashes)
    with connection.cursor() as cursor:
        sql = prepared.call(cursor, _ORDER, 1)
    found = Order.objects.raw(sql, [number])
    order = next((one for one in found if one.token_hash in held), None)
    if order is not None:
        order.batch = _batch(order.batch_id)
        order.compound = _compound(order)
    return order


def _batch(pk: int) -> Batch:
    def read() -> Batch:
        return Batch.objects.select_related("group_buy__town").get(pk=pk)

    return MOMENT.get(("batch", pk), read)


def _compound(order: Order) -> Compound:
    """Nearly always one of those served; else it was served when the order came."""
    pk = order.compound_id
    served = served_compound(order.batch.group_buy, pk)
    return served or Compound.objects.select_related("committee").get(pk=pk)


def shown(order: Order, *, now: datetime) -> Mine:
    """As ``mine``, for one order; while its day is open there is no news to ask for."""
    stock = {card.stock.pk: card.stock for card in cards_of(order.batch)}
    lines = [OrderLine(*row) for row in prepared.rows(_LINES, [order.pk])]
    for line in lines:
        line.stock = stock[line.stock_id]
    lines.sort(key=lambda line: line.stock.code)
    asked = [] if order.batch.state == Batch.State.OPEN else [order]
    return Mine(order, lines, news_of(asked, order.pk), now)
