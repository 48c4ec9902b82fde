"""A day's documents, in chunks of fresh processes: bounded memory, and one bad job stays one.

Plain subprocesses, since a Celery child may not have multiprocessing children.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from delivery.documents.cut import Job, Ticket, chunks
from delivery.documents.faults import DocumentFault
from delivery.documents.typeset import Pdf
from delivery.documents.workshop import workshop

__all__ = ["Job", "Result", "render_many"]

ROOT = Path(__file__).parents[2]
# A press lives for less than a second and takes 100 MB. Asked for in large pages, they cost
# a tenth of the page faults, which were a fifth of its time. Not glibc: not read, no harm.
LARGE_PAGES = "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864"
Result = Pdf | DocumentFault


@dataclass(slots=True)
class Press:
    """A running renderer: the tickets it still owes, in the order it prints them."""

    path: Path
    owed: deque[Ticket]
    process: subprocess.Popen[bytes]
    deadline: float
    heard: bytearray = field(default_factory=bytearray)
    late: bool = False

    def lines(self) -> Iterator[dict[str, Any]] | None:
        """What it has said since the last look; None when it has hung up."""
        assert self.process.stdout is not None  # noqa: S101 - opened as a pipe  # nosec B101
        said = os.read(self.process.stdout.fileno(), 65536)
        if not said:
            return None
        *whole, rest = (bytes(self.heard) + said).split(b"\n")
        self.heard = bytearray(rest)
        return map(json.loads, whole)

    def stop(self) -> int:
        """End it, whatever it is doing; its exit status."""
        self.process.kill()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return self.process.wait()


def start(path: Path, owed: deque[Ticket], folder: Path, seconds: float) -> Press:
    """Run a renderer over the tickets still owed of a chunk's file."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "RAYON_NUM_THREADS": "1",  # the processes are the parallelism
        "GLIBC_TUNABLES": LARGE_PAGES,
    }
    errors = path.with_suffix(".err")
    with path.open("rb") as jobs, errors.open("wb") as complaints:
        jobs.seek(owed[0].offset)
        process = subprocess.Popen(  # noqa: S603 - our own module, no outside word in it  # nosec B603
            [sys.executable, "-m", "delivery.documents.press", str(folder)],
            stdin=jobs,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
        )
    return Press(path, owed, process, time.monotonic() + seconds)


def last_words(path: Path) -> str:
    """The last line that a chunk's renderer complained, if it did."""
    said = path.with_suffix(".err").read_text(errors="replace").split("\n")
    return next((line for line in reversed(said) if line.strip()), "")


def result(answer: dict[str, Any], ticket: Ticket, folder: Path) -> Result:
    """What a renderer answered, as the caller sees it."""
    if "fault" in answer:
        return DocumentFault(answer["fault"])
    path = folder / answer["file"]
    content = path.read_bytes()
    path.unlink()
    return Pdf(content, answer["pages"], ticket.missing)


class Shop:
    """The presses of one run and what waits for them."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.seconds = seconds
        self.selector = selectors.DefaultSelector()
        self.running: list[Press] = []

    def begin(self, path: Path, owed: deque[Ticket]) -> None:
        """Put a press on a chunk's remaining tickets; nothing left is nothing to do."""
        if not owed:
            path.unlink()
            return
        press = start(path, owed, self.folder, self.seconds)
        self.selector.register(press.process.stdout, selectors.EVENT_READ, press)  # type: ignore[arg-type]
        self.running.append(press)

    def ended(self, press: Press) -> Iterator[tuple[Any, Result]]:
        """A press hung up: the job it was at is to blame, the rest gets a new press."""
        self.selector.unregister(press.process.stdout)  # type: ignore[arg-type]
        self.running.remove(press)
        status = press.stop()
        if press.owed:
            died = f"died ({status}) {last_words(press.path)}"
            reason = f"took over {self.seconds:g} s" if press.late else died
            yield press.owed.popleft().key, DocumentFault(f"the renderer {reason}")
        self.begin(press.path, press.owed)

    def heard(self) -> Iterator[tuple[Any, Result]]:
        """Wait for the next words of any press, or for one's time to run out."""
        patience = min(p.deadline for p in self.running) - time.monotonic()
        for key, _ in self.selector.select(max(patience, 0)):
            press: Press = key.data
            answers = press.lines()
            if answers is None:
                yield from self.ended(press)
                continue
            press.deadline = time.monotonic() + self.seconds
            for answer in answers:
                ticket = press.owed.popleft()
                yield ticket.key, result(answer, ticket, self.folder)
        for press in [p for p in self.running if p.deadline <= time.monotonic()]:
            press.late = True
            yield from self.ended(press)

    def close(self) -> None:
        """Leave no process behind, however the run ends."""
        for press in self.running:
            press.stop()
        self.selector.close()


def render_many(
    jobs: Iterable[Job], *, processes: int = 2, seconds: float = 120
) -> Iterator[tuple[Any, Result]]:
    """Yield (key, Pdf or DocumentFault) for every job, each as it is ready.

    `jobs` is read a chunk at a time, one chunk ahead of the presses. A job that takes longer
    than `seconds` or kills its process is a fault of that job alone.
    """
    with workshop() as folder:
        shop = Shop(folder, seconds)
        waiting = chunks(jobs, folder, processes)
        try:
            ahead = next(waiting, None)
            while ahead or shop.running:
                if ahead and len(shop.running) < processes:
                    yield from ahead.faults
                    shop.begin(ahead.path, ahead.tickets)
                    ahead = next(waiting, None)
                else:
                    yield from shop.heard()
        finally:
            shop.close()
