"""A page for a slow network: light, soon usable, and complete without a script."""

import time

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from orders.models import Order
from orders.views.link import PAGES
from tests.browser.resident import PHONE, open_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KB = 1024
ONE_MBIT = 1_000_000 / 8  # bytes a second


@pytest.fixture
def batch(live_server: LiveServer) -> Batch:
    PAGES.clear()
    return open_day("ABCDEFGHJK")


def weighed(page: Page, path: str) -> int:
    """Bytes of everything that is loaded, before compression: the network carries less."""
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(len(answer.body())))
    page.goto(path, wait_until="networkidle")
    return sum(answers)


@pytest.mark.once
@pytest.mark.parametrize("end", ["", "order/?pick=A"])
def test_a_page_weighs_100_kb_at_most(
    browser: Browser, live_server: LiveServer, batch: Batch, end: str
) -> None:
    page = browser.new_page(base_url=live_server.url)

    assert 10 * KB < weighed(page, f"/g/{batch.group_buy.token}/{end}") <= 100 * KB
    page.close()


@pytest.mark.once
def test_the_form_is_usable_within_3_seconds_at_1_mbit(
    browser: Browser, live_server: LiveServer, batch: Batch
) -> None:
    page = browser.new_page(base_url=live_server.url)
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 150, "uploadThroughput": ONE_MBIT}
    network.send(
        "Network.emulateNetworkConditions", {**slow, "downloadThroughput": ONE_MBIT}
    )
    began = time.monotonic()
    page.goto(f"/g/{batch.group_buy.token}/order/?pick=A", wait_until="load")
    page.fill("#room", "502")

    assert time.monotonic() - began < 3
    page.close()


def test_an_order_needs_no_script(
    browser: Browser, live_server: LiveServer, batch: Batch
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport=PHONE, base_url=live_server.url
    )
    page = context.new_page()
    page.goto(f"/g/{batch.group_buy.token}/")
    page.click("#p-B .button")
    page.locator(".stepper button").nth(1).click()  # one more, by the server
    page.select_option("#compound", label="品质苑")
    for name, text in {"building": "3", "room": "502", "phone": "13800138000"}.items():
        page.fill(f"#{name}", text)
    page.click("button[value=review]")
    page.click("button[value=place]")
    page.wait_for_selector(".ticket-number")

    assert Order.objects.get().total_cents == 12000
    context.close()
