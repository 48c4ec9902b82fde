"""The whole service, started for a test on a free port and a folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import psutil

from groupbuy.shared.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROCESSES = 9
NOT_OURS = ("TEST_", "REDIS_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST")


class Service:
    """``manage.py serve``, its processes and what it said; on an empty SQLite unless
    ``settings`` or a file in ``folder`` say otherwise."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        self.folder, self.port = folder, port
        file = folder / "groupbuy.sqlite3"
        if "DATABASE_URL" not in settings and not file.exists():
            file.write_bytes(migrated())
        self.environment = clean_environment() | {"VAR_DIR": str(folder)} | settings
        self.log = folder / "serve.log"
        me = os.getpid()
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(port)],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: die_with_parent(me),
            )

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            with connection.getresponse() as reply:
                return reply.status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def everything(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, program: str) -> psutil.Process | None:
        """The direct child that runs this program."""
        for process in psutil.Process(self.process.pid).children():
            with suppress(
                psutil.NoSuchProcess
            ):  # just killed, not yet seen by its parent
                if program in " ".join(process.cmdline()).replace("/", " ").split():
                    return process
        return None

    def is_whole(self) -> bool:
        """Broker, web with two workers, worker with two processes, renderer, beat."""
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        return self.answers() and len(self.everything()) >= PROCESSES


@cache
def migrated() -> bytes:
    """An empty database file with every table, made once for all tests here."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={**clean_environment(), "VAR_DIR": folder},
            check=True,
        )
        return (Path(folder) / "groupbuy.sqlite3").read_bytes()


def clean_environment() -> dict[str, str]:
    """Without what the suite set for itself: the service is a real one."""
    return {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}


@contextmanager
def service(folder: Path, **settings: str) -> Iterator[Service]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Service(folder, port, **settings)
    try:
        eventually(running.is_whole, running.log)
        yield running
    finally:
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGTERM)
        running.process.wait(40)


def eventually(check: Callable[[], object], log: Path, within: float = 60) -> None:
    """Wait until ``check()`` holds; fails with what the service said."""
    deadline = time.monotonic() + within
    while not check():
        assert time.monotonic() < deadline, log.read_text()[-3000:]
        time.sleep(0.1)
