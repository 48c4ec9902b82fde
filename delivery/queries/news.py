"""What became of orders after closing, for their owners' page: at the gate, handed out."""

from collections.abc import Sequence
from datetime import datetime

from delivery.models import Arrival, Difference, Handover, PickupLine
from orders.models import Order
from orders.signals import OrderNews

Standing = tuple[int, str]  # gate, its name


def news_of(orders: Sequence[Order]) -> dict[int, OrderNews]:
    """By order id, for all of them together: four queries, however many orders."""
    ids = [order.pk for order in orders]
    where = gates_of(ids)
    arrived = arrivals(orders, where)
    handed = dict(Handover.objects.filter(order__in=ids).values_list("order_id", "at"))
    return {
        order.pk: OrderNews(
            gate=where[order.pk][1] if order.pk in where else "",
            at_gate=arrived.get((order.batch_id, where[order.pk][0]))
            if order.pk in where
            else None,
            handed_out=handed.get(order.pk),
        )
        for order in orders
    }


def gates_of(ids: Sequence[int]) -> dict[int, Standing]:
    """The gate each order comes to: as its list says, or the correction that let it in."""
    late = Difference.objects.filter(order_line__order__in=ids, delta__gt=0)
    listed = PickupLine.objects.filter(order__in=ids, pickup_list__void_at__isnull=True)
    found = {}
    for order, gate, name in late.values_list(
        "order_line__order", "gate", "gate__name"
    ):
        found[order] = (gate, name)
    for order, gate, name in listed.values_list("order", "gate", "gate__name"):
        found[order] = (gate, name)
    return found


def arrivals(
    orders: Sequence[Order], where: dict[int, Standing]
) -> dict[tuple[int, int], datetime]:
    """When the goods of a batch came to a gate."""
    came = Arrival.objects.filter(
        batch__in={order.batch_id for order in orders},
        gate__in={gate for gate, _ in where.values()},
    )
    return {
        (batch, gate): at for batch, gate, at in came.values_list("batch", "gate", "at")
    }
