"""What happened to the lists: suppliers answered, goods arrived, doors were reached."""

from datetime import datetime, timedelta

from catalog.models import Batch
from delivery.actions.arrivals import building_done, mark_arrived
from delivery.actions.handoffs import acknowledge
from delivery.actions.print_sheet import print_sheet
from delivery.models import AccessLink, Handoff, PickupList, holder
from groupbuy.roof.demo import chance
from groupbuy.roof.demo.ordering import helper_of
from groupbuy.shared.clock import at


def carry(batch: Batch, now: datetime) -> None:
    """As far as ``now`` allows: a day whose window is over has reached every door."""
    over = now >= at(batch.delivery_on, batch.window_to)
    answered = min(batch.paperwork.built_at + timedelta(hours=1), now)
    for handoff in Handoff.objects.filter(batch=batch).select_related("supplier"):
        if over or chance.happens(60, "answered", handoff.supplier.name):
            acknowledge(handoff, by=holder(link_to(handoff)), now=answered)
    if not over:
        return
    arrival = at(batch.delivery_on, batch.window_from) + timedelta(minutes=20)
    for pickup_list in PickupList.objects.filter(batch=batch, void_at__isnull=True):
        hand_out(pickup_list, arrival)


def link_to(handoff: Handoff) -> AccessLink:
    """The supplier's own, which it answers by."""
    links = AccessLink.objects.filter(batch=handoff.batch_id, revoked_at=None)
    return links.get(supplier=handoff.supplier_id)


def hand_out(pickup_list: PickupList, arrival: datetime) -> None:
    batch, compound = pickup_list.batch, pickup_list.compound
    volunteer = holder(batch.links.get(compound=compound, revoked_at=None))
    helper = helper_of(compound)
    print_sheet(pickup_list, by=helper, now=arrival - timedelta(hours=2))
    for order, gate in enumerate(compound.gates.all()):
        mark_arrived(
            batch, gate, by=volunteer, now=arrival + timedelta(minutes=15 * order)
        )
    done = arrival + timedelta(minutes=40)
    names = pickup_list.lines.order_by("building_sort").values_list(
        "building", flat=True
    )
    for turn, building in enumerate(dict.fromkeys(names)):
        building_done(
            batch,
            compound,
            building,
            by=volunteer,
            now=done + timedelta(minutes=3 * turn),
        )
