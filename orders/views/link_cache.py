"""The look page's bytes, kept in this process for a moment: most readers cost no query.

Nothing personal may ever get in here: whatever is kept is the same for everybody who asks
for the same key.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

from orders.views.pieces import Pieces

SECONDS = 1.5
STALEST = 10.0  # seconds after that for which a crowd is still shown the old page
MOST = 500  # pages kept; a page and its two packings are some 60 KB
MOST_PARTS = 50  # of one page: those of the compounds that asked first


@dataclass
class Kept:
    """One page until ``expires`` (monotonic seconds), packed when first asked for."""

    body: bytes
    expires: float
    etag: str = ""
    is_part: bool = False  # seen by few: packed in a third of the time, 15 % bigger
    packed: dict[str, bytes] = field(default_factory=dict)
    parts: dict[Hashable, "Kept"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.etag = self.etag or _etag(self.body)
        self._pieces: Pieces | None = None

    def as_(self, encoding: str) -> bytes:
        if encoding not in self.packed:
            pack = {"br": _brotli, "gzip": _gzip}.get(encoding)
            self.packed[encoding] = pack(self.body, self.is_part) if pack else self.body
        return self.packed[encoding]

    def cut(self, values: Mapping[str, str]) -> bytes:
        """The page with these at their marks, which are the same in every call."""
        if self._pieces is None:
            self._pieces = Pieces(self.body, values)
        return self._pieces.joined(values)

    def part(self, key: Hashable, values: Callable[[], Mapping[str, str]]) -> "Kept":
        """A page cut from this one, kept no longer than it."""
        part = self.parts.get(key)
        if part is None:
            own = values()
            etag = _etag("\0".join([self.etag, *own.values()]).encode())
            part = Kept(self.cut(own), self.expires, etag, is_part=True)
            if len(self.parts) < MOST_PARTS:
                self.parts[key] = part
        return part


class LinkCache:
    """Pages by key. When one is stale a single thread makes it anew; the others meanwhile
    get the stale one, or wait where there is none, or only one of another hour."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, seconds: float = SECONDS
    ) -> None:
        self._clock, self._seconds = clock, seconds
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._makers: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable, make: Callable[[], bytes]) -> Kept:
        kept = self._pages.get(key)
        if kept and self._clock() < kept.expires:
            return kept
        with self._guard:
            maker = self._makers.setdefault(key, threading.Lock())
        too_old = kept is None or self._clock() > kept.expires + STALEST
        if not maker.acquire(blocking=too_old):
            return kept  # type: ignore[return-value]  # not blocking: there is one
        try:
            fresh = self._pages.get(key)
            if fresh and self._clock() < fresh.expires:
                return fresh
            return self._keep(key, make())
        except BaseException:  # no such page: guessed addresses must not pile up here
            self._makers.pop(key, None)
            self._pages.pop(key, None)  # nor may a page that is no more be shown
            raise
        finally:
            maker.release()

    def clear(self) -> None:
        with self._guard:
            self._pages.clear()
            self._makers.clear()

    def _keep(self, key: Hashable, body: bytes) -> Kept:
        now = self._clock()
        kept = Kept(body, now + self._seconds)
        with self._guard:
            for page in self._pages.values():
                if page.parts and page.expires <= now:
                    page.parts = {}  # fifty for each page would be gigabytes
            self._pages[key] = kept
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                old, _page = self._pages.popitem(last=False)
                self._makers.pop(old, None)
        return kept


def respond(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The page, or 304, in the best packing the browser takes. Sets no cookie."""
    encoding = _encoding(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(kept.as_(encoding))
    if encoding:
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))
    response["ETag"] = kept.etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return (
        get_conditional_response(request, etag=kept.etag, response=response) or response
    )


def _encoding(accepted: str) -> str:
    offered = {part.split(";")[0].strip() for part in accepted.lower().split(",")}
    return next((e for e in ("br", "gzip") if e in offered), "")


def _etag(content: bytes) -> str:
    return f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'


def _brotli(body: bytes, quickly: bool) -> bytes:
    if quickly:
        return brotli.compress(body, quality=2, lgwin=16)
    return brotli.compress(body, quality=5)


def _gzip(body: bytes, quickly: bool) -> bytes:
    return gzip.compress(body, compresslevel=2 if quickly else 6, mtime=0)
