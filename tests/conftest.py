"""Fixtures for every test: the machine's Chromium, a real worker, a database left by all."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from playwright.sync_api import Playwright
from pytest_django import DjangoDbBlocker

from orders.queries.tries import MISSES
from tests.services import broker, chromium, sessions, worker

connection_created.connect(sessions.name_session)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Before the database is dropped, whoever is still in it is named and ended."""
    yield
    with django_db_blocker.unblock():
        connection.close()
        database = str(connection.settings_dict["NAME"])
        sessions.write_down(sessions.end_stragglers(database))


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    with sessions.none_left_in_the_loop():
        yield playwright


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium for pytest-playwright; its loop runs in this thread, as the ORM does."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": chromium.path(), "args": chromium.ARGUMENTS}


@pytest.fixture(autouse=True)
def no_misses_left_over() -> None:
    """Tests share one process, and one home's telephone number."""
    MISSES.clear()


@pytest.fixture
def celery_worker_process(
    transactional_db: None, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker on this test's database and broker, ended with the test."""
    with broker.client(settings.REDIS_URL) as server:
        server.flushdb()
    name = str(connection.settings_dict["NAME"])
    with worker.running(name, tmp_path / "worker.log") as process:
        yield process
