"""Taps at doors, also those that one phone kept while it had no network: the last one counts.

They come late, in any order, more than once, and beside other phones'. So a tap is judged by
when it was made: an older one changes nothing after a newer one, and the same one again
changes nothing at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from delivery.actions.arrivals import check_built
from delivery.actions.take_back import take_back
from delivery.models import Handover, Settled, TakenBack, Tap
from delivery.rules import may_deliver
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Compound
from groupbuy.community.rules import require
from groupbuy.shared import db
from orders.models import Order
from orders.states import OrderState

Homes = dict[int, list[Order]]  # a tapped order's id → its home's standing orders


@dataclass
class Doors:
    """By order: when it was last said to be handed over, when that was last taken back."""

    ticked: dict[int, datetime]
    taken_back: dict[int, datetime]
    new_ticks: dict[int, datetime] = field(default_factory=dict)
    new_backs: dict[int, datetime] = field(default_factory=dict)

    def weigh(self, tap: Tap, order_id: int, at: datetime) -> bool:
        """Whether the tap of ``at`` changes anything here; if so it is noted."""
        before = self.ticked.get(order_id)
        if tap.reached:
            back = self.taken_back.get(order_id)
            if (back and back > at) or (before and before >= at):
                return False
            self.ticked[order_id] = self.new_ticks[order_id] = at
            return True
        back = self.taken_back.get(order_id)
        if (before and before > at) or (back and back >= at):
            return False
        self.taken_back[order_id] = self.new_backs[order_id] = at
        self.ticked.pop(order_id, None)
        self.new_ticks.pop(order_id, None)
        return True


@transaction.atomic
def settle_taps(
    batch: Batch, compound: Compound, taps: Sequence[Tap], *, by: Actor, now: datetime
) -> list[Settled]:
    """Each tap with what is true of its home now; all orders of a home go together.

    No tap is later than ``now`` or before the day was closed, whatever the phone's clock said.
    Of several taps of a home that come together only the last counts, and is logged.
    """
    require(may_deliver(by, batch, compound, now))
    check_built(batch)
    homes = _homes(batch, compound, taps)
    doors = _doors({order.pk for orders in homes.values() for order in orders})
    town_id = batch.group_buy.town_id
    for orders, tap in _last(taps, homes):
        at = min(max(tap.at, batch.closed_at or tap.at), now)
        changed = [order for order in orders if doors.weigh(tap, order.pk, at)]
        if changed:
            log(
                "hand_over" if tap.reached else "take_back_home",
                changed[0],
                town_id=town_id,
                by=by,
                now=now,
                orders=len(changed),
                tapped_at=at.isoformat(),
            )
    _write(doors, by)
    return [_settled(tap, homes.get(tap.order_id, []), doors) for tap in taps]


def _last(taps: Iterable[Tap], homes: Homes) -> list[tuple[list[Order], Tap]]:
    """Of each home the tap that was made last, the earliest of them first."""
    last = dict[int, tuple[list[Order], Tap]]()
    for tap in sorted(taps, key=lambda tap: tap.at):
        if orders := homes.get(tap.order_id):
            last.pop(orders[0].pk, None)
            last[orders[0].pk] = (orders, tap)
    return list(last.values())


def _homes(batch: Batch, compound: Compound, taps: Iterable[Tap]) -> Homes:
    """Standing orders by tapped order, locked; an order of elsewhere has none."""
    here = batch.orders.filter(compound=compound)
    tapped = here.filter(pk__in={tap.order_id for tap in taps})
    keys = dict(tapped.values_list("pk", "home_key"))
    standing = here.filter(home_key__in=keys.values(), state=OrderState.STANDING)
    by_home = defaultdict(list)
    for order in db.locked(standing.order_by("pk").only("pk", "home_key", "batch")):
        by_home[order.home_key].append(order)
    return {pk: by_home[key] for pk, key in keys.items()}


def _doors(order_ids: Iterable[int]) -> Doors:
    ids = list(order_ids)
    ticks = Handover.objects.filter(order__in=ids)
    backs = TakenBack.objects.filter(order__in=ids).values_list("order_id", "at")
    ticked = {t.order_id: max(t.at, t.again_at or t.at) for t in ticks}
    return Doors(ticked, dict(backs))


def _write(doors: Doors, by: Actor) -> None:
    take_back(doors.new_backs)
    Handover.objects.bulk_create(
        [
            Handover(order_id=pk, at=at, by_user=by.user)
            for pk, at in doors.new_ticks.items()
        ],
        update_conflicts=True,
        unique_fields=["order"],
        update_fields=["at", "by_user"],
    )


def _settled(tap: Tap, orders: Sequence[Order], doors: Doors) -> Settled:
    """A home is reached when every order of it is; ``since`` is the last word on it."""
    ids = [order.pk for order in orders]
    reached = bool(ids) and all(pk in doors.ticked for pk in ids)
    words = doors.ticked if reached else doors.taken_back
    since = max((words[pk] for pk in ids if pk in words), default=None)
    return Settled(tap, reached, since, is_gone=not ids)
