"""axe finds nothing: every page, in every type size it has, on a phone and on a desk.

A page is opened once; its size and width change under the eyes of axe. On phone pages
contrast must be 7:1 (WCAG AAA), on the desk 4.5:1.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from orders.views.link import PAGES
from tests.browser.eyes import look
from tests.browser.resident import PHONE
from tests.browser.town import Sight, built_town
from tests.browser.walk import opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
RUN = """async (strict) => {
  const found = await axe.run({ resultTypes: ['violations'], preload: false, selectors: false,
    rules: { 'color-contrast-enhanced': { enabled: strict } } });
  return found.violations.flatMap((v) => v.nodes.map((n) => v.id + ' ' + n.html.slice(0, 120)));
}"""


def looks(sight: Sight) -> list[tuple[int, int]]:
    """Type size and width: a phone in each size, a desk in the first."""
    sizes = [20] if sight.kind == "staff" else [20, 24, 30]
    return [*((size, 390) for size in sizes), (20, 1440)]


def axed(sight: Sight, page: Page) -> Iterator[str]:
    page.evaluate(AXE_SCRIPT)
    for size, width in looks(sight):
        look(page, "size", size)
        page.set_viewport_size({**PHONE, "width": width})
        for fault in page.evaluate(RUN, sight.kind != "staff"):
            yield f"{sight.kind}, {sight.name} {size}/{width}: {fault}"


def test_axe_is_silent_everywhere(browser: Browser, live_server: LiveServer) -> None:
    PAGES.clear()
    town = built_town()
    sights = town.sights()
    assert {"sign-in", "today", "volunteer", "supplier-link", "head-paste"} <= {
        sight.name for sight in sights
    }
    found = [
        fault
        for sight, page in opened(sights, town, browser, live_server.url, "zh-hans")
        for fault in axed(sight, page)
    ]

    assert not found, "\n".join(found)


def test_axe_speaks_where_it_should(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="zh"><title>x</title><main><h1>x</h1><input></main>')

    assert [f.split()[0] for f in axed(Sight("residents", "", ""), page)] != []
    page.close()
