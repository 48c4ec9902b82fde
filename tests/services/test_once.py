"""Which tests run on both databases: all but those that no database could change."""

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.services.plugin import runs_once


def test_one_that_may_ask_no_database(request: pytest.FixtureRequest) -> None:
    assert runs_once(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


@pytest.fixture
def somebody(db: None) -> str:
    return "asks behind its back"


def test_one_whose_fixture_asks(request: pytest.FixtureRequest, somebody: str) -> None:
    assert not runs_once(request.node)


def test_one_of_a_module_that_opens_the_database_itself(
    request: pytest.FixtureRequest, django_db_setup: None
) -> None:
    assert not runs_once(request.node)


@pytest.mark.django_db
def test_one_that_asks(request: pytest.FixtureRequest) -> None:
    assert not runs_once(request.node)


def test_one_whose_pages_ask(
    request: pytest.FixtureRequest, live_server: LiveServer
) -> None:
    assert not runs_once(request.node)


@pytest.mark.once
@pytest.mark.django_db
def test_one_that_asks_and_need_not(request: pytest.FixtureRequest) -> None:
    assert runs_once(request.node)


@pytest.mark.postgres
def test_one_of_real_locks(request: pytest.FixtureRequest) -> None:
    assert not runs_once(request.node)
