"""Two past days of 古藤马桥, one of 荟选集市 and of 嘉怡水岸, ordered, closed and built by the usual
verbs."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from catalog.actions.open_batch import open_batch
from catalog.models import Batch, GroupBuy
from catalog.queries.rhythm import cutoffs
from delivery.actions.build_lists import build_lists
from groupbuy.roof.demo.carried import carry
from groupbuy.roof.demo.group_buys import CLOSING, past_deliveries
from groupbuy.roof.demo.homes import residents
from groupbuy.roof.demo.ordering import order_all, pay_most
from groupbuy.roof.demo.supply import load_next_versions
from orders.actions.close_batch import close_batch

MOST_ORDER_WITHIN = timedelta(hours=8)  # before the cutoff
ALMOST_A_DAY = timedelta(hours=23, minutes=59)
MAQIAO, WULIQIAO, JIAYI = "guteng-maqiao", "huixuan-abc", "jiayi-shuian"
PAST_DAYS = {MAQIAO: 2, WULIQIAO: 1, JIAYI: 1}
WHERE = {
    MAQIAO: ["品质苑", "飞碟苑", "俞塘村"],
    WULIQIAO: ["瞿南小区", "海悦花园"],
    JIAYI: ["嘉怡水岸"],
}
MS_WEI = ("A", "B")  # the 100 yuan package on the first day, a 60 yuan one later


def load_history(now: datetime, *, each: int) -> None:
    """The past days that this group buy has not had: all at first, later what was missed
    while the site stood still. ``each`` homes a compound and day.
    """
    for token, count in PAST_DAYS.items():
        group_buy = GroupBuy.objects.select_related("town").get(token=token)
        last = group_buy.batches.aggregate(last=Max("delivery_on"))["last"] or date.min
        days = [day for day in past_deliveries(group_buy, count, now) if day > last]
        if days and not group_buy.batches.filter(state=Batch.State.OPEN).exists():
            live(group_buy, days, each, now)


@transaction.atomic
def live(group_buy: GroupBuy, days: list[date], each: int, now: datetime) -> None:
    for day, code in zip(days, MS_WEI, strict=False):
        batch = live_through(group_buy, day, code, each, now)
        carry(batch, now)
    load_next_versions(group_buy.town, now)


def live_through(
    group_buy: GroupBuy, day: date, ms_wei: str, each: int, now: datetime
) -> Batch:
    """One day from opening to its lists; the batch is returned closed and built."""
    link, heads = cutoffs(group_buy, day)
    batch = open_batch(group_buy, now=max(link, heads) - ALMOST_A_DAY)
    if batch is None or batch.delivery_on != day:
        raise RuntimeError(f"{group_buy.token} did not open {day}")
    people = residents(batch, WHERE[group_buy.token], each, day.isoformat())
    last = min(link, heads) - timedelta(minutes=3)
    orders = order_all(batch, people, last - MOST_ORDER_WITHIN, last, ms_wei=ms_wei)
    pay_most(orders, 85, after=timedelta(hours=3), now=now)
    closing = max(link, heads) + CLOSING
    close_batch(batch, now=closing)
    build_lists(batch, now=closing + timedelta(seconds=15))
    return batch
