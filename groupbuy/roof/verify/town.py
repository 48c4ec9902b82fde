"""Towns apart, secrets as hashes, nothing kept too long, the clockwork alive."""

from groupbuy.roof.verify.rule import Rule

_NOT_HEX = "(LENGTH({0}) <> 64 OR LTRIM({0}, '0123456789abcdef') <> '')"


def _hashed(name: str, table: str, column: str) -> Rule:
    return Rule(
        name,
        f"{table}.{column} is a SHA-256, never the token itself",
        f"SELECT 1 FROM {table} LIMIT 1",  # noqa: S608 - names of our tables  # nosec B608
        f"SELECT id FROM {table} WHERE {_NOT_HEX.format(column)}",  # noqa: S608  # nosec B608
    )


TOWN = (
    Rule(
        "order_in_one_town",
        "an order's compound and batch are of one town",
        "SELECT 1 FROM orders_order LIMIT 1",
        """SELECT o.id FROM orders_order o
        JOIN catalog_batch b ON b.id = o.batch_id
        JOIN catalog_groupbuy g ON g.id = b.group_buy_id
        JOIN community_compound c ON c.id = o.compound_id
        JOIN community_committee k ON k.id = c.committee_id
        WHERE k.town_id <> g.town_id""",
    ),
    Rule(
        "stock_in_one_town",
        "a stock row's supplier and batch are of one town",
        "SELECT 1 FROM catalog_stock LIMIT 1",
        """SELECT s.id FROM catalog_stock s
        JOIN catalog_batch b ON b.id = s.batch_id
        JOIN catalog_groupbuy g ON g.id = b.group_buy_id
        JOIN catalog_supplier u ON u.id = s.supplier_id
        WHERE u.town_id <> g.town_id""",
    ),
    Rule(
        "list_in_one_town",
        "a pickup list's compound and batch are of one town",
        "SELECT 1 FROM delivery_pickuplist LIMIT 1",
        """SELECT p.id FROM delivery_pickuplist p
        JOIN catalog_batch b ON b.id = p.batch_id
        JOIN catalog_groupbuy g ON g.id = b.group_buy_id
        JOIN community_compound c ON c.id = p.compound_id
        JOIN community_committee k ON k.id = c.committee_id
        WHERE k.town_id <> g.town_id""",
    ),
    Rule(
        "served_in_one_town",
        "a group buy serves places of its own town only",
        "SELECT 1 FROM catalog_servedplace LIMIT 1",
        """SELECT p.id FROM catalog_servedplace p
        JOIN catalog_groupbuy g ON g.id = p.group_buy_id
        JOIN community_compound c ON c.id = p.compound_id
        JOIN community_committee k ON k.id = c.committee_id
        LEFT JOIN community_building d ON d.id = p.building_id
        WHERE k.town_id <> g.town_id
          OR (d.id IS NOT NULL AND d.compound_id <> p.compound_id)""",
    ),
    Rule(
        "membership_in_one_town",
        "a membership's place is of its own town",
        "SELECT 1 FROM community_membership LIMIT 1",
        """SELECT m.id FROM community_membership m
        LEFT JOIN community_committee k ON k.id = m.committee_id
        LEFT JOIN community_building d ON d.id = m.building_id
        LEFT JOIN community_compound c ON c.id = d.compound_id
        LEFT JOIN community_committee e ON e.id = c.committee_id
        WHERE COALESCE(k.town_id, m.town_id) <> m.town_id
           OR COALESCE(e.town_id, m.town_id) <> m.town_id""",
    ),
    _hashed("order_tokens_hashed", "orders_order", "token_hash"),
    _hashed("submit_keys_hashed", "orders_order", "submit_hash"),
    _hashed("devices_hashed", "orders_demand", "device_hash"),
    _hashed("links_hashed", "delivery_accesslink", "token_hash"),
    _hashed("head_links_hashed", "community_headlink", "token_hash"),
    _hashed("api_keys_hashed", "community_accesskey", "token_hash"),
    Rule(
        "nothing_kept_too_long",
        "names, phones, notes and rooms are erased 30 days after delivery",
        "SELECT 1 FROM orders_order LIMIT 1",
        """SELECT o.id FROM orders_order o JOIN catalog_batch b ON b.id = o.batch_id
        WHERE b.delivery_on < %(erase_before)s
          AND (o.phone <> '' OR o.name <> '' OR o.note <> ''
            OR o.room <> '')""",
    ),
    Rule(
        "heartbeat_is_fresh",
        "the clockwork ticked within the last three minutes",
        """SELECT 1 FROM catalog_groupbuy
        WHERE published_at IS NOT NULL AND ended_at IS NULL LIMIT 1""",
        """SELECT 0 FROM (SELECT MAX(at) AS at FROM community_heartbeat
            WHERE name = 'tick') h
        WHERE (h.at IS NULL OR h.at < %(beat_after)s) AND EXISTS (
            SELECT 1 FROM catalog_groupbuy
            WHERE published_at IS NOT NULL AND ended_at IS NULL)""",
    ),
)
