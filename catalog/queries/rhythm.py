"""Which days a group buy delivers on: calendar days of the town, no instants but cutoffs."""

from datetime import date, datetime, timedelta

from catalog.models import GroupBuy
from groupbuy.shared.clock import at, day_of

HORIZON = 400  # days looked ahead beyond the rhythm's own step and its skipped days


def delivers_on(group_buy: GroupBuy, day: date) -> bool:
    """Whether the rhythm, from its first delivery and without the skip list, names ``day``."""
    if day < group_buy.starts_on or day.isoformat() in group_buy.skip_dates:
        return False
    if group_buy.rhythm == GroupBuy.Rhythm.WEEKDAYS:
        return day.isoweekday() in group_buy.weekdays
    if group_buy.rhythm == GroupBuy.Rhythm.EVERY_N:
        return (day - group_buy.starts_on).days % group_buy.every_days == 0
    return True


def next_delivery(group_buy: GroupBuy, after: date) -> date | None:
    """The first delivery day later than ``after``; None when the rhythm names none."""
    first = max(after + timedelta(days=1), group_buy.starts_on)
    step = group_buy.every_days * (len(group_buy.skip_dates) + 1)
    for n in range(HORIZON + step):
        day = first + timedelta(days=n)
        if delivers_on(group_buy, day):
            return day
    return None


def delivery_days(group_buy: GroupBuy, start: date, count: int) -> list[date]:
    """The first ``count`` delivery days from ``start`` on, itself included."""
    days: list[date] = []
    day = next_delivery(group_buy, start - timedelta(days=1))
    while day is not None and len(days) < count:
        days.append(day)
        day = next_delivery(group_buy, day)
    return days


def cutoffs(group_buy: GroupBuy, delivery_on: date) -> tuple[datetime, datetime]:
    """The instants until which the link and the heads may order for ``delivery_on``."""
    day = delivery_on - timedelta(days=group_buy.lead_days)
    return at(day, group_buy.cutoff_link), at(day, group_buy.cutoff_heads)


def next_delivery_after(group_buy: GroupBuy, now: datetime) -> date | None:
    """The first delivery day whose last cutoff is still after ``now``: what may open now."""
    day = day_of(now) + timedelta(days=group_buy.lead_days - 1)
    delivery_on = next_delivery(group_buy, day)
    while delivery_on and max(cutoffs(group_buy, delivery_on)) <= now:
        delivery_on = next_delivery(group_buy, delivery_on)
    return delivery_on


def round_of(group_buy: GroupBuy, day: date) -> int:
    """第几轮: which delivery ``day`` is, counted from the group buy's first by its rhythm."""
    days = (day - group_buy.starts_on).days
    earlier = (group_buy.starts_on + timedelta(days=n) for n in range(days))
    return 1 + sum(delivers_on(group_buy, that) for that in earlier)
