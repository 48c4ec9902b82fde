"""What heads pasted, against the orders it became."""

from groupbuy.roof.verify.rule import Rule

_ANY_CHAIN = "SELECT 1 FROM orders_chain LIMIT 1"

CHAINS = (
    Rule(
        "chain_in_one_town",
        "a chain's building and day are of one town",
        _ANY_CHAIN,
        """SELECT h.id FROM orders_chain h
        JOIN catalog_batch b ON b.id = h.batch_id
        JOIN catalog_groupbuy g ON g.id = b.group_buy_id
        JOIN community_building d ON d.id = h.building_id
        JOIN community_compound c ON c.id = d.compound_id
        JOIN community_committee k ON k.id = c.committee_id
        WHERE k.town_id <> g.town_id""",
    ),
    Rule(
        # Not of the building: staff may move an order to another home afterwards.
        "chain_line_is_its_order",
        "a chain's line leads to heads' orders of its own day only",
        "SELECT 1 FROM orders_chainline_orders LIMIT 1",
        """SELECT l.id FROM orders_chainline_orders x
        JOIN orders_chainline l ON l.id = x.chainline_id
        JOIN orders_chain h ON h.id = l.chain_id
        JOIN orders_order o ON o.id = x.order_id
        WHERE o.batch_id <> h.batch_id OR o.channel <> 'head'""",
    ),
    Rule(
        "handed_in_is_ordered",
        "a line that was handed in has its order",
        "SELECT 1 FROM orders_chainline WHERE state = 'handed_in' LIMIT 1",
        """SELECT l.id FROM orders_chainline l
        LEFT JOIN orders_chainline_orders x ON x.chainline_id = l.id
        WHERE l.state = 'handed_in' AND x.id IS NULL""",
    ),
    Rule(
        "chains_forget",
        "chains keep no overdue personal datum: pasted text goes 30 days after delivery",
        _ANY_CHAIN,
        """SELECT h.id FROM orders_chain h
        JOIN catalog_batch b ON b.id = h.batch_id
        LEFT JOIN orders_chainline l ON l.chain_id = h.id
        WHERE b.delivery_on < %(erase_before)s AND (h.text <> ''
          OR CAST(h.agreed AS TEXT) <> '{}' OR CAST(h.refused AS TEXT) <> '{}'
          OR l.text <> '' OR l.corrected IS NOT NULL
          OR CAST(l.understood AS TEXT) <> '[]' OR CAST(l.why_args AS TEXT) <> '{}')""",
    ),
)
