"""A guide is one A4 page, nothing on it smaller than 18 points, in both languages."""

import re

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.eyes import look
from tests.browser.town import built_town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
POINT = 96 / 72  # px
SIZES = """() => Array.from(document.querySelectorAll('main *')).filter(
  (e) => e.checkVisibility() && e.textContent.trim()
).map((e) => parseFloat(getComputedStyle(e).fontSize))"""


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Page:
    return browser.new_page(base_url=live_server.url)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["heads", "volunteers"])
def test_a_guide_is_one_sheet_in_large_type(page: Page, who: str, lang: str) -> None:
    page.goto(f"/help/{who}/?lang={lang}&size=20")
    assert page.locator("li h2").count() == 6

    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1

    page.emulate_media(media="print")
    assert min(page.evaluate(SIZES)) >= 18 * POINT - 0.1
    page.close()


def test_a_longer_guide_would_be_seen(page: Page) -> None:
    page.goto("/help/heads/?lang=en")
    page.evaluate(
        "document.querySelector('li').insertAdjacentHTML('afterend',"
        " '<li><h2>7</h2><p>7</p></li>'.repeat(4))"
    )

    sheet = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 2
    assert look(page, "too_wide") == []
    page.close()


def test_heads_and_volunteers_find_theirs(page: Page) -> None:
    town = built_town()
    paths = {sight.name: sight.path for sight in town.sights()}
    for start, guide in (("head", "heads"), ("volunteer", "volunteers")):
        page.goto(paths[start])
        page.click(f"a[href='/help/{guide}/']")
        assert page.locator(".guide-steps").is_visible()
    page.close()
