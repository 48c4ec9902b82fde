"""Tapped by mistake: an arrival or the last tap in a building is taken back, and logged."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from delivery.models import Arrival, Handover, TakenBack
from delivery.rules import may_deliver
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Compound, Gate
from groupbuy.community.rules import require


@transaction.atomic
def take_back_arrival(batch: Batch, gate: Gate, *, by: Actor, now: datetime) -> bool:
    """The goods are not at the gate after all; False if nobody had said they were.

    Residents read "at the gate" no more. Taking back twice changes nothing.
    """
    require(may_deliver(by, batch, gate.compound, now))
    gone, _ = Arrival.objects.filter(batch=batch, gate=gate).delete()
    if gone:
        town_id = batch.group_buy.town_id
        log("take_back_arrival", gate, town_id=town_id, by=by, now=now, batch=batch.pk)
    return bool(gone)


def take_back(moments: Mapping[int, datetime]) -> int:
    """These orders, by id, have not reached their doors after all; returns how many had.

    The moment stays: a tick that is older than it, and comes late, is void.
    """
    rows = [TakenBack(order_id=pk, at=at) for pk, at in moments.items()]
    TakenBack.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["order"], update_fields=["at"]
    )
    count, _ = Handover.objects.filter(order__in=list(moments)).delete()
    return count


@transaction.atomic
def building_not_done(
    batch: Batch,
    compound: Compound,
    building: str,
    *,
    tapped_at: datetime,
    by: Actor,
    now: datetime,
) -> int:
    """Take back the tap of ``tapped_at`` in a building; returns how many orders it was.

    Only that tap's: what was ticked before stays, and doing it twice takes nothing more.
    """
    require(may_deliver(by, batch, compound, now))
    here = Handover.objects.filter(
        order__batch=batch, order__compound=compound, order__building=building
    )
    here.filter(again_at=tapped_at).update(again_at=None)
    of_tap = here.filter(at=tapped_at)
    orders = of_tap.values_list("order_id", flat=True)
    count = take_back(dict.fromkeys(orders, now))
    if count:
        log(
            "building_not_done",
            compound,
            town_id=batch.group_buy.town_id,
            by=by,
            now=now,
            batch=batch.pk,
            building=building,
            orders=count,
        )
    return count
