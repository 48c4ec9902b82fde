"""A real Celery worker on the test's own database and broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groupbuy.shared.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def running(database_name: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start it, wait until it is ready, end it afterwards whatever happened."""
    command = [sys.executable, "-m", "celery", "-A", "groupbuy", "--quiet", "worker"]
    command += ["--pool", "prefork", "--concurrency", "2"]
    command += ["--queues", "celery,render"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    me = os.getpid()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "groupbuy.settings.test",
                "TEST_DATABASE_NAME": database_name,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(me),
        )
    try:
        wait_until_ready(process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if b" ready." in log.read_bytes():
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"The worker did not start:\n{log.read_text()}")
