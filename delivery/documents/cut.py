"""A day's jobs cut into chunks by weight: two or three ordinary lists, or one large one.

Starting a press costs a third of an ordinary list. Chunks this small cost little more than
large ones, keep a press's memory low, however long the day, and leave none without work
while another still has much.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, repeat
from pathlib import Path
from typing import Any

from delivery.documents.faults import DocumentFault
from delivery.documents.prepare import prepared

LEAST, MOST = 30_000, 120_000  # bytes of jobs; a list has some 180 for each home


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


def sizes(processes: int) -> Iterator[int]:
    """After how many bytes each chunk is full, without end.

    The first are small, so that every press has work as soon as there is any; the others
    are as large as a press may be, since typst remembers some 500 bytes for each.
    """
    size = LEAST
    while True:
        yield from repeat(size, processes)
        size = min(2 * size, MOST)


@dataclass(slots=True)
class Chunk:
    """Jobs written into a file for one press, and those whose data cannot be printed."""

    path: Path
    tickets: deque[Ticket] = field(default_factory=deque)
    faults: list[tuple[Any, DocumentFault]] = field(default_factory=list)


def written(
    jobs: Iterator[Job], size: int, path: Path, numbers: Iterator[int]
) -> Chunk:
    """Write the next jobs until their file is full, however heavy the last of them is."""
    chunk = Chunk(path)
    with path.open("wb") as file:
        for job in jobs:
            try:
                payload, missing = prepared(job.template, job.data, job.language)
                told = {"template": job.template, "payload": payload}
                line = json.dumps({"number": next(numbers)} | told)
            except Exception as fault:  # noqa: BLE001 - broken data stops only its own sheet
                reason = DocumentFault(f"{job.template}: {fault!r}")
                chunk.faults.append((job.key, reason))
                continue
            chunk.tickets.append(Ticket(job.key, frozenset(missing), file.tell()))
            file.write(line.encode() + b"\n")
            if file.tell() >= size:
                break
    return chunk


def chunks(jobs: Iterable[Job], folder: Path, processes: int) -> Iterator[Chunk]:
    """All jobs, each read and prepared only when the chunk it is in is asked for."""
    waiting, numbers = iter(jobs), count()
    for size in sizes(processes):
        chunk = written(waiting, size, folder / f"chunk-{next(numbers)}.jsonl", numbers)
        if not chunk.tickets and not chunk.faults:
            return
        yield chunk
