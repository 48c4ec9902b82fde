"""Counting what was asked in vain, so that nobody asks for all of it.

Kept in this process's own memory, so it needs neither Redis nor a row that everybody would
write to, and costs nothing as long as there is no miss. What it does not do: workers count
each for themselves (with two, somebody gets up to twice as many tries), a restart forgets,
and so does a full table, the oldest first. It fails open, with a line in the log: a guard
that breaks must not close the shop.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

logger = logging.getLogger(__name__)

SIZE = 20_000  # keys, some 4 MB


class Misses:
    """By key, how many misses there were in the ``seconds`` since the first of them."""

    def __init__(
        self,
        *,
        most: int,
        seconds: float,
        size: int = SIZE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._seconds, self._size = most, seconds, size
        self._clock = clock
        self._counts: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()
        self._guard = threading.Lock()

    def add(self, keys: Iterable[Hashable]) -> None:
        """One more miss for each of these keys."""
        try:
            with self._guard:
                for key in keys:
                    self._add(key)
                self._forget()
        except Exception:
            logger.exception("misses are not counted")

    def are_many(self, keys: Iterable[Hashable]) -> bool:
        """Whether one of these keys has missed ``most`` times already."""
        try:
            return any(self._count(key) >= self._most for key in keys)
        except Exception:
            logger.exception("misses are not looked at")
            return False

    def clear(self) -> None:
        with self._guard:
            self._counts.clear()

    def _count(self, key: Hashable) -> int:
        since, count = self._counts.get(key, (0.0, 0))
        return count if self._clock() < since + self._seconds else 0

    def _add(self, key: Hashable) -> None:
        count = self._count(key)
        since = self._counts[key][0] if count else self._clock()
        self._counts[key] = (since, count + 1)
        self._counts.move_to_end(key)

    def _forget(self) -> None:
        while len(self._counts) > self._size:
            _key, (since, _count) = self._counts.popitem(last=False)
            if self._clock() < since + self._seconds:
                logger.warning("too many misses to count them all")
