"""差异单: what an order says minus what the printed paper says, numbered in the batch."""

from datetime import datetime

from django.db.models import Max, Sum

from catalog.models import Batch
from delivery.models import Difference, PickupLine
from groupbuy.community.models import Actor, Gate
from orders.models import Order, OrderLine
from orders.states import OrderState


def write_differences(
    batch: Batch, order: Order, *, reason: str, by: Actor, now: datetime
) -> set[int]:
    """One row for every line that the paper has wrong; returns the suppliers concerned.

    The caller holds the batch row, so numbers come without gap or double.
    """
    last = batch.differences.aggregate(last=Max("number"))["last"] or 0
    lines = list(order.lines.select_related("stock"))
    changes = [(line, delta) for line in lines if (delta := missing(order, line))]
    gate_id = gate_of(order)
    Difference.objects.bulk_create(
        Difference(
            batch=batch,
            number=number,
            order_line=line,
            stock=line.stock,
            compound_id=order.compound_id,
            gate_id=gate_id,
            delta=delta,
            reason=reason,
            by_user=by.user,
            at=now,
        )
        for number, (line, delta) in enumerate(changes, start=last + 1)
    )
    return {line.stock.supplier_id for line, _ in changes}


def missing(order: Order, line: OrderLine) -> int:
    """Pieces that the paper lacks (or has too many, below zero) of one order line."""
    on_paper = PickupLine.objects.filter(
        order_line=line, pickup_list__void_at__isnull=True
    ).aggregate(n=Sum("quantity"))["n"]
    corrected = line.differences.aggregate(n=Sum("delta"))["n"]
    ordered = line.quantity if order.state == OrderState.STANDING else 0
    return ordered - (on_paper or 0) - (corrected or 0)


def gate_of(order: Order) -> int:
    """The gate frozen on the list; for an order on no list its building's, or the default."""
    frozen = order.pickup_lines.filter(pickup_list__void_at__isnull=True).first()
    if frozen is not None:
        return frozen.gate_id
    if order.in_building is not None:
        return order.in_building.gate_id
    return Gate.objects.get(compound=order.compound_id, is_default=True).pk
