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
from itertools import count, islice
from pathlib import Path
from typing import Any

from delivery.documents.faults import DocumentFault
from delivery.documents.prepare import prepared
from delivery.documents.typeset import Pdf
from delivery.documents.workshop import workshop

ROOT = Path(__file__).parents[2]
Result = Pdf | DocumentFault


@dataclass(frozen=True, slots=True)
class Job:
    """One document wanted; `key` comes back with the result."""

    key: Any
    template: str
    data: Any
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job written into a chunk's file, from byte `offset` on."""

    key: Any
    missing: frozenset[str]
    offset: int


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


def written(
    jobs: Iterable[Job], path: Path, numbers: Iterator[int]
) -> tuple[deque[Ticket], list[tuple[Any, DocumentFault]]]:
    """Write a chunk's file; jobs whose data cannot be printed come back at once."""
    tickets: deque[Ticket] = deque()
    faults: list[tuple[Any, DocumentFault]] = []
    with path.open("wb") as file:
        for job in jobs:
            try:
                payload, missing = prepared(job.template, job.data, job.language)
                line = json.dumps(
                    {
                        "number": next(numbers),
                        "template": job.template,
                        "payload": payload,
                    }
                )
            except Exception as fault:  # noqa: BLE001 - broken data stops only its own sheet
                faults.append((job.key, DocumentFault(f"{job.template}: {fault!r}")))
                continue
            tickets.append(Ticket(job.key, frozenset(missing), file.tell()))
            file.write(line.encode() + b"\n")
    return tickets, faults


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
    jobs: Iterable[Job], *, processes: int = 2, chunk: int = 50, seconds: float = 120
) -> Iterator[tuple[Any, Result]]:
    """Yield (key, Pdf or DocumentFault) for every job, each as it is ready.

    `jobs` is read a chunk at a time. A job that takes longer than `seconds` or kills
    its process is a fault of that job alone.
    """
    numbers, waiting, more = count(), iter(jobs), True
    with workshop() as folder:
        shop = Shop(folder, seconds)
        try:
            while more or shop.running:
                while more and len(shop.running) < processes:
                    batch = list(islice(waiting, chunk))
                    more = bool(batch)
                    path = shop.folder / f"chunk-{next(numbers)}.jsonl"
                    tickets, faults = written(batch, path, numbers)
                    yield from faults
                    shop.begin(path, tickets)
                if shop.running:
                    yield from shop.heard()
        finally:
            shop.close()
