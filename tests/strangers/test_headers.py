"""The headers of every answer, from the resolver; what is personal is kept by no cache."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.house.doors import House, doors
from tests.house.table import MAY, ROWS
from tests.house.world import built_world

pytestmark = pytest.mark.once
FOR_ALL = {  # the same bytes for everybody who asks: nothing of anybody's is in them
    *("healthz", "home", "privacy", "link", "link-compound", "guide-heads"),
    *("guide-volunteers", "api-group-buys", "api-group-buy", "api-batch", "api-schema"),
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {  # all that a page may do; nothing else, nowhere else
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}

Seen = tuple[str, HttpResponse]


@pytest.fixture
def house(db: None) -> House:
    return House(built_world())


def answers(house: House) -> Iterator[Seen]:
    """Of every door: to somebody who may, to a stranger, to a form that is empty."""
    for door in doors():
        name = str(door.name)
        who = next((role for role, _place in sorted(MAY[ROWS[name][0]])), "nobody")
        for role in {who, "nobody"}:
            path = next(iter(house.addresses(door, role)))
            for method in ("GET", "POST"):
                yield f"{method} {name} as {role}", house.reply(role, method, path)


def faulty(seen: Seen) -> list[str]:
    where, answer = seen
    headers = answer.headers
    found = [
        f"{where}: {name} is {headers.get(name)}"
        for name, value in EVERYWHERE.items()
        if headers.get(name) != value
    ]
    if set(headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
        found.append(f"{where}: {headers.get('Content-Security-Policy')}")
    is_for_all = where.split()[1] in FOR_ALL
    is_told = answer.status_code < 400 or answer.status_code in {409, 422}
    if (
        is_told
        and not is_for_all
        and "no-store" not in headers.get("Cache-Control", "")
    ):
        found.append(f"{where}: {answer.status_code} may be kept")
    bare = [c for c in answer.cookies.values() if not is_kept_in(c)]
    return found + [f"{where}: cookie {cookie.OutputString()}" for cookie in bare]


def is_kept_in(cookie: Any) -> bool:
    """From scripts, and from other sites' requests; a cookie taken back holds nothing."""
    return not cookie.value or bool(cookie["httponly"] and cookie["samesite"])


def test_every_answer_has_its_headers(house: House) -> None:
    found = [faulty(one) for one in answers(house)]
    assert len(found) > 300
    assert list(chain.from_iterable(found)) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing/", 404), ("/api/nothing", 404), ("/b/x/", 404), ("/o/x/?lang=en", 404)],
)
@pytest.mark.django_db
def test_so_have_pages_that_are_not_there(path: str, status: int) -> None:
    answer = Client().get(path)
    assert answer.status_code == status
    assert faulty((f"GET {path}", answer)) == []


@pytest.mark.django_db
def test_and_a_page_that_crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.views.pages.sample_group_buys", None)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert faulty(("GET crash", answer)) == []


@pytest.mark.django_db
def test_in_public_every_answer_asks_for_https(settings: Any) -> None:
    """What `PUBLIC` switches on; `make check` looks at the same settings with Django's eyes."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

    assert Client().get("/privacy/").headers["Location"].startswith("https://")
    told = Client().get("/privacy/", secure=True)["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"


@pytest.mark.django_db
def test_no_page_holds_a_script_or_a_style_of_its_own(house: House) -> None:
    """So the strict policy is no page's loss; the browser's console says the same."""
    for where, answer in answers(house):
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page), (
                where
            )
            for script in re.findall(r"<script\b[^>]*>", page):
                assert " src=" in script or "application/" in script, where


def test_the_crawl_finds_a_page_that_forgot(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the orders of a phone, kept by whatever cache is on the way."""
    monkeypatch.setattr("django.utils.cache.add_never_cache_headers", lambda _r: None)
    monkeypatch.setattr(
        "django.views.decorators.cache.add_never_cache_headers", lambda _r: None
    )
    faults = [fault for one in answers(house) for fault in faulty(one)]
    assert any("GET mine as" in fault for fault in faults)
