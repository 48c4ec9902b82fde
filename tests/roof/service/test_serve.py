"""One command runs the site: a dead child comes back, and nothing outlives the command."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.roof.service.running import PROCESSES, ROOT, Service, eventually, service

pytestmark = pytest.mark.worker


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One that nobody ends, in a folder whose name is too long for a socket (107 bytes)."""
    folder = tmp_path_factory.mktemp("long") / ("folder-" * 20)
    folder.mkdir()
    with service(folder) as running:
        yield running


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


def test_a_long_folder_name_moves_only_the_socket(standing: Service) -> None:
    assert standing.answers()
    assert (standing.folder / "valkey").is_dir()


def second(folder: Path, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={"PATH": "", "VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_second_one_is_refused_with_the_reason(standing: Service) -> None:
    answer = second(standing.folder, 1)

    assert answer.returncode == 1
    assert "Already running" in answer.stderr


def test_a_taken_port_is_named_with_the_way_out(
    standing: Service, tmp_path: Path
) -> None:
    answer = second(tmp_path, standing.port)

    assert answer.returncode == 1
    assert f"make run PORT={standing.port + 1}" in answer.stderr
