"""The whole site as production runs it, with a broker that can be broken."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil
from django.contrib.staticfiles.finders import get_finders

from tests.chaos.crowd import Line, Reply
from tests.roof.service.running import ROOT, Service
from tests.services import broker

KEY = "only-for-the-chaos-0123456789-abcdefghijklmnopqrstuvwxyz-and-more"
PROCESSES = 8  # web and its two, worker and its two, renderer, beat


class Broker:
    """A Valkey whose socket stays where it is, whatever happens to the server."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.start()

    def start(self) -> None:
        (self.root / "valkey.sock").unlink(missing_ok=True)
        self.process, self.url = broker.start(self.root)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def hang(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def forget(self) -> None:
        with broker.client(self.url) as server:
            server.flushall()


class Site(Service):
    """``manage.py serve`` on a database and a broker of ours."""

    def __init__(self, folder: Path, database: str, settings: Mapping[str, str]):
        folder.mkdir()
        named_only(folder)
        super().__init__(folder, free_port(), **settings, DATABASE_URL=database)
        until(self.is_whole, "the site did not come up", 60)

    def is_whole(self) -> bool:
        return self.answers() and len(self.everything()) >= PROCESSES

    def pids(self, program: str) -> list[int]:
        """A direct child and its own children."""
        found = self.child(program)
        if found is None:
            return []
        return [found.pid, *(p.pid for p in found.children(recursive=True))]

    def send(self, program: str, sign: signal.Signals) -> None:
        """To a direct child and all of its own."""
        for pid in self.pids(program):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)

    def kill(self, process: psutil.Process | None) -> None:
        assert process is not None
        process.kill()

    def get(self, path: str, cookies: str = "") -> Reply:
        line = Line(self.port)
        try:
            return line.get(path, cookies)
        finally:
            line.hang_up()

    def manage(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """One command of the product's in a process of its own."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def end(self) -> None:
        for program in ("tick", "beat", "render"):
            self.send(program, signal.SIGCONT)
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(40)


def production(broker_url: str, settings: str) -> dict[str, str]:
    """The environment but for the database."""
    return {
        "REDIS_URL": broker_url,
        "SECRET_KEY": KEY,
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": settings,
    }


def named_only(folder: Path) -> None:
    """The pages' files need names; packing them takes seconds, and nobody looks at them."""
    (folder / "static").mkdir()
    names = {name: name for f in get_finders() for name, _storage in f.list([])}
    manifest = {"version": "1.1", "hash": "", "paths": names}
    (folder / "static" / "staticfiles.json").write_text(json.dumps(manifest))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def until(check: Callable[[], object], otherwise: str, within: float) -> float:
    """Seconds until ``check()`` holds. Raises TimeoutError with ``otherwise``."""
    began = time.monotonic()
    while not check():
        if time.monotonic() > began + within:
            raise TimeoutError(f"{otherwise} within {within:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - began
