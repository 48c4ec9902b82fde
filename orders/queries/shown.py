"""One order for its owner's page, in two statements: what is the same for all is kept.

After the rush everybody looks at the order just placed, again and again; the day, its packages
and the compound are then a moment old at most. Verbs read their order themselves.
"""

from collections.abc import Iterable
from datetime import datetime

from catalog.models import Batch
from groupbuy.community.models import Compound
from orders.models import Order, OrderLine
from orders.queries.mine import Mine, news_of
from orders.queries.page import MOMENT, cards_of


def shown_order(number: str, hashes: Iterable[str]) -> Order | None:
    """The order of this number, with batch and compound, if one of the phone's tokens opens it."""
    order = Order.objects.filter(number=number, token_hash__in=list(hashes)).first()
    if order is not None:
        order.batch = _batch(order.batch_id)
        order.compound = _compound(order.compound_id)
    return order


def _batch(pk: int) -> Batch:
    def read() -> Batch:
        return Batch.objects.select_related("group_buy__town").get(pk=pk)

    return MOMENT.get(("batch", pk), read)


def _compound(pk: int) -> Compound:
    def read() -> Compound:
        return Compound.objects.select_related("committee__town").get(pk=pk)

    return MOMENT.get(("compound", pk), read)


def shown(order: Order, *, now: datetime) -> Mine:
    """As ``mine``, for one order; while its day is open there is no news to ask for."""
    stock = {card.stock.pk: card.stock for card in cards_of(order.batch)}
    lines = list(OrderLine.objects.filter(order=order))
    for line in lines:
        line.stock = stock[line.stock_id]
    lines.sort(key=lambda line: line.stock.code)
    asked = [] if order.batch.state == Batch.State.OPEN else [order]
    return Mine(order, lines, news_of(asked, order.pk), now)
