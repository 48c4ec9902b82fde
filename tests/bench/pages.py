"""What a resident's phone asks for from link to "my order", against a bare view."""

import gzip
import itertools
import re
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]

from catalog.models import Batch
from tests.bench.rush import LINES, filled, hidden, rows_of, said
from tests.bench.town import World, homes
from tests.bench.wire import Exchange, Phone, get, post

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
_PARTS = re.compile(
    rb'(?:href|src)="(/static/[^"]+\.(?:css|js|svg|png|ico|webmanifest))"'
)


def bare_per_second(port: int, seconds: float) -> float:
    return pages_per_second(port, "/bare/", seconds)


def pages_per_second(port: int, path: str, seconds: float) -> float:
    """A page as a browser asks for it, over and over; every answer must be 200."""
    request = get(path, **BROWSER)
    phones = (one(request) for _ in itertools.count())
    words = Exchange(port, lines=LINES).run(phones, seconds)
    assert set(words) == {200}, set(words)
    return len(words) / seconds


def one(request: bytes) -> Phone:
    reply = yield request
    return reply.status


def journeys_per_second(world: World, port: int, batch: Batch, seconds: float) -> float:
    """Whole journeys, each by a phone without cookies; every one must end in its order."""
    rows = rows_of([batch])[batch.pk]

    def phones() -> Iterator[Phone]:
        for n, home in enumerate(itertools.cycle(reversed(homes(world)))):
            pair = [rows[n % len(rows)], rows[(n + 7) % len(rows)]]
            yield journey(batch.group_buy.token, home, pair)

    words = Exchange(port, lines=LINES).run(phones(), seconds)
    assert set(words) == {"done"}, set(words)
    return len(words) / seconds


def journey(token: str, home: tuple[int, str, str], rows: list[int]) -> Phone:
    """Link, form, order, my order."""
    look = yield get(f"/g/{token}/c/{home[0]}/", **BROWSER)
    if look.status != 200:
        return f"link {look.status}"
    form = yield get(f"/g/{token}/order/?c={home[0]}")
    fields, jar = dict(hidden(form.body)), form.cookies()
    body = filled(fields, home, rows) | {"key": fields["key"]}
    sent = yield post(f"/g/{token}/order/", body, jar)
    if said(sent) != "accepted":
        return said(sent)
    mine = yield get(sent.header("location"), jar | sent.cookies())
    return "done" if mine.status == 200 else f"mine {mine.status}"


def first_visit(port: int, token: str) -> tuple[int, int]:
    """(compressed bytes, requests) of the shared link and all it loads."""
    ask = Exchange(port, lines=1)
    (page,) = ask.run([whole(get(f"/g/{token}/", **BROWSER))])
    encoding = page.header("content-encoding")
    body = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)(
        page.body
    )
    parts = sorted(set(_PARTS.findall(body)))
    requests = [whole(get(part.decode(), **BROWSER)) for part in parts]
    replies = [page, *Exchange(port, lines=1).run(requests)]
    assert all(reply.status == 200 for reply in replies)
    return sum(len(r.head) + 4 + len(r.body) for r in replies), len(replies)


def whole(request: bytes) -> Phone:
    return (yield request)
