"""One version of a batch's lists and supply orders, written by the database itself.

Each statement reads what the one before it wrote, so lists, lines and supply orders agree
by construction; none of them walks over orders in Python. The caller holds the batch row.
"""

from datetime import datetime

from catalog.models import Batch
from groupbuy.shared import db

PICKUP_LISTS = """
INSERT INTO delivery_pickuplist
    (batch_id, compound_id, version, homes, packages, made_at)
SELECT o.batch_id, o.compound_id, %s, COUNT(DISTINCT o.home_key), SUM(l.quantity), %s
FROM orders_order o
JOIN orders_orderline l ON l.order_id = o.id
WHERE o.batch_id = %s AND o.state = 'standing'
GROUP BY o.batch_id, o.compound_id
"""

# The gate is frozen here: the building's own, else the compound's default one. A compound
# without any gate breaks NOT NULL, on purpose: its goods would have nowhere to go.
PICKUP_LINES = """
INSERT INTO delivery_pickupline
    (pickup_list_id, order_id, order_line_id, stock_id, supplier_id, gate_id,
     building, unit, room, building_sort, room_sort, home_key, code, quantity,
     note, bring_to_door)
SELECT p.id, o.id, l.id, s.id, s.supplier_id, COALESCE(b.gate_id, g.id),
       o.building, o.unit, o.room, o.building_sort, o.room_sort, o.home_key, s.code,
       l.quantity, o.note, o.bring_to_door OR COALESCE(h.bring_to_door, FALSE)
FROM delivery_pickuplist p
JOIN orders_order o ON o.batch_id = p.batch_id AND o.compound_id = p.compound_id
    AND o.state = 'standing'
JOIN orders_orderline l ON l.order_id = o.id
JOIN catalog_stock s ON s.id = l.stock_id
LEFT JOIN community_building b ON b.id = o.in_building_id
LEFT JOIN community_gate g ON g.compound_id = o.compound_id AND g.is_default
LEFT JOIN community_household h ON h.building_id = o.in_building_id
    AND h.unit = o.unit AND h.room = o.room
WHERE p.batch_id = %s AND p.version = %s
"""

SUPPLY_ORDERS = """
INSERT INTO delivery_supplyorder (batch_id, supplier_id, version, packages, made_at)
SELECT p.batch_id, l.supplier_id, p.version, SUM(l.quantity), p.made_at
FROM delivery_pickuplist p
JOIN delivery_pickupline l ON l.pickup_list_id = p.id
WHERE p.batch_id = %s AND p.version = %s
GROUP BY p.batch_id, l.supplier_id, p.version, p.made_at
"""

SUPPLY_LINES = """
INSERT INTO delivery_supplyline (supply_order_id, gate_id, stock_id, quantity)
SELECT so.id, l.gate_id, l.stock_id, SUM(l.quantity)
FROM delivery_supplyorder so
JOIN delivery_pickuplist p ON p.batch_id = so.batch_id AND p.version = so.version
JOIN delivery_pickupline l ON l.pickup_list_id = p.id AND l.supplier_id = so.supplier_id
WHERE so.batch_id = %s AND so.version = %s
GROUP BY so.id, l.gate_id, l.stock_id
"""

HANDOFFS = """
INSERT INTO delivery_handoff (batch_id, supplier_id, version)
SELECT batch_id, supplier_id, version FROM delivery_supplyorder
WHERE batch_id = %s AND version = %s
"""


def write_version(batch: Batch, version: int, now: datetime) -> None:
    """Lists, lines, supply orders and hand-offs of ``version``, from the standing orders."""
    db.changed(PICKUP_LISTS, [version, db.instant(now), batch.pk])
    for statement in (PICKUP_LINES, SUPPLY_ORDERS, SUPPLY_LINES, HANDOFFS):
        db.changed(statement, [batch.pk, version])


def void_version(batch: Batch, now: datetime) -> None:
    """End every current list and supply order of ``batch``; their rows stay readable."""
    batch.pickup_lists.filter(void_at__isnull=True).update(void_at=now)
    batch.supply_orders.filter(void_at__isnull=True).update(void_at=now)
