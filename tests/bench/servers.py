"""A PostgreSQL that keeps what it says, and the web server as production runs it."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from tests.services import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """A private server with production's durability; gives its address."""
    folder.mkdir()
    postgres.QUICK.update(DURABLE)
    process, url = postgres.start(folder)
    server = psycopg2.connect(url.replace("/groupbuy?", "/postgres?"))
    server.autocommit = True
    server.cursor().execute("CREATE DATABASE groupbuy")
    server.close()
    try:
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@contextmanager
def web(folder: Path) -> Iterator[int]:
    """Granian with production's settings on a free port, until it answers."""
    from groupbuy.roof.service.programs import web as command  # noqa: PLC0415 - needs settings

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen(
            command("127.0.0.1", port), cwd=ROOT, stdout=log, stderr=log
        )
    try:
        _until_it_answers(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(300):
        time.sleep(0.1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            if process.poll() is not None:
                break
        finally:
            connection.close()
    raise RuntimeError("the web server did not come up")


def environment(folder: Path, url: str) -> None:
    """Production's environment for this process and its children. Before Django is loaded."""
    os.environ.update(
        DATABASE_URL=url,
        VAR_DIR=str(folder / "var"),
        SECRET_KEY="only-for-the-bench-0123456789-abcdefghijklmnopqrstuvwxyz-and-more",
        DJANGO_SETTINGS_MODULE="tests.bench.settings",
        LOG_LEVEL="ERROR",
    )
    (folder / "var").mkdir()
