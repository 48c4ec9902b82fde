"""One command runs the site: a dead child comes back, and nothing outlives the command."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.roof.service.running import PROCESSES, ROOT, Service, eventually, service

pytestmark = pytest.mark.worker


def test_a_killed_child_comes_back(tmp_path: Path) -> None:
    with service(tmp_path) as running:
        for mark in ("granian", "tick", "render", "beat", "valkey-server"):
            old = running.child(mark)
            assert old is not None
            old.kill()

            eventually(
                lambda mark=mark, old=old: is_another(running.child(mark), old),
                running.log,
            )

        eventually(running.is_whole, running.log)
        assert len(running.everything()) == PROCESSES, (
            "no process of a dead parent is left"
        )


def is_another(new: psutil.Process | None, old: psutil.Process) -> bool:
    return new is not None and new.pid != old.pid


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_it(tmp_path: Path, sign: signal.Signals) -> None:
    with service(tmp_path) as running:
        started = running.everything()

        running.process.send_signal(sign)
        running.process.wait(30)

        eventually(lambda: not any(p.is_running() for p in started), running.log, 20)
        assert not (tmp_path / "valkey.sock").exists()


def test_a_long_folder_name_moves_only_the_socket(tmp_path: Path) -> None:
    """A socket's path may have 107 bytes, a folder's far more."""
    long = tmp_path / ("folder-" * 20)
    long.mkdir()

    with service(long) as running:
        assert running.answers()
        assert (long / "valkey").is_dir()


def second(running: Service, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "serve", *options],
        cwd=ROOT,
        env={"PATH": "", "VAR_DIR": str(running.folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_one_is_refused_with_the_reason(tmp_path: Path) -> None:
    with service(tmp_path) as running:
        answer = second(running, "--port", "1")

        assert answer.returncode == 1
        assert "Already running" in answer.stderr


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with service(tmp_path) as running:
        running.folder = tmp_path / "other"

        answer = second(running, "--port", str(running.port))

        assert answer.returncode == 1
        assert f"make run PORT={running.port + 1}" in answer.stderr
