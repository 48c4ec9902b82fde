"""Tapped by mistake: an arrival or the last tap in a building is taken back, and logged."""

from datetime import datetime

from django.db import transaction

from catalog.models import Batch
from delivery.models import Arrival, Handover
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
    of_tap = Handover.objects.filter(
        order__batch=batch,
        order__compound=compound,
        order__building=building,
        at=tapped_at,
    )
    count, _ = of_tap.delete()
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
