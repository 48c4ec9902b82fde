"""Starts what the suite needs before Django reads its settings, and ends it with the run.

``--database=postgres`` runs on a private PostgreSQL (or ``TEST_DATABASE_URL``), otherwise
SQLite in a file; the broker is a private Valkey (or ``REDIS_URL``). conftest.py would be
too late: by then pytest-django has loaded the settings.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from groupbuy.roof import catalogue
from tests.services import broker, chromium, postgres, report

STARTED: list[tuple[subprocess.Popen[bytes], int]] = []
FOLDERS: list[Path] = []
SEEN_ONCE = pytest.StashKey[int]()
# Fixtures of pytest-django: without one of them, or its mark, a test gets no connection.
ASKING = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        default="sqlite",
        help="Which database the tests run on.",
    )
    parser.addoption(
        "--again",
        action="store_true",
        help="The second run of the suite: without what no database could change.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: Sequence[str]
) -> None:
    if number := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw"):
        os.environ["REDIS_URL"] = broker.database_of(
            os.environ["REDIS_URL"], int(number) + 1
        )
        return
    catalogue.compile_if_needed()
    root = Path(tempfile.mkdtemp(prefix="groupbuy-"))
    FOLDERS.append(root)
    root.chmod(0o755)  # PostgreSQL may run as another user
    os.environ["TEST_VAR_DIR"] = str(root)
    if early_config.known_args_namespace.database == "postgres":
        if not os.environ.get("TEST_DATABASE_URL"):
            folder = root / "postgres"
            begin("TEST_DATABASE_URL", postgres.start_small, folder, signal.SIGINT)
    else:
        os.environ.pop("TEST_DATABASE_URL", None)
    if not os.environ.get("REDIS_URL"):
        begin("REDIS_URL", broker.start, root / "broker", signal.SIGTERM)


def begin(
    variable: str,
    start: Callable[[Path], tuple[subprocess.Popen[bytes], str]],
    folder: Path,
    end_signal: int,
) -> None:
    folder.mkdir()
    process, os.environ[variable] = start(folder)
    STARTED.append((process, end_signal))


def pytest_unconfigure() -> None:
    while STARTED:
        process, end_signal = STARTED.pop()
        process.send_signal(end_signal)
        process.wait(20)
    while FOLDERS:
        shutil.rmtree(FOLDERS.pop(), ignore_errors=True)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Tests of real row locks wait for PostgreSQL; browser tests need a browser."""
    if config.getoption("--database") != "postgres":
        leave_out(config, items, [i for i in items if i.get_closest_marker("postgres")])
    once = [i for i in items if config.getoption("--again") and runs_once(i)]
    config.stash[SEEN_ONCE] = len(once)
    if hasattr(config, "workeroutput"):
        config.workeroutput["once"] = len(once)
    leave_out(config, items, once)
    with_browser = [item for item in items if item.get_closest_marker("browser")]
    if with_browser and not chromium.path():
        if os.environ.get("CI"):
            raise pytest.UsageError("No Chromium: the browser tests must run in CI.")
        for item in with_browser:
            item.add_marker(pytest.mark.skip(reason="NO CHROMIUM on this machine"))


def runs_once(item: pytest.Item) -> bool:
    """No database could change what it says: it may ask none, or it is marked ``once``.

    pytest-django refuses a connection to a test that has not asked for the database.
    """
    if item.get_closest_marker("postgres"):
        return False
    if item.get_closest_marker("once"):
        return True
    names = set(getattr(item, "fixturenames", ()))
    return not (item.get_closest_marker("django_db") or names & ASKING)


def leave_out(
    config: pytest.Config, items: list[pytest.Item], left: list[pytest.Item]
) -> None:
    if left:
        config.hook.pytest_deselected(items=left)
        gone = set(left)
        items[:] = [item for item in items if item not in gone]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Only xdist's workers collect; all of them collect the same."""
    node.config.stash[SEEN_ONCE] = getattr(node, "workeroutput", {}).get("once", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    ran = report.Ran.of(terminalreporter, config.getoption("--database"))
    ran.once = config.stash.get(SEEN_ONCE, 0)
    for line in ran.lines():
        terminalreporter.write_line(line, bold=bool(ran.skipped or ran.stragglers))
    if path := os.environ.get("SUITE_REPORT"):
        ran.save(Path(path))
