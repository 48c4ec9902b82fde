"""Public answers, kept in this process for a moment: the same bytes for everybody who asks.

Nothing of a request but the key may reach ``make``, or one reader's answer would be another's.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

SECONDS = 1.5
MOST = 500


@dataclass(frozen=True)
class Kept:
    """An answer until ``expires`` (monotonic seconds)."""

    body: bytes
    etag: str
    expires: float


class Shelf:
    """Answers by key, the least recently made thrown out first.

    Several threads may make a stale answer anew at once: a process has few, and one that
    waits for another's query gains nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> Kept:
        kept = self._kept.get(key)
        if kept and self._clock() < kept.expires:
            return kept
        return self._keep(key, make())

    def clear(self) -> None:
        with self._guard:
            self._kept.clear()

    def _keep(self, key: Hashable, body: bytes) -> Kept:
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        kept = Kept(body, etag, self._clock() + SECONDS)
        with self._guard:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return kept


SHELF = Shelf()


def shown(request: Request, key: Hashable, make: Callable[[], Any]) -> Any:
    """The answer, or 304. ``make`` gives plain data, and raises Http404 to keep nothing."""
    kept = SHELF.get(key, lambda: JSONRenderer().render(make()))
    response = HttpResponse(kept.body, content_type="application/json")
    response["ETag"] = kept.etag
    response["Cache-Control"] = "public, max-age=1"
    asked = request._request  # noqa: SLF001 - DRF's own name for Django's request
    found = get_conditional_response(asked, etag=kept.etag, response=response)
    return found or response
