"""The stock rows and what each home has taken of them."""

from groupbuy.roof.verify.rule import Rule

_ANY_STOCK = "SELECT 1 FROM catalog_stock LIMIT 1"

STOCK = (
    Rule(
        "stock_within_quota",
        "0 <= reserved <= quota and 0 <= reserved_heads <= reserved",
        _ANY_STOCK,
        """SELECT id FROM catalog_stock
        WHERE reserved < 0 OR reserved > quota
           OR reserved_heads < 0 OR reserved_heads > reserved""",
    ),
    Rule(
        "stock_matches_orders",
        "reserved is the sum of its lines in standing orders",
        _ANY_STOCK,
        """SELECT s.id FROM catalog_stock s LEFT JOIN (
            SELECT l.stock_id, SUM(l.quantity) AS total FROM orders_orderline l
            JOIN orders_order o ON o.id = l.order_id AND o.state = 'standing'
            GROUP BY l.stock_id) t ON t.stock_id = s.id
        WHERE s.reserved <> COALESCE(t.total, 0)""",
    ),
    Rule(
        "heads_share_matches_orders",
        "reserved_heads is the sum of lines that did not come by the link",
        _ANY_STOCK,
        """SELECT s.id FROM catalog_stock s LEFT JOIN (
            SELECT l.stock_id, SUM(l.quantity) AS total FROM orders_orderline l
            JOIN orders_order o ON o.id = l.order_id
              AND o.state = 'standing' AND o.channel <> 'link'
            GROUP BY l.stock_id) t ON t.stock_id = s.id
        WHERE s.reserved_heads <> COALESCE(t.total, 0)""",
    ),
    Rule(
        "home_use_matches_orders",
        "what a home has taken is the sum of its lines in standing orders",
        "SELECT 1 FROM orders_homeuse LIMIT 1",
        """SELECT u.id FROM orders_homeuse u LEFT JOIN (
            SELECT l.stock_id, o.home_key, SUM(l.quantity) AS total
            FROM orders_orderline l
            JOIN orders_order o ON o.id = l.order_id AND o.state = 'standing'
            GROUP BY l.stock_id, o.home_key) t
          ON t.stock_id = u.stock_id AND t.home_key = u.home_key
        WHERE u.quantity <> COALESCE(t.total, 0)""",
    ),
    Rule(
        "home_use_is_counted",
        "every standing line is counted for its home",
        "SELECT 1 FROM orders_orderline LIMIT 1",
        """SELECT l.id FROM orders_orderline l
        JOIN orders_order o ON o.id = l.order_id AND o.state = 'standing'
        LEFT JOIN orders_homeuse u
          ON u.stock_id = l.stock_id AND u.home_key = o.home_key
        WHERE u.id IS NULL""",
    ),
    Rule(
        "home_within_limit",
        "no home has more of a package than its limit",
        "SELECT 1 FROM orders_homeuse LIMIT 1",
        """SELECT u.id FROM orders_homeuse u JOIN catalog_stock s ON s.id = u.stock_id
        WHERE u.quantity > s.household_limit OR u.quantity < 0""",
    ),
    Rule(
        "stock_open_with_its_day",
        "a stock row is open exactly as long as its batch is",
        _ANY_STOCK,
        """SELECT s.id FROM catalog_stock s JOIN catalog_batch b ON b.id = s.batch_id
        WHERE s.is_open <> (b.state = 'open')""",
    ),
    Rule(
        "called_off_leaves_orders",
        "five minutes after a package was called off no standing order holds it",
        "SELECT 1 FROM catalog_stock WHERE called_off_at IS NOT NULL LIMIT 1",
        """SELECT DISTINCT s.id FROM catalog_stock s
        JOIN orders_orderline l ON l.stock_id = s.id
        JOIN orders_order o ON o.id = l.order_id AND o.state = 'standing'
        WHERE s.called_off_at < %(five_minutes_ago)s""",
    ),
)
