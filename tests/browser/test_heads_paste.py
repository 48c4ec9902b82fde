"""The paste page on a head's phone: two hundred lines, thumbs, old eyes, no lost typing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from groupbuy.community.queries.head_links import head_link_path
from orders.models import ChainLine, Order
from tests.browser.eyes import look
from tests.browser.resident import PHONE, open_day
from tests.factories import make_building, make_head_link, make_order

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOMS = [f"{floor}{flat:02}" for floor in range(1, 26) for flat in range(1, 9)]
CHAIN = """大家好，接龙了
9号楼
101 A2 现金
102 B1 送上门
103 A1 或者 B1
104
105 A1 陈阿姨 13800138000
3-501 A1
共 A9 B1
106 牛奶没有了吗
谢谢"""


@pytest.fixture
def batch(live_server: LiveServer) -> Batch:
    return open_day("ABC")


@pytest.fixture
def path(batch: Batch) -> str:
    compound = batch.group_buy.places.order_by("pk").first().compound
    building = make_building(compound, "9", ROOMS)
    make_order(batch, compound, "9-101")
    return f"{head_link_path(make_head_link(building, '王'))}paste/{batch.pk}/"


def context(
    browser: Browser, live_server: LiveServer, **more: object
) -> BrowserContext:
    found = browser.new_context(viewport=PHONE, base_url=live_server.url, **more)  # type: ignore[arg-type]
    found.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    return found


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Nothing may complain: no script error, no refused resource."""
    page = context(browser, live_server).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if said.type == "error" else None,
    )
    yield page
    page.context.close()
    assert [f for f in faults if "409" not in f] == []


def paste(page: Page, path: str, text: str) -> None:
    page.goto(path)
    if page.locator(".again").count():
        page.click(".again summary")
    page.fill("#text", text)
    page.click("button[value=paste]")
    page.wait_for_selector(".hand-in")


def test_a_chain_is_pasted_looked_at_and_handed_in(phone: Page, path: str) -> None:
    paste(phone, path, CHAIN)
    assert phone.locator(".open > li").count() == 2
    assert phone.locator("mark.p-room").first.inner_text() == "103"

    phone.fill("#line-5 input[name$=q-B]", "")
    phone.click("#line-5 button[value^=accept]")
    phone.click("#line-6 button[value^=aside]")
    phone.click("button[value=hand-in]")
    phone.wait_for_url("**/done/")

    homes = Order.objects.filter(channel="head").order_by("room")
    assert [order.room for order in homes] == ["101", "102", "103", "105"]


def test_what_is_typed_is_kept_by_itself(phone: Page, path: str) -> None:
    paste(phone, path, CHAIN)
    phone.fill("#line-6 input[name$=q-C]", "2")
    phone.press("#line-6 input[name$=q-C]", "Tab")
    expect(phone.locator(".kept")).to_be_visible()

    phone.reload()

    assert phone.input_value("#line-6 input[name$=q-C]") == "2"


def test_two_hundred_lines_fit_a_phone_without_scripts(
    browser: Browser, live_server: LiveServer, path: str
) -> None:
    page = context(browser, live_server, java_script_enabled=False).new_page()
    lines = [f"{room} A1{' ?' if n % 2 else ''}" for n, room in enumerate(ROOMS)]
    paste(page, path, "\n".join(lines))
    assert page.locator(".all > li").count() == 200
    page.fill("#line-200 input[name$=q-A]", "很多")
    page.fill("#line-2 input[name$=name]", "王")

    page.click("#line-4 button[value^=accept]")

    assert ChainLine.objects.get(number=4).state == "accepted"
    assert page.input_value("#line-200 input[name$=q-A]") == "很多"
    assert page.input_value("#line-2 input[name$=name]") == "王"
    page.click("button[value=hand-in]")
    assert Order.objects.filter(channel="head").count() == 101
    page.context.close()


@pytest.mark.once
def test_the_page_is_for_old_eyes_and_thumbs(phone: Page, path: str) -> None:
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    paste(phone, path, CHAIN)
    phone.click("button[value=hand-in]")
    paste(phone, path, CHAIN.replace("101 A2", "101 A3").replace("102 B1", "102 ?"))
    for url in (path, f"{path}?size=30", f"{path}done/?size=20"):
        phone.goto(url)
        for measure in ("too_wide", "cut_text", "small_text", "small_targets"):
            assert look(phone, measure, 20) == [], url
        found = Axe().run(phone, options=rules)
        assert found.response["violations"] == [], found.generate_report()
