"""A new version of some suppliers' orders, when a difference changes what they bring."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from catalog.models import Batch
from delivery.models import Handoff, SupplyOrder
from groupbuy.shared import db

# Current lists plus all differences; a gate that gets nothing any more is left out.
LINES = """
INSERT INTO delivery_supplyline (supply_order_id, gate_id, stock_id, quantity)
SELECT so.id, x.gate_id, x.stock_id, SUM(x.quantity)
FROM delivery_supplyorder so
JOIN (
    SELECT l.supplier_id, l.gate_id, l.stock_id, l.quantity
    FROM delivery_pickupline l
    JOIN delivery_pickuplist p ON p.id = l.pickup_list_id
    WHERE p.batch_id = %s AND p.void_at IS NULL
    UNION ALL
    SELECT s.supplier_id, d.gate_id, d.stock_id, d.delta
    FROM delivery_difference d
    JOIN catalog_stock s ON s.id = d.stock_id
    WHERE d.batch_id = %s
) x ON x.supplier_id = so.supplier_id
WHERE so.batch_id = %s AND so.version = %s
GROUP BY so.id, x.gate_id, x.stock_id
HAVING SUM(x.quantity) > 0
"""


def renew_supply(
    batch: Batch, suppliers: Iterable[int], *, version: int, now: datetime
) -> None:
    """Void these suppliers' current orders and write new ones, each with its hand-off.

    A supplier left with nothing keeps an order of 0 pieces: it must be told, too.
    """
    concerned = sorted(suppliers)
    current = SupplyOrder.objects.filter(batch=batch, void_at__isnull=True)
    current.filter(supplier__in=concerned).update(void_at=now)
    fresh = SupplyOrder.objects.bulk_create(
        SupplyOrder(
            batch=batch, supplier_id=pk, version=version, packages=0, made_at=now
        )
        for pk in concerned
    )
    db.changed(LINES, [batch.pk, batch.pk, batch.pk, version])
    for order in fresh:
        order.packages = order.lines.aggregate(n=Sum("quantity"))["n"] or 0
        order.save(update_fields=["packages"])
    Handoff.objects.bulk_create(
        Handoff(batch=batch, supplier_id=pk, version=version) for pk in concerned
    )
