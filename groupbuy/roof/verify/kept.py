"""Words about residents, on delivery's side and staff's: gone when names are, 30 days on."""

# ruff: noqa: S608 - every part of these statements stands in this file

from groupbuy.roof.verify.rule import Rule
from orders.actions.forget_reasons import FORGOTTEN

_OLD = (
    "JOIN catalog_batch b ON b.id = {0}.batch_id AND b.delivery_on < %(erase_before)s"
)

KEPT = (
    Rule(
        "list_lines_forgotten",
        "notes and rooms on lists are erased 30 days after delivery, homes made pseudonyms",
        "SELECT 1 FROM delivery_pickupline LIMIT 1",
        f"""SELECT l.id FROM delivery_pickupline l
        JOIN delivery_pickuplist p ON p.id = l.pickup_list_id
        {_OLD.format("p")}
        WHERE l.note <> '' OR l.room <> '' OR l.unit <> '' OR l.room_sort <> ''
          OR l.home_key LIKE '%%/%%'""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "order_reasons_forgotten",
        "why an order was late or ended, in staff's own words, is erased 30 days on",
        "SELECT 1 FROM orders_order WHERE late_reason <> '' OR ended_reason <> '' LIMIT 1",
        f"""SELECT o.id FROM orders_order o
        {_OLD.format("o")}
        WHERE o.late_reason NOT IN ('', '{FORGOTTEN}') OR o.ended_reason <> ''""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "personal_sheets_shredded",
        "stored sheets with homes on them are deleted 30 days after delivery",
        "SELECT 1 FROM delivery_sheet WHERE kind NOT IN ('supply', 'supply_excel') LIMIT 1",
        f"""SELECT s.id FROM delivery_sheet s
        {_OLD.format("s")}
        WHERE s.kind NOT IN ('supply', 'supply_excel')""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "difference_reasons_forgotten",
        "the reasons of differences, in staff's own words, are erased 30 days on",
        "SELECT 1 FROM delivery_difference LIMIT 1",
        f"""SELECT d.id FROM delivery_difference d
        {_OLD.format("d")}
        WHERE d.reason <> ''""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "paper_problems_forgotten",
        "what was wrong with paper, which may quote a name, is erased 30 days on",
        "SELECT 1 FROM delivery_paperwork LIMIT 1",
        f"""SELECT w.id FROM delivery_paperwork w
        {_OLD.format("w")}
        WHERE w.problem <> ''""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "calls_forgotten",
        "which homes were called because they had not ordered is deleted 30 days on",
        "SELECT 1 FROM orders_call LIMIT 1",
        f"""SELECT c.id FROM orders_call c
        {_OLD.format("c")}""",  # names of our own tables  # nosec B608
    ),
    Rule(
        "heads_forgotten",
        "the head's name on a revoked link is erased after 30 days",
        "SELECT 1 FROM community_headlink LIMIT 1",
        """SELECT id FROM community_headlink
        WHERE name <> '' AND revoked_at < %(erase_before)s""",
    ),
)
