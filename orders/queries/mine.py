"""A resident's own orders, as bought, with what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalog.models import Batch
from orders.models import Order, OrderLine
from orders.signals import OrderNews, order_news
from orders.states import Channel, OrderState


@dataclass(frozen=True)
class Mine:
    """One order for its owner; ``until`` is when changing and cancelling ends."""

    order: Order
    lines: list[OrderLine]
    news: OrderNews
    now: datetime

    @property
    def until(self) -> datetime:
        batch = self.order.batch
        is_link = self.order.channel == Channel.LINK
        return batch.until_link if is_link else batch.until_heads

    @property
    def can_change(self) -> bool:
        batch = self.order.batch
        is_open = batch.state == Batch.State.OPEN and self.now < self.until
        return is_open and self.order.state == OrderState.STANDING

    @property
    def state(self) -> str:
        """``cancelled``, ``void``, ``handed_out``, ``at_gate``, ``packing`` or ``ordered``."""
        if self.order.state != OrderState.STANDING:
            return str(self.order.state)
        if self.news.handed_out:
            return "handed_out"
        if self.news.at_gate:
            return "at_gate"
        return "ordered" if self.can_change else "packing"


def mine(orders: Sequence[Order], *, now: datetime) -> list[Mine]:
    """Lines, contents and news for all of them: two queries and the receivers' own."""
    lines: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    rows = OrderLine.objects.filter(order__in=lines).select_related("stock__version")
    for line in rows.order_by("stock__code").prefetch_related("stock__version__items"):
        lines[line.order_id].append(line)
    news = _news(orders)
    return [
        Mine(order, lines[order.pk], news.get(order.pk, OrderNews()), now)
        for order in orders
    ]


def news_of(orders: Sequence[Order], pk: int) -> OrderNews:
    """The news of one of these orders; nothing is asked where there are none."""
    return _news(orders).get(pk, OrderNews()) if orders else OrderNews()


def _news(orders: Sequence[Order]) -> dict[int, OrderNews]:
    told: dict[int, OrderNews] = {}
    for _receiver, answer in order_news.send(sender=Order, orders=list(orders)):
        told.update(answer or {})  # type: ignore[arg-type]  # a signal's answer has no type
    return told
