"""Supply orders as the plain data that their documents are set from."""

from delivery.documents.shapes import Contact, PackageTotal, SupplyData, SupplyStop
from delivery.models import SupplyOrder
from delivery.queries.supply import GateLoad, loads, totals
from delivery.queries.words import day_words, moment_words, window_words


def supply_data(order: SupplyOrder, confirm_url: str) -> SupplyData:
    """``order`` comes from ``with_lines``; ``confirm_url`` is the supplier's link or empty."""
    buy = order.batch.group_buy
    window = window_words(order.batch.window_from, order.batch.window_to)
    return SupplyData(
        town=buy.town.name,
        supplier=order.supplier.name,
        group_buy=buy.title,
        delivery=day_words(order.batch.delivery_on),
        version=order.version,
        made_at=moment_words(order.made_at),
        contact=Contact(buy.contact_name, buy.contact_phone),
        totals=tuple(
            PackageTotal(t.stock.code, t.stock.title, t.quantity) for t in totals(order)
        ),
        stops=tuple(stop(load, window) for load in loads(order)),
        confirm_url=confirm_url,
    )


def stop(load: GateLoad, window: str) -> SupplyStop:
    """One gate; whom to call there is the committee, never a resident."""
    compound = load.gate.compound
    return SupplyStop(
        compound=compound.name,
        gate=load.gate.name,
        address=load.gate.address or compound.address,
        contact=Contact(compound.committee.name, compound.committee.phone),
        window=window,
        items=tuple((line.stock.code, line.quantity) for line in load.lines),
    )
