"""A checker that cannot fail proves nothing: one planted fault per rule, each is found."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from catalog.models import Batch
from delivery.actions.build_lists import build_lists
from delivery.models import Difference, Paperwork, PickupLine, Sheet
from groupbuy.community.models import RESIDENT, SYSTEM, AccessKey, HeadLink, staff
from groupbuy.roof.tick import beat
from groupbuy.roof.verify import RULES, verify
from groupbuy.shared import tokens
from orders.actions.call_off import call_off_offer
from orders.actions.close_batch import close_batch
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.leave_demand import leave_demand
from orders.actions.place_order import place_order
from orders.models import Call, Wish
from tests import factories
from tests.factories import NOON

AFTER = NOON + timedelta(hours=8)


@pytest.fixture
def day(db: None) -> Batch:
    """A whole day of two homes and two suppliers, closed and built by the real verbs."""
    compound = factories.make_compound(buildings={"3": ["501", "502"]})
    town = compound.committee.town
    group_buy = factories.make_group_buy(compounds=[compound])
    for code in "ABC":
        factories.make_offer(group_buy, code, factories.make_supplier(town))
    batch = factories.make_batch(group_buy)
    stock = {row.code: row for row in batch.stock.all()}
    for key, room in (("k1", "501"), ("k2", "502")):
        items = {stock["A"].pk: 1, stock["B"].pk: 2}
        wish = Wish(compound.pk, "3", room, items, name="魏阿姨", phone="13800000000")
        place_order(batch, wish=wish, submit_key=key, by=RESIDENT, now=NOON)
    leave_demand(stock["A"], device="d", compound_id=None, now=NOON)
    chain = factories.make_chain(batch, compound.buildings.get(), {"502": {"B": 1}})
    hand_in_chain(chain, by=SYSTEM, now=NOON)
    factories.make_committee_staff(compound.committee)
    factories.make_head_link(compound.buildings.get())
    AccessKey.objects.create(
        town=town, name="n", scope="pickup_lists", token_hash=tokens.stored("x")
    )
    by = staff(factories.make_town_staff(town))
    call_off_offer(stock["C"], reason="断货", by=by, now=NOON)
    close_batch(batch, now=batch.until_last + timedelta(seconds=5))
    build_lists(batch, now=AFTER - timedelta(minutes=1))
    leave_words(batch)
    home = compound.buildings.get().households.first()
    Call.objects.create(batch=batch, household=home, at=NOON)
    link = factories.make_head_link(compound.buildings.get(), name="魏姐")
    HeadLink.objects.filter(pk=link.pk).update(revoked_at=NOON)
    off = factories.make_batch(factories.make_group_buy(compounds=[compound]))
    Batch.objects.filter(pk=off.pk).update(state="called_off")
    off.stock.update(is_open=False)
    beat("test")
    return batch


def leave_words(batch: Batch) -> None:
    """What is kept of people: a sheet, a letter not printed, reasons (sums stay right)."""
    batch.orders.filter(room="502").update(late_reason="魏阿姨住院了")
    line = PickupLine.objects.filter(pickup_list__batch=batch).first()
    place = {"compound": line.pickup_list.compound, "batch": batch}
    Sheet.objects.create(**place, kind="doors", version=1, file="x", made_at=AFTER)
    Paperwork.objects.filter(batch=batch).update(problem="□ = 𠮷")
    for number, delta in ((1, 1), (2, -1)):
        Difference.objects.create(
            **place,
            number=number,
            delta=delta,
            order_line=line.order_line,
            stock=line.stock,
            gate=line.gate,
            reason="魏阿姨住院了",
            at=AFTER,
        )


def run(sql: str) -> None:
    """Plant a fault past the database's own checks; the test's rollback heals it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # none may wait for a commit
            cursor.execute(
                "SELECT conrelid::regclass::text, conname FROM pg_constraint"
                " WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
            )
            for table, name in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute(sql)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def move_to_other_town(table: str, column: str, make: Callable[[], int]) -> None:
    run(f"UPDATE {table} SET {column} = {make()}")  # noqa: S608 - names stand below


def other_supplier() -> int:
    return factories.make_supplier(factories.make_town()).pk


def other_compound() -> int:
    return factories.make_compound(factories.make_committee(factories.make_town())).pk


def other_committee() -> int:
    return factories.make_committee(factories.make_town()).pk


def nothing_expected() -> None:
    run("DELETE FROM delivery_difference")
    run("DELETE FROM delivery_pickupline WHERE code = 'A'")


def other_batch() -> int:
    return factories.make_batch(factories.make_group_buy(factories.make_town())).pk


FAULTS: dict[str, str | Callable[[], None]] = {
    "stock_within_quota": "UPDATE catalog_stock SET quota = 1 WHERE reserved = 2",
    "stock_matches_orders": "UPDATE catalog_stock SET reserved = reserved + 1",
    "heads_share_matches_orders": "UPDATE catalog_stock SET reserved_heads = 1",
    "home_use_matches_orders": "UPDATE orders_homeuse SET quantity = quantity + 1",
    "home_use_is_counted": "DELETE FROM orders_homeuse",
    "home_within_limit": "UPDATE catalog_stock SET household_limit = 1",
    "stock_open_with_its_day": "UPDATE catalog_stock SET is_open = TRUE",
    "called_off_leaves_orders": """UPDATE catalog_stock
        SET called_off_at = '2022-01-01 00:00:00+00', called_off_reason = 'x'""",
    "order_has_lines": """INSERT INTO orders_order (batch_id, compound_id, building, unit,
        room, building_sort, room_sort, home_key, bring_to_door, channel, state,
        number, name, name_in_feed, phone, note, total_cents, paid_cents, placed_at,
        accepted_until, late_reason, ended_reason, revision, submit_hash, body_hash,
        token_hash) SELECT batch_id, compound_id, building, unit, room, building_sort,
        room_sort, home_key, bring_to_door, channel, state, 'x', name,
        name_in_feed, phone, note, 0, 0, placed_at, accepted_until, '', '', 1, 'x', 'x',
        'x' FROM orders_order LIMIT 1""",
    "order_of_one_day": """UPDATE orders_orderline SET stock_id = (SELECT s.id
        FROM catalog_stock s JOIN catalog_batch b ON b.id = s.batch_id
        WHERE b.state = 'called_off' ORDER BY s.id LIMIT 1)
        WHERE id = (SELECT MIN(id) FROM orders_orderline)""",
    "order_total": "UPDATE orders_order SET total_cents = total_cents + 1",
    "order_in_time": "UPDATE orders_order SET placed_at = accepted_until",
    "nothing_after_closing": "UPDATE catalog_batch SET closed_at = opens_at",
    "called_off_is_void": "UPDATE catalog_batch SET state = 'called_off'",
    "home_is_its_own": "UPDATE orders_order SET building = '4'",
    "chain_in_one_town": lambda: move_to_other_town(
        "orders_chain", "batch_id", other_batch
    ),
    "chain_line_is_its_order": "UPDATE orders_order SET channel = 'proxy'",
    "handed_in_is_ordered": "DELETE FROM orders_chainline_orders",
    "chains_forget": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "due_days_are_closed": """UPDATE catalog_batch SET state = 'open'
        WHERE state = 'called_off'""",
    "lists_are_built": """UPDATE catalog_batch SET closed_at = opens_at,
        state = 'closed'""",
    "line_on_one_list": "DELETE FROM delivery_pickupline",
    "paper_matches_orders": "UPDATE delivery_pickupline SET quantity = quantity + 1",
    "list_line_is_its_order": """UPDATE delivery_pickupline SET stock_id = (
        SELECT MIN(id) FROM catalog_stock)""",
    "list_header_matches": "UPDATE delivery_pickuplist SET homes = homes + 1",
    "supply_matches_lists": "UPDATE delivery_supplyline SET quantity = quantity + 1",
    "supply_has_its_lists": nothing_expected,
    "supply_header_matches": "UPDATE delivery_supplyorder SET packages = 99",
    "supplier_sees_own_goods": lambda: move_to_other_town(
        "catalog_stock", "supplier_id", other_supplier
    ),
    "handoff_exists": "DELETE FROM delivery_handoff",
    "order_in_one_town": lambda: move_to_other_town(
        "orders_order", "compound_id", other_compound
    ),
    "stock_in_one_town": lambda: move_to_other_town(
        "catalog_stock", "supplier_id", other_supplier
    ),
    "list_in_one_town": lambda: move_to_other_town(
        "delivery_pickuplist", "compound_id", other_compound
    ),
    "served_in_one_town": lambda: move_to_other_town(
        "catalog_servedplace", "compound_id", other_compound
    ),
    "membership_in_one_town": lambda: move_to_other_town(
        "community_membership", "committee_id", other_committee
    ),
    "order_tokens_hashed": "UPDATE orders_order SET token_hash = 'k' || SUBSTR(token_hash, 2)",
    "submit_keys_hashed": """UPDATE orders_order SET
        submit_hash = 'G' || SUBSTR(submit_hash, 2)""",
    "devices_hashed": "UPDATE orders_demand SET device_hash = 'device'",
    "links_hashed": "UPDATE delivery_accesslink SET token_hash = 't' || seed",
    "head_links_hashed": "UPDATE community_headlink SET token_hash = 't' || seed",
    "api_keys_hashed": "UPDATE community_accesskey SET token_hash = 'key'",
    "nothing_kept_too_long": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "list_lines_forgotten": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "personal_sheets_shredded": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "order_reasons_forgotten": """UPDATE catalog_batch
        SET delivery_on = '2022-01-01'""",
    "difference_reasons_forgotten": """UPDATE catalog_batch
        SET delivery_on = '2022-01-01'""",
    "paper_problems_forgotten": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "calls_forgotten": "UPDATE catalog_batch SET delivery_on = '2022-01-01'",
    "heads_forgotten": """UPDATE community_headlink
        SET revoked_at = '2022-01-01 00:00:00+00'""",
    "heartbeat_is_fresh": "UPDATE community_heartbeat SET at = '2022-01-01 00:00:00+00'",
}


def broken(now: datetime = AFTER) -> set[str]:
    return {finding.rule for finding in verify(now=now).broken}


def test_every_rule_has_its_fault() -> None:
    assert set(FAULTS) == {rule.name for rule in RULES}


def test_the_day_is_clean_and_every_rule_had_something_to_check(day: Batch) -> None:
    book = verify(now=AFTER)
    assert book.broken == []
    assert book.nothing_to_check == []
    assert book.checked == {
        "orders": 3,
        "closed_batches": 1,
        "pickup_lines": 5,
        "supply_lines": 2,
    }


@pytest.mark.parametrize("rule", sorted(FAULTS))
def test_the_fault_is_found(day: Batch, rule: str) -> None:
    fault = FAULTS[rule]
    run(fault) if isinstance(fault, str) else fault()
    assert rule in broken()


def test_pieces_that_are_not_its_lines_are_found_and_uncounted_ones_are_no_fault(
    day: Batch,
) -> None:
    one, *rest = day.orders.order_by("pk").values_list("pk", flat=True)
    run(f"UPDATE orders_order SET pieces = NULL WHERE id <> {one}")  # noqa: S608 - our id
    assert "order_total" not in broken()
    run(f"UPDATE orders_order SET pieces = pieces + 1 WHERE id = {one}")  # noqa: S608 - our id
    (finding,) = (f for f in verify(now=AFTER).broken if f.rule == "order_total")
    assert rest
    assert list(finding.ids) == [one]


def test_every_way_in_counts_the_pieces(day: Batch) -> None:
    """A link's order, a chain's, and what is left when a package was called off."""
    assert not day.orders.filter(pieces=None).exists()


def test_a_finding_names_ids_and_no_person(day: Batch) -> None:
    run("UPDATE orders_order SET total_cents = 1")
    (finding,) = (f for f in verify(now=AFTER).broken if f.rule == "order_total")
    assert sorted(finding.ids) == sorted(day.orders.values_list("pk", flat=True))
    assert "魏" not in repr(finding)
    assert "13800000000" not in repr(finding)
