"""Every page says what it may load; a nonce exists only where a page asked for one."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from groupbuy.shared.web.csp import NONCE, ContentSecurityPolicyMiddleware, csp

HEADER = "Content-Security-Policy"


def answer(page: HttpResponse, *, ask: bool = False) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        if ask:
            page["X-Seen"] = str(csp(request)["csp_nonce"])
        return page

    return ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/"))


def test_a_page_loads_nothing_from_elsewhere_and_no_inline_script() -> None:
    policy = answer(HttpResponse())[HEADER]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy


def test_without_asking_there_is_no_nonce(settings: Settings) -> None:
    settings.SECURE_CSP = {"script-src": ["'self'", NONCE]}

    assert answer(HttpResponse())[HEADER] == "script-src 'self'"


def test_a_page_that_asks_gets_a_nonce_of_its_own(settings: Settings) -> None:
    settings.SECURE_CSP = {"script-src": ["'self'", NONCE]}

    first, second = (answer(HttpResponse(), ask=True) for _ in range(2))

    assert first[HEADER] == f"script-src 'self' 'nonce-{first['X-Seen']}'"
    assert first["X-Seen"] != second["X-Seen"]


def test_a_view_may_say_it_itself() -> None:
    own = HttpResponse(headers={HEADER: "default-src 'self'"})

    assert answer(own)[HEADER] == "default-src 'self'"
