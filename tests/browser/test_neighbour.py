"""Ordering for a neighbour on a phone that knows its own home: one switch, few taps, big enough."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from orders.models import Order
from orders.views.fresh_form import FORMS
from orders.views.link import PAGES
from tests.browser.eyes import look
from tests.browser.resident import PHONE, Thumb, open_day
from tests.browser.test_resident_journey import FIELDS, first_order, link

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEASURES = (
    *("too_wide", "cut_text", "small_text", "tight_lines", "small_targets"),
    *("crowded_targets", "pale_text", "pale_edges"),
)


@pytest.fixture
def batch(live_server: LiveServer) -> Batch:
    PAGES.clear()
    FORMS.clear()
    return open_day()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, batch: Batch) -> Iterator[Page]:
    """3-502 has ordered on it, and it remembers."""
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    page = context.new_page()
    first_order(page, batch, remember=True)
    yield page
    context.close()


def test_a_neighbours_order_takes_7_taps_and_the_next_own_one_still_4(
    phone: Page, batch: Batch
) -> None:
    phone.goto(link(batch))
    thumb = Thumb(phone)
    thumb.tap("#p-B .button")
    thumb.tap("button[value=neighbour]")
    assert (
        phone.evaluate(
            "document.querySelector('#for-whom').getBoundingClientRect().top"
        )
        < 400
    )
    assert phone.locator(FIELDS).count() <= 5
    thumb.type("#building", "3")
    thumb.type("#room", "101")
    thumb.type("#name", "陈阿姨")
    thumb.tap("button[value=review]")
    thumb.tap("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert thumb.taps <= 7
    hers = Order.objects.get(room="101")
    assert (hers.name, hers.phone) == ("陈阿姨", "13800138000")

    phone.goto(link(batch))
    thumb = Thumb(phone)
    thumb.tap("#p-C .button")
    thumb.tap("button[value=review]")
    thumb.tap("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert thumb.taps <= 4
    assert Order.objects.filter(room="502").count() == 2


def test_back_and_forth_a_draft_of_one_home_never_fills_the_other(
    phone: Page, batch: Batch
) -> None:
    order = f"/g/{batch.group_buy.token}/order/"
    phone.goto(f"{order}?pick=B")
    phone.fill("#room", "1701")
    phone.goto(f"{order}?for=neighbour")
    assert phone.input_value("#room") == ""
    phone.fill("#room", "101")
    phone.goto(f"{order}?pick=B")
    assert phone.input_value("#room") == "502"


@pytest.mark.parametrize(("width", "size"), [(390, 20), (390, 30), (320, 30)])
def test_the_switched_form_and_both_lists_are_big_and_clear_enough(
    phone: Page, batch: Batch, width: int, size: int
) -> None:
    order = f"/g/{batch.group_buy.token}/order/?for=neighbour&pick=B"
    phone.goto(order)
    phone.fill("#building", "3")
    phone.fill("#room", "101")
    phone.click("button[value=review]")
    phone.click("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    phone.set_viewport_size({**PHONE, "width": width})
    for there in (order, phone.url, "/mine/"):
        phone.goto(there)
        look(phone, "open")
        look(phone, "size", size)
        for measure in MEASURES:
            assert look(phone, measure, size) == [], f"{there} {measure}"
        rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
        found = Axe().run(phone, options=rules)
        assert found.response["violations"] == [], found.generate_report()
