"""The folder in which a day's documents are made: homes are in it, so no dead renderer's stays.

Its owner holds a lock on it, which the kernel takes back however the owner ends; whoever
makes the next folder clears away those that nobody holds.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "sheets-"


@contextmanager
def workshop() -> Iterator[Path]:
    """An empty folder, gone afterwards."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        clear(left)
    path, lock = opened()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def opened() -> tuple[Path, int]:
    """A new folder and the lock on it; another one if it was cleared before it was locked."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            lock = os.open(path, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.exists():
                return path, lock
            os.close(lock)


def clear(path: Path) -> None:
    """Delete the folder unless somebody works in it, or it is not ours."""
    with suppress(OSError):
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(lock)
