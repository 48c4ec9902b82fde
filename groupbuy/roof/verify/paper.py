"""Closing's result against the orders: lists, supply orders, differences, hand-offs."""

# ruff: noqa: S608 - every part of these statements stands in this file

from groupbuy.roof.verify.rule import Rule

_ANY_LIST = "SELECT 1 FROM delivery_pickuplist LIMIT 1"
_ANY_SUPPLY = "SELECT 1 FROM delivery_supplyorder LIMIT 1"
_CURRENT = """SELECT pl.order_line_id, pl.quantity, pl.stock_id, pl.gate_id, p.compound_id,
    p.batch_id, pl.id FROM delivery_pickupline pl
    JOIN delivery_pickuplist p ON p.id = pl.pickup_list_id AND p.void_at IS NULL"""

PAPER = (
    Rule(
        "due_days_are_closed",
        "a day is closed within ten minutes of its last cutoff",
        "SELECT 1 FROM catalog_batch LIMIT 1",
        """SELECT id FROM catalog_batch WHERE state = 'open'
          AND until_link < %(ten_minutes_ago)s AND until_heads < %(ten_minutes_ago)s""",
    ),
    Rule(
        "lists_are_built",
        "a closed batch has its lists within five minutes",
        "SELECT 1 FROM catalog_batch WHERE state = 'closed' LIMIT 1",
        """SELECT b.id FROM catalog_batch b
        LEFT JOIN delivery_paperwork w ON w.batch_id = b.id
        WHERE b.state = 'closed' AND w.id IS NULL
          AND b.closed_at < %(five_minutes_ago)s""",
    ),
    Rule(
        "line_on_one_list",
        "every standing line of a built batch is once on the list of its own compound,"
        " or came late as a numbered difference",
        _ANY_LIST,
        f"""SELECT l.id FROM orders_orderline l
        JOIN orders_order o ON o.id = l.order_id AND o.state = 'standing'
        JOIN delivery_paperwork w ON w.batch_id = o.batch_id
        LEFT JOIN ({_CURRENT}) c ON c.order_line_id = l.id
          AND c.compound_id = o.compound_id AND c.batch_id = o.batch_id
        LEFT JOIN delivery_difference d ON d.order_line_id = l.id
        WHERE o.late_reason = '' OR d.id IS NULL
        GROUP BY l.id HAVING COUNT(DISTINCT c.id) <> 1""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "paper_matches_orders",
        "a line's quantity is what its list says plus its differences",
        _ANY_LIST,
        f"""SELECT l.id FROM orders_orderline l
        JOIN orders_order o ON o.id = l.order_id
        JOIN delivery_paperwork w ON w.batch_id = o.batch_id
        LEFT JOIN ({_CURRENT}) c ON c.order_line_id = l.id
        LEFT JOIN (SELECT order_line_id, SUM(delta) AS delta FROM delivery_difference
            GROUP BY order_line_id) d ON d.order_line_id = l.id
        WHERE COALESCE(c.quantity, 0) + COALESCE(d.delta, 0)
          <> CASE WHEN o.state = 'standing' THEN l.quantity ELSE 0 END""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "list_line_is_its_order",
        "a list's line has the package, home and gate of the order it was made from",
        _ANY_LIST,
        f"""SELECT c.id FROM ({_CURRENT}) c
        JOIN orders_orderline l ON l.id = c.order_line_id
        JOIN orders_order o ON o.id = l.order_id
        JOIN community_gate g ON g.id = c.gate_id
        WHERE l.stock_id <> c.stock_id OR o.compound_id <> c.compound_id
          OR o.batch_id <> c.batch_id OR g.compound_id <> c.compound_id""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "list_header_matches",
        "a list's header counts its own lines",
        _ANY_LIST,
        """SELECT p.id FROM delivery_pickuplist p LEFT JOIN (
            SELECT pickup_list_id, SUM(quantity) AS packages,
              COUNT(DISTINCT home_key) AS homes
            FROM delivery_pickupline GROUP BY pickup_list_id) t
          ON t.pickup_list_id = p.id
        WHERE p.packages <> COALESCE(t.packages, 0) OR p.homes <> COALESCE(t.homes, 0)""",
    ),
    Rule(
        "supply_matches_lists",
        "supply orders bring what the lists and their differences say, by package and gate",
        _ANY_LIST,
        f"""SELECT stock_id FROM (
            SELECT batch_id, stock_id, gate_id, quantity AS q FROM ({_CURRENT}) c
            UNION ALL
            SELECT batch_id, stock_id, gate_id, delta FROM delivery_difference
            UNION ALL
            SELECT so.batch_id, sl.stock_id, sl.gate_id, -sl.quantity
            FROM delivery_supplyline sl JOIN delivery_supplyorder so
              ON so.id = sl.supply_order_id AND so.void_at IS NULL) x
        GROUP BY batch_id, stock_id, gate_id HAVING SUM(q) <> 0""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "supply_has_its_lists",
        "no supply order brings what neither a list nor a difference expects",
        _ANY_SUPPLY,
        f"""SELECT sl.id FROM delivery_supplyline sl
        JOIN delivery_supplyorder so ON so.id = sl.supply_order_id AND so.void_at IS NULL
        LEFT JOIN ({_CURRENT}) c ON c.batch_id = so.batch_id
          AND c.stock_id = sl.stock_id AND c.gate_id = sl.gate_id
        LEFT JOIN delivery_difference d ON d.batch_id = so.batch_id
          AND d.stock_id = sl.stock_id AND d.gate_id = sl.gate_id
        WHERE c.id IS NULL AND d.id IS NULL""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "supply_header_matches",
        "a supply order's header counts its own lines",
        _ANY_SUPPLY,
        """SELECT so.id FROM delivery_supplyorder so LEFT JOIN (
            SELECT supply_order_id, SUM(quantity) AS packages
            FROM delivery_supplyline GROUP BY supply_order_id) t
          ON t.supply_order_id = so.id
        WHERE so.packages <> COALESCE(t.packages, 0)""",
    ),
    Rule(
        "supplier_sees_own_goods",
        "a supply order holds its own supplier's goods only",
        _ANY_SUPPLY,
        """SELECT sl.id FROM delivery_supplyline sl
        JOIN delivery_supplyorder so ON so.id = sl.supply_order_id
        JOIN catalog_stock s ON s.id = sl.stock_id
        WHERE s.supplier_id <> so.supplier_id OR s.batch_id <> so.batch_id""",
    ),
    Rule(
        "handoff_exists",
        "every supply order has its hand-off",
        _ANY_SUPPLY,
        """SELECT so.id FROM delivery_supplyorder so
        LEFT JOIN delivery_handoff h ON h.batch_id = so.batch_id
          AND h.supplier_id = so.supplier_id AND h.version = so.version
        WHERE h.id IS NULL""",
    ),
)
