"""Single things that a resident's eye holds on to; what all pages share is in test_old_eyes."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from groupbuy.shared import tokens
from orders.views.link import PAGES
from tests.browser.resident import open_day
from tests.factories import make_order

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
]
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.fixture
def paths(live_server: LiveServer) -> list[str]:
    PAGES.clear()
    batch = open_day("ABCDEF")
    batch.stock.filter(code="E").update(reserved=1000)
    batch.stock.filter(code="C").update(quota=5)
    batch.stock.filter(code="F").update(paused_at=batch.opens_at)
    make_order(batch, name="魏女士", name_in_feed=True)
    make_order(batch, home="3-1701", items={"A": 2, "B": 1},
               token_hash=tokens.stored(TOKEN))  # fmt: skip
    return looks(batch)


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
