"""A day's orders, written straight into the database as the verbs would have left them."""

from datetime import timedelta

from django.utils import timezone

from catalog.models import Batch
from groupbuy.shared import db

# The n-th home of all; its two packages; a home orders once.
ORDERS = """
INSERT INTO orders_order ({columns})
SELECT {values}
FROM (
  SELECT h.id, b.compound_id, b.id AS building_id, b.name AS building, b.sort, h.room,
         h.sort AS room_sort, row_number() OVER (ORDER BY h.id) AS n
  FROM community_household h JOIN community_building b ON b.id = h.building_id
) AS home
WHERE home.n <= %(count)s
"""
VALUES = {
    "batch_id": "%(batch)s",
    "compound_id": "compound_id",
    "in_building_id": "building_id",
    "building": "building",
    "unit": "''",
    "room": "room",
    "building_sort": "sort",
    "room_sort": "room_sort",
    "home_key": "compound_id || '/' || building || '//' || room",
    "bring_to_door": "false",
    "channel": "'link'",
    "state": "'standing'",
    "number": "lpad((%(batch)s %% 100)::text, 2, '0') || 'B' || n",
    "name": "'王阿姨'",
    "name_in_feed": "false",
    "phone": "'13800000000'",
    "note": "CASE WHEN n %% 10 = 0 THEN '放门口' ELSE '' END",
    "total_cents": "12000",
    "pieces": "2",
    "paid_cents": "0",
    "placed_at": "%(placed_at)s",
    "accepted_until": "%(until)s",
    "late_reason": "''",
    "ended_reason": "''",
    "revision": "1",
    "submit_hash": "encode(sha256(('s' || %(batch)s || '-' || n)::bytea), 'hex')",
    "body_hash": "encode(sha256(('b' || %(batch)s || '-' || n)::bytea), 'hex')",
    "token_hash": "encode(sha256(('t' || %(batch)s || '-' || n)::bytea), 'hex')",
}
LINES = """
INSERT INTO orders_orderline (order_id, stock_id, quantity)
SELECT o.id, s.id, 1
FROM orders_order o
CROSS JOIN LATERAL (VALUES (o.id %% %(rows)s), ((o.id + 3) %% %(rows)s)) AS pick (k)
JOIN (
  SELECT id, row_number() OVER (ORDER BY id) - 1 AS k
  FROM catalog_stock WHERE batch_id = %(batch)s
) AS s ON s.k = pick.k
WHERE o.batch_id = %(batch)s
"""
HOME_USE = """
INSERT INTO orders_homeuse (stock_id, home_key, quantity)
SELECT l.stock_id, o.home_key, SUM(l.quantity)
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
WHERE o.batch_id = %(batch)s GROUP BY l.stock_id, o.home_key
"""
RESERVED = """
UPDATE catalog_stock s SET reserved = used.pieces
FROM (
  SELECT l.stock_id, SUM(l.quantity) AS pieces
  FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
  WHERE o.batch_id = %(batch)s GROUP BY l.stock_id
) AS used
WHERE s.id = used.stock_id
"""
TABLES = "orders_order, orders_orderline, orders_homeuse, catalog_stock"


def fill(batch: Batch, count: int) -> None:
    """``count`` orders of two packages each; the batch is due to close afterwards."""
    now = timezone.now()
    known = columns()
    missing = sorted(set(known) - set(VALUES))
    if missing:
        raise RuntimeError(f"orders have new columns that must be filled: {missing}")
    told = {
        "batch": batch.pk,
        "count": count,
        "rows": batch.stock.count(),
        "placed_at": now - timedelta(hours=3),
        "until": now - timedelta(hours=1),
    }
    sql = ORDERS.format(
        columns=", ".join(known), values=", ".join(map(VALUES.get, known))
    )
    for statement in (sql, LINES, HOME_USE, RESERVED):
        db.changed(statement, told)
    db.changed(f"ANALYZE {TABLES}")
    batch.opens_at = now - timedelta(hours=9)
    batch.until_link = batch.until_heads = now - timedelta(hours=1)
    batch.save()


def columns() -> list[str]:
    """The columns of an order that must be given: all without a default and not null."""
    found = db.rows(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'orders_order' AND column_name <> 'id'"
        " AND (is_nullable = 'NO' OR column_name = ANY(%s))",
        [list(VALUES)],
    )
    return sorted(name for (name,) in found)
