"""Keeping for a moment, in this process, what is the same for everybody and read all day.

Only for what a page shows: what an order needs to be right, its verb reads itself.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings

T = TypeVar("T")
MOST = 500


class Moment:
    """Values by key for ``times`` × ``settings.MOMENT_SECONDS``; with 0 nothing is kept.

    Values are shared between threads: whoever gets one must not change it.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, times: float = 1
    ) -> None:
        self._clock, self._times = clock, times
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        expires, value = self._kept.get(key, (0.0, None))
        if self._clock() < expires:
            return value
        fresh = make()
        until = self._clock() + self._times * settings.MOMENT_SECONDS
        with self._guard:
            self._kept[key] = (until, fresh)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return fresh
