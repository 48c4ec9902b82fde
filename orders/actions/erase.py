"""Forgetting: name, phone, note, room, calls and chat lines go 30 days after delivery (PIPL, article 19).

What was bought in which building and what it came to stay as trade facts; the home stays
as a pseudonym, so that limits and books still add up but lead to no door.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from catalog.models import Batch
from groupbuy.shared import tokens
from groupbuy.shared.clock import day_of
from orders.models import Call, Chain, ChainLine, HomeUse, Order

KEPT_DAYS = 30
HOMES_AT_ONCE = 500


def kept_until(batch: Batch) -> date:
    """The last day on which names, phones, rooms and sheets of this day may exist."""
    return batch.delivery_on + timedelta(days=KEPT_DAYS)


def erase_due(*, now: datetime) -> int:
    """Forget whom the orders delivered more than 30 days ago were for; how many rows."""
    before = day_of(now) - timedelta(days=KEPT_DAYS)
    named = Order.objects.filter(
        ~Q(phone="", name="", note=""), batch__delivery_on__lt=before
    )
    count = named.update(phone="", name="", note="", name_in_feed=False)
    old = Batch.objects.filter(delivery_on__lt=before).exclude(orders__isnull=True)
    for batch in old.filter(~Q(orders__room="")).distinct():
        count += _forget_rooms(batch)
    calls, _models = Call.objects.filter(batch__delivery_on__lt=before).delete()
    return count + calls + _forget_chains(before)


def pseudonym(home_key: str) -> str:
    """The same for the same home, and no way back without the secret key."""
    return "x" + tokens.derived("home", home_key)


def _forget_rooms(batch: Batch) -> int:
    homes = batch.orders.exclude(room="").values_list("home_key", flat=True)
    keys = sorted(set(homes))
    for start in range(0, len(keys), HOMES_AT_ONCE):
        _forget(batch, keys[start : start + HOMES_AT_ONCE])
    return len(keys)


@transaction.atomic
def _forget(batch: Batch, keys: Sequence[str]) -> None:
    orders = list(Order.objects.filter(batch=batch, home_key__in=keys))
    uses = list(HomeUse.objects.filter(stock__batch=batch, home_key__in=keys))
    rows: list[Order | HomeUse] = [*orders, *uses]
    for row in rows:
        row.home_key = pseudonym(row.home_key)
    for order in orders:
        order.unit = order.room = order.room_sort = order.body_hash = ""
    told = ["home_key", "unit", "room", "room_sort", "body_hash"]
    Order.objects.bulk_update(orders, told)
    HomeUse.objects.bulk_update(uses, ["home_key"])


@transaction.atomic
def _forget_chains(before: date) -> int:
    """What was pasted, and everything read from it; that there was a paste stays."""
    old = Chain.objects.filter(batch__delivery_on__lt=before).exclude(text="")
    ids = list(old.values_list("pk", flat=True))
    ChainLine.objects.filter(chain__in=ids).update(
        text="", why_args={}, understood=[], spans=[], corrected=None
    )
    return Chain.objects.filter(pk__in=ids).update(text="", agreed={}, refused={})
