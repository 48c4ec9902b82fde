"""Fixtures for every test: the machine's Chromium, a real worker."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.services import broker, chromium, worker


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium for pytest-playwright; its loop runs in this thread, as the ORM does."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return {"executable_path": chromium.path(), "args": chromium.ARGUMENTS}


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
