"""The orders themselves."""

from groupbuy.roof.verify.rule import Rule

_ANY_ORDER = "SELECT 1 FROM orders_order LIMIT 1"

ORDERS = (
    Rule(
        "order_has_lines",
        "every order has lines",
        _ANY_ORDER,
        """SELECT o.id FROM orders_order o
        WHERE NOT EXISTS (SELECT 1 FROM orders_orderline l WHERE l.order_id = o.id)""",
    ),
    Rule(
        "order_of_one_day",
        "all lines of an order are of its own batch",
        _ANY_ORDER,
        """SELECT l.id FROM orders_orderline l
        JOIN orders_order o ON o.id = l.order_id
        JOIN catalog_stock s ON s.id = l.stock_id
        WHERE s.batch_id <> o.batch_id""",
    ),
    Rule(
        "order_total",
        "an order's total is the sum of quantity times the stock row's price, its pieces"
        " that of the quantities",
        _ANY_ORDER,
        """SELECT o.id FROM orders_order o JOIN (
            SELECT l.order_id, SUM(l.quantity * s.price_cents) AS total,
                SUM(l.quantity) AS pieces
            FROM orders_orderline l JOIN catalog_stock s ON s.id = l.stock_id
            GROUP BY l.order_id) t ON t.order_id = o.id
        WHERE o.total_cents <> t.total OR o.pieces <> t.pieces""",
    ),
    Rule(
        "order_in_time",
        "every order came before its cutoff, or has a reason for being late",
        _ANY_ORDER,
        """SELECT id FROM orders_order
        WHERE placed_at >= accepted_until AND late_reason = ''""",
    ),
    Rule(
        "nothing_after_closing",
        "nothing but late orders came after closing",
        "SELECT 1 FROM catalog_batch WHERE closed_at IS NOT NULL LIMIT 1",
        """SELECT o.id FROM orders_order o JOIN catalog_batch b ON b.id = o.batch_id
        WHERE b.closed_at IS NOT NULL AND o.placed_at > b.closed_at
          AND o.late_reason = ''""",
    ),
    Rule(
        "called_off_is_void",
        "no order stands in a day that was called off",
        "SELECT 1 FROM catalog_batch WHERE state = 'called_off' LIMIT 1",
        """SELECT o.id FROM orders_order o JOIN catalog_batch b ON b.id = o.batch_id
        WHERE b.state = 'called_off' AND o.state = 'standing'""",
    ),
    Rule(
        "home_is_its_own",
        "an order's building row is of its own compound",
        "SELECT 1 FROM orders_order WHERE in_building_id IS NOT NULL LIMIT 1",
        """SELECT o.id FROM orders_order o
        JOIN community_building b ON b.id = o.in_building_id
        WHERE b.compound_id <> o.compound_id OR b.name <> o.building""",
    ),
)
