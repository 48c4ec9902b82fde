"""Child processes that never outlive their parent."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from groupbuy.shared.processes import die_with_parent

LONGEST_PAUSE = 30.0  # seconds between two tries to start a child that keeps dying


@dataclass
class Child:
    """One program under care: started, watched, started again after a growing pause."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    not_before: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        """In a process group of its own: Ctrl-C reaches only the parent, which decides."""
        me = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603 - our own programs  # nosec B603
            self.command,
            env=dict(self.environment),
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(me),  # noqa: PLW1509 - no threads here
        )
        self.started_at = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> str:
        """Start it if it is dead and its pause is over; says what happened, or ""."""
        if self.is_running() or time.monotonic() < self.not_before:
            return ""
        if self.process is None or self.not_before:
            self.not_before = 0.0
            self.start()
            return ""
        return self._count_death(self.process)

    def _count_death(self, process: subprocess.Popen[bytes]) -> str:
        self.end_group()
        lived = time.monotonic() - self.started_at
        self.deaths = 1 if lived > 2 * LONGEST_PAUSE else self.deaths + 1
        pause = min(0.5 * 2 ** (self.deaths - 1), LONGEST_PAUSE)
        self.not_before = time.monotonic() + pause
        return f"{self.name} ended ({process.returncode}); again in {pause:g} s"

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_running():
            self.process.terminate()

    def stop(self, within: float) -> None:
        """Wait ``within`` seconds for a stop that was asked for, then end the whole group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(within, 0))
        self.end_group()
        self.process.wait()

    def end_group(self) -> None:
        """What the child left behind goes with it: its own workers, too."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
