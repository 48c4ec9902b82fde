"""The browser itself says that no page breaks its policy: nothing in the console, anywhere."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from orders.views.link import PAGES
from tests.browser.town import built_town
from tests.browser.walk import opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
REFUSED = ("Content Security Policy", "Refused to", "Content-Security-Policy")


@pytest.fixture(autouse=True)
def no_page_is_left_over() -> Iterator[None]:
    PAGES.clear()
    yield
    PAGES.clear()


def listened_to(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_no_page_breaks_its_policy(browser: Browser, live_server: LiveServer) -> None:
    """Every page of every role, from the resolver; scripts run, folds are opened."""
    town, faults, heard = built_town(), [], {}
    seen = 0
    for sight, page in opened(town.sights(), town, browser, live_server.url, "zh-hans"):
        said = heard.setdefault(page, listened_to(page))
        page.reload()
        seen += 1
        faults += [
            f"{sight.name}: {one}"
            for one in said
            if any(word in one for word in REFUSED)
        ]
        said.clear()
    assert seen > 40
    assert faults == []


def test_the_console_tells_of_an_inline_script(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: what a note of a resident would be, were it not escaped."""
    body = "orders.views.pages.render"

    def with_script(*_args: object, **_more: object) -> HttpResponse:
        return HttpResponse("<p onclick='x()'>a<script>document.title = 'in'</script>")

    monkeypatch.setattr(body, with_script)
    page = browser.new_context(base_url=live_server.url).new_page()
    said = listened_to(page)
    page.goto("/privacy/")
    assert page.title() == ""
    assert any(word in one for one in said for word in REFUSED)
