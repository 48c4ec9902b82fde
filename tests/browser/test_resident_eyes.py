"""Old eyes and thumbs: measured in a real browser, on every residents' page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from groupbuy.shared import tokens
from orders.views.link import PAGES
from tests.browser.resident import open_day
from tests.factories import make_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"

SMALL_TEXT = """() => Array.from(document.querySelectorAll('body *')).filter(e =>
  Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim()) &&
  e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 18
).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 30))"""
SMALL_TARGETS = """() => Array.from(document.querySelectorAll(
  'a, button, summary, select, input:not([type=hidden])')).map(e => {
    const box = e.type === 'checkbox' || e.type === 'radio' ? e.closest('label') : e;
    const r = box.getBoundingClientRect();
    const main = e.matches('.main, .call, .stepper button, .field input, .field select');
    return [e, r.width, r.height, main ? 60 : 48];
  }).filter(([e, w, h, least]) => w && h > 2 && e.getClientRects().length &&
    !e.matches('.skip, p a, .hint a') && (h < least - 0.5 || w < least - 0.5)
  ).map(([e, w, h]) => e.outerHTML.slice(0, 90) + ' ' + Math.round(w) + '×' + Math.round(h))"""


@pytest.fixture
def paths(live_server: LiveServer) -> list[str]:
    PAGES.clear()
    batch = open_day("ABCDEF")
    batch.stock.filter(code="E").update(reserved=1000)
    batch.stock.filter(code="C").update(quota=5)
    batch.stock.filter(code="F").update(paused_at=batch.opens_at)
    make_order(batch, name="魏女士", name_in_feed=True)
    mine = make_order(batch, home="3-1701", items={"A": 2, "B": 1},
                      token_hash=tokens.stored(TOKEN))  # fmt: skip
    return [*looks(batch), f"/o/{TOKEN}/", "/mine/", f"/mine/{mine.number}/change/",
            f"/mine/{mine.number}/cancel/", "/", "/privacy/", "/nothing/"]  # fmt: skip


def looks(batch: Batch) -> list[str]:
    token = batch.group_buy.token
    return [f"/g/{token}/", f"/g/{token}/order/?pick=A"]


def phone(
    browser: Browser, live_server: LiveServer, width: int, size: int, lang: str
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=live_server.url
    )
    cookies = {"size": str(size), "lang": lang}
    context.add_cookies(
        [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
    )
    return context.new_page()


@pytest.mark.parametrize(
    ("width", "size", "lang"),
    [(320, 20, "zh-hans"), (320, 30, "zh-hans"), (320, 30, "en"), (390, 24, "en")],
)
def test_nothing_is_too_small_or_too_wide(
    browser: Browser,
    live_server: LiveServer,
    paths: list[str],
    width: int,
    size: int,
    lang: str,
) -> None:
    page = phone(browser, live_server, width, size, lang)
    for path in paths:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
        assert page.evaluate(SMALL_TEXT) == [], path
        assert page.evaluate(SMALL_TARGETS) == [], path
        text = page.evaluate(
            "getComputedStyle(document.querySelector('main')).fontSize"
        )
        assert text == f"{size}px", path
    page.context.close()


def test_contrast_labels_and_order_pass_axe(
    browser: Browser, live_server: LiveServer, paths: list[str]
) -> None:
    page = phone(browser, live_server, 390, 20, "zh-hans")
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for path in paths:
        page.goto(path)
        found = Axe().run(page, options=rules)
        assert found.response["violations"] == [], f"{path}: {found.generate_report()}"
    page.context.close()


def test_twice_the_text_still_fits(
    browser: Browser, live_server: LiveServer, paths: list[str]
) -> None:
    """A reader who doubles the text of the normal size (20 px to 40) loses no column."""
    page = phone(browser, live_server, 390, 20, "zh-hans")
    for path in paths:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '40px'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.context.close()


LINES = """(e) => new Set(Array.from((() => {
  const range = document.createRange(); range.selectNodeContents(e); return range.getClientRects();
})()).map(r => Math.round(r.top))).size"""


@pytest.mark.parametrize(
    ("width", "size"), [(390, 24), (390, 30), (320, 20), (320, 30)]
)
def test_numbers_and_times_stay_in_one_line(
    browser: Browser, live_server: LiveServer, paths: list[str], width: int, size: int
) -> None:
    page = phone(browser, live_server, width, size, "zh-hans")
    page.goto(f"/o/{TOKEN}/")
    for piece in page.query_selector_all(".ticket-number b, .window"):
        assert piece.evaluate(LINES) == 1, piece.inner_text()

    page.goto(paths[1])
    fill_in(page, building="3号楼", room="502")
    page.click("button[value=review]")
    number = page.locator("dd", has_text="13800138000").element_handle()
    assert number.evaluate(LINES) == 1
    page.context.close()


def fill_in(page: Page, **home: str) -> None:
    page.select_option("#compound", label="品质苑")
    for name, text in {"phone": "13800138000", **home}.items():
        page.fill(f"#{name}", text)


def test_a_fault_leaves_the_fields_side_by_side(
    browser: Browser, live_server: LiveServer, paths: list[str]
) -> None:
    page = phone(browser, live_server, 390, 20, "zh-hans")
    page.goto(paths[1])
    fill_in(page, building="3")
    page.click("button[value=review]")
    top = "e => e.getBoundingClientRect().top"
    assert page.locator("#room-no").is_visible()
    assert page.eval_on_selector("#building", top) == page.eval_on_selector(
        "#room", top
    )
    page.context.close()
