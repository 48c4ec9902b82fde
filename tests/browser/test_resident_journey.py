"""From the shared link to the order's own page on a phone, counted in taps."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from orders.models import Demand, Order
from orders.views.link import PAGES
from tests.browser.resident import PHONE, Thumb, open_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def batch(live_server: LiveServer) -> Batch:
    PAGES.clear()
    return open_day()


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone on which nothing may complain: no script error, no refused resource."""
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if said.type == "error" else None,
    )
    yield page
    context.close()
    assert [f for f in faults if "422" not in f and "409" not in f] == []


def link(batch: Batch) -> str:
    compound = batch.group_buy.places.order_by("pk").first().compound
    return f"/g/{batch.group_buy.token}/c/{compound.pk}/"


FIELDS = (
    "form .field input:visible, form .field select:visible"  # packages are no field
)


def first_order(page: Page, batch: Batch, *, remember: bool = False) -> int:
    """The taps of a first order, of two packages."""
    page.goto(link(batch))
    thumb = Thumb(page)
    thumb.tap("#p-A .button")
    assert page.locator(FIELDS).count() <= 5
    thumb.tap(".row >> nth=1 >> button >> nth=1")
    thumb.type("#building", "3")
    thumb.type("#room", "502")
    thumb.type("#phone", "13800138000")
    thumb.type("#name", "魏女士")
    if remember:
        thumb.tap("input[name=remember]")
    thumb.tap("button[value=review]")
    thumb.tap("button[value=place]")
    page.wait_for_url(re.compile(r"/mine/\d+/"))
    return thumb.taps


def test_a_first_order_takes_12_taps_at_most(phone: Page, batch: Batch) -> None:
    assert first_order(phone, batch) <= 12
    order = Order.objects.get()
    assert order.total_cents == 12000
    assert order.number in phone.inner_text(".ticket-number").replace(" ", "")


def test_a_home_with_a_unit_takes_no_more_than_that(phone: Page, batch: Batch) -> None:
    """Nobody asks for the unit; where the room is in several it costs one tap more."""
    building = batch.group_buy.places.order_by("pk").first().compound.buildings.get()
    for unit in "12":
        building.households.create(unit=unit, room="802", sort=f"{unit}-802")
    phone.goto(link(batch))
    thumb = Thumb(phone)
    thumb.tap("#p-A .button")
    assert phone.locator(FIELDS).count() <= 5
    thumb.type("#building", "3号楼")
    thumb.type("#room", "802")
    thumb.type("#phone", "13800138000")
    thumb.type("#name", "魏女士")
    thumb.tap("button[value=review]")
    thumb.tap("button[value='3/2/802']")
    thumb.tap("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert thumb.taps <= 12
    assert Order.objects.get().unit == "2"


def test_the_next_takes_4_on_a_phone_that_remembers(phone: Page, batch: Batch) -> None:
    first_order(phone, batch, remember=True)
    phone.goto(link(batch))
    thumb = Thumb(phone)
    thumb.tap("#p-C .button")
    thumb.tap("button[value=review]")
    thumb.tap("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert thumb.taps <= 4
    assert Order.objects.count() == 2


def test_the_first_visit_is_light(phone: Page, batch: Batch) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(link(batch))
    phone.wait_for_load_state("networkidle")
    fetched = [url for url in asked if not url.startswith("data:")]
    assert len(fetched) <= 4


def test_plus_counts_up_to_what_is_allowed_without_asking_the_server(
    phone: Page, batch: Batch
) -> None:
    batch.stock.filter(code="A").update(quota=2)
    phone.goto(f"/g/{batch.group_buy.token}/order/")
    row = phone.locator(".row").first
    less, more = row.locator("button").nth(0), row.locator("button").nth(1)
    assert less.is_disabled()
    more.click()
    more.click()
    assert row.locator("input").input_value() == "2"
    assert more.is_disabled()
    assert phone.inner_text("[data-total-shown]") == "120"


def test_go_on_the_keyboard_goes_on_and_leaves_the_type_size(
    phone: Page, batch: Batch
) -> None:
    phone.goto(f"/g/{batch.group_buy.token}/order/?pick=A&size=30")
    phone.select_option("#compound", label="品质苑")
    phone.fill("#building", "3")
    phone.fill("#room", "502")
    phone.fill("#phone", "13800138000")
    phone.press("#phone", "Enter")
    phone.wait_for_selector("button[value=place]")
    assert phone.locator("html.size-30").count() == 1


def test_the_back_button_loses_nothing(phone: Page, batch: Batch) -> None:
    phone.goto(f"/g/{batch.group_buy.token}/order/?pick=A")
    phone.fill("#room", "502")
    phone.click(".row >> nth=1 >> button >> nth=1")
    phone.goto(f"/g/{batch.group_buy.token}/")
    phone.go_back()
    assert phone.input_value("#room") == "502"
    assert phone.inner_text("[data-total-shown]") == "120"


def test_a_sold_out_package_is_wished_for_in_one_tap(phone: Page, batch: Batch) -> None:
    batch.stock.filter(code="D").update(reserved=1000)
    phone.goto(link(batch))
    phone.click("#p-D button")
    assert Demand.objects.get().stock.code == "D"
    phone.click("main a.button")
    assert phone.url.endswith(link(batch))


def test_cancelling_takes_two_taps(phone: Page, batch: Batch) -> None:
    first_order(phone, batch)
    thumb = Thumb(phone)
    thumb.tap("a.cannot")
    thumb.tap("button.cannot")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert thumb.taps == 2
    assert Order.objects.get().state == "cancelled"


def test_a_form_sent_twice_by_a_nervous_thumb_is_one_order(
    phone: Page, batch: Batch
) -> None:
    phone.goto(f"/g/{batch.group_buy.token}/order/?pick=A")
    phone.select_option("#compound", label="品质苑")
    phone.fill("#building", "3")
    phone.fill("#room", "502")
    phone.fill("#phone", "13800138000")
    phone.click("button[value=review]")
    phone.dblclick("button[value=place]")
    phone.wait_for_url(re.compile(r"/mine/\d+/"))
    assert Order.objects.count() == 1
