"""Statements planned once per connection: named once, anew after a lost connection, never where
connections are shared."""

from collections.abc import Iterator

import pytest
from django.db import connection

from catalog.models import Stock
from groupbuy.shared import prepared
from tests.factories import make_batch

pytestmark = pytest.mark.django_db(transaction=True)
CODES = "SELECT code FROM catalog_stock WHERE quota > %s AND code < %s ORDER BY code"


def names() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        (count,) = cursor.fetchone()
    return int(count)


def test_the_rows_are_those_of_the_statement_itself() -> None:
    make_batch(codes="ABC")
    for _ in range(7):  # PostgreSQL settles on one plan after five
        assert prepared.rows(CODES, [0, "C"]) == [("A",), ("B",)]
    assert prepared.rows(CODES, [10**6, "C"]) == []


@pytest.mark.postgres
def test_a_connection_names_a_statement_once() -> None:
    make_batch(codes="A")
    before = names()
    for _ in range(3):
        prepared.rows(CODES, [0, "C"])
    assert names() == before + 1


@pytest.mark.postgres
def test_a_new_connection_names_it_anew() -> None:
    make_batch(codes="A")
    prepared.rows(CODES, [0, "C"])
    connection.close()
    assert prepared.rows(CODES, [0, "C"]) == [("A",)]


@pytest.fixture
def asked_first(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This test's connection is a web thread's, looked at before each request."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    yield
    connection.close()


@pytest.mark.postgres
def test_a_name_of_a_session_that_the_server_ended_is_not_called(
    asked_first: None,
) -> None:
    """An owner's page, say: the named statement is the first that its request sends."""
    make_batch(codes="A")
    prepared.rows(CODES, [0, "C"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    other = connection.copy("other")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()
    connection.health_check_done = False  # as at the end of a request
    with connection.cursor() as cursor:  # looks whether the kept connection stands
        called = prepared.call(cursor, CODES, 2)
    with connection.cursor() as cursor:
        cursor.execute(called, [0, "C"])
        assert cursor.fetchall() == [("A",)]


@pytest.mark.postgres
def test_a_plan_made_for_an_empty_table_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A plan that reads a whole table stays; planned anew, it uses the index."""
    monkeypatch.setattr(prepared, "FRESH", 20)
    plan = "SELECT id FROM of_a_moment WHERE word = %s"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE of_a_moment (id int, word text UNIQUE)")
        cursor.execute("INSERT INTO of_a_moment SELECT 0, 'first'")
        cursor.execute("ANALYZE of_a_moment")

        def way() -> str:
            for _ in range(9):
                call = prepared.call(cursor, plan, 1)
                cursor.execute(call, ["first"])
            cursor.execute(f"EXPLAIN {call}", ["first"])
            return str(cursor.fetchone()[0])

        assert way().startswith("Seq Scan")
        cursor.execute(
            "INSERT INTO of_a_moment SELECT n, n::text FROM generate_series(1, 9999) n"
        )
        assert way().startswith("Seq Scan")  # kept, although it is wrong by now
        assert way().startswith("Index Scan")
        cursor.execute("DROP TABLE of_a_moment")


@pytest.mark.postgres
def test_shared_connections_get_no_names(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PGBOUNCER = True
    make_batch(codes="A")
    before = names()
    assert prepared.rows(CODES, [0, "C"]) == [("A",)]
    assert names() == before


@pytest.mark.postgres
def test_a_table_that_changes_under_a_named_statement_is_planned_anew() -> None:
    make_batch(codes="A")
    prepared.rows(CODES, [0, "C"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX of_a_moment ON catalog_stock (code)")
        cursor.execute("ALTER TABLE catalog_stock ADD of_a_moment integer")
        assert prepared.rows(CODES, [0, "C"]) == [("A",)]
        cursor.execute("ALTER TABLE catalog_stock DROP of_a_moment")
        cursor.execute("DROP INDEX of_a_moment")
    Stock.objects.update(code="B")
    assert prepared.rows(CODES, [0, "C"]) == [("B",)]
