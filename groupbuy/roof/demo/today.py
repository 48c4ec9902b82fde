"""The open days: orders in every one; at 古藤马桥 milk that is sold out."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.actions.stock import restock
from catalog.models import Batch
from groupbuy.community.models import RESIDENT, SYSTEM
from groupbuy.roof.demo import chance
from groupbuy.roof.demo.files import tree
from groupbuy.roof.demo.group_buys import open_missing
from groupbuy.roof.demo.history import MAQIAO, MOST_ORDER_WITHIN
from groupbuy.roof.demo.homes import residents
from groupbuy.roof.demo.ordering import order_all, pay_most
from orders.actions.cancel_order import cancel_order
from orders.actions.leave_demand import leave_demand
from orders.models import Order

MILK = "F"  # 鲜奶酸奶套餐: the report's milk sold out, and staff got the dairy to list more
MEAT = "M"  # nearly sold out, so that a page shows it
LAST_ONES = 8
TO_PAY = timedelta(minutes=20)  # from an order to its cash
WHERE = ["品质苑", "飞碟苑", "俞塘村", "华银坊", "景城馨苑", "银杏里"]


def load_today(now: datetime, *, each: int, wishes: int) -> None:
    """Open what has no open day; orders only where this group buy's open day has none."""
    open_missing(now)
    ours = [fact["token"] for fact in tree("group_buys")]
    empty = Batch.objects.filter(
        group_buy__token__in=ours,
        orders=None,
        state=Batch.State.OPEN,
        until_link__gt=now,
        opens_at__lt=now,
    )
    for batch in empty.select_related("group_buy"):
        if batch.group_buy.token == MAQIAO:
            fill(batch, each, wishes, now)
        else:
            fill_a_little(batch, each // 2, now)


@transaction.atomic
def fill_a_little(batch: Batch, each: int, now: datetime) -> None:
    """So that no page is empty."""
    places = batch.group_buy.places.values_list("compound__name", flat=True)
    day = batch.delivery_on.isoformat()
    people = residents(batch, sorted(set(places)), each, day)
    first = max(batch.opens_at, now - MOST_ORDER_WITHIN)
    pay_most(order_all(batch, people, first, now), 40, after=TO_PAY, now=now)


@transaction.atomic
def fill(batch: Batch, each: int, wishes: int, now: datetime) -> None:
    day = batch.delivery_on.isoformat()
    people = [who for who in residents(batch, WHERE, each, day) if not who.is_ms_wei]
    first = max(batch.opens_at, now - MOST_ORDER_WITHIN)
    orders = order_all(batch, people, first, now)
    leaving = [o for o in orders if chance.happens(6, "leaves", o.building, o.room)]
    leaving = leaving or orders[:1]
    for order in leaving:
        cancel_order(order, by=RESIDENT, now=now)
    staying = [order for order in orders if order not in leaving]
    pay_most(staying, 40, after=TO_PAY, now=now)
    sell_out(batch, orders, wishes, now)


def sell_out(batch: Batch, orders: list[Order], wishes: int, now: datetime) -> None:
    """The dairy can bring no more than what is ordered; others leave a wish.

    Of the meat there are a few left.
    """
    milk = batch.stock.get(code=MILK)
    restock(milk, quota=milk.reserved, by=SYSTEM, now=now)
    meat = batch.stock.get(code=MEAT)
    restock(meat, quota=meat.reserved + LAST_ONES, by=SYSTEM, now=now)
    for order in orders[:wishes]:
        leave_demand(
            milk,
            device=f"demo/{order.number}",
            compound_id=order.compound_id,
            now=now,
        )
