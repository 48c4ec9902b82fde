"""A PostgreSQL that can be broken: started, stopped and killed as often as a row wants."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg2

from tests.services import postgres

SETTINGS = {"listen_addresses": "", "shared_buffers": "64MB", "max_connections": "60"}
PATIENCE = 30.0  # seconds until it must take connections


class Cluster:
    """Durable, on a socket in ``root``; the site comes as ``groupbuy``, rows as ``postgres``."""

    def __init__(self, root: Path, **settings: str) -> None:
        self.root, self.settings = root, SETTINGS | settings
        self.data = root / "data"
        self.url = f"postgres://groupbuy@/groupbuy?host={root}"
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        self.root.mkdir()
        postgres.make(self.root)
        self.start()
        self.do("CREATE ROLE groupbuy LOGIN", database="postgres")
        self.do("CREATE DATABASE groupbuy OWNER groupbuy", database="postgres")

    def copy(self, root: Path) -> "Cluster":
        """Another server with the same data; both are down while it is made."""
        root.mkdir(exist_ok=True)
        shutil.copytree(self.data, root / "data", dirs_exist_ok=True)
        owner = self.data.stat()
        for path in [root, *root.rglob("*")]:
            os.chown(path, owner.st_uid, owner.st_gid)
        return Cluster(root)

    def start(self) -> None:
        """Until it answers; a killed one's last processes may still hold its memory."""
        deadline = time.monotonic() + PATIENCE
        while True:
            if self.process is None or self.process.poll() is not None:
                self.process = postgres.run(self.root, self.settings)
            if self.answers():
                return
            if time.monotonic() > deadline:
                log = (self.root / "postgres.log").read_text(errors="replace")
                raise RuntimeError(log[-2000:])
            time.sleep(0.05)

    def stop(self, sign: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: in order; SIGQUIT: ``pg_ctl -m immediate``; SIGKILL: the postmaster only."""
        assert self.process is not None
        self.process.send_signal(sign)
        self.process.wait(30)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        try:
            self.rows("SELECT 1", database="postgres")
        except psycopg2.OperationalError:
            return False
        return True

    def until_it_answers(self) -> None:
        """Raises TimeoutError after half a minute."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                raise TimeoutError("PostgreSQL does not answer")
            time.sleep(0.05)

    def rows(
        self, sql: str, params: Any = None, *, database: str = "groupbuy"
    ) -> list[tuple[Any, ...]]:
        """One statement on a connection of its own, as the superuser."""
        host = str(self.root)
        connection = psycopg2.connect(
            host=host, user="postgres", dbname=database, connect_timeout=5
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def do(self, sql: str, params: Any = None, *, database: str = "groupbuy") -> None:
        self.rows(sql, params, database=database)

    def backends(self) -> list[int]:
        """Process ids of the site's sessions."""
        sql = "SELECT pid FROM pg_stat_activity WHERE usename = 'groupbuy' ORDER BY pid"
        return [pid for (pid,) in self.rows(sql)]
