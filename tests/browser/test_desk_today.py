"""Today's table in a real browser: numbers move, nothing that is typed does."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from groupbuy.community.models import User
from tests.browser.resident import open_day
from tests.factories import make_order, make_town_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 15_000  # ms; the numbers refresh every five seconds


@pytest.fixture
def batch(live_server: LiveServer) -> Batch:
    day = open_day("AB")
    make_order(day, items={"A": 2}, placed_at=timezone.now())
    return day


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer, batch: Batch) -> Iterator[Page]:
    """A signed-in desk in English, on today's page."""
    client = Client()
    client.force_login(make_town_staff(batch.group_buy.town))
    session = client.cookies["sessionid"].value
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies(
        [
            {"name": "sessionid", "value": session, "url": live_server.url},
            {"name": "lang", "value": "en", "url": live_server.url},
        ]
    )
    page = context.new_page()
    page.goto("/desk/today/")
    yield page
    context.close()


def test_what_is_typed_outlives_refresh_and_refusal(batch: Batch, desk: Page) -> None:
    stock = batch.stock.get(code="A")
    field = desk.locator(f"#quota-{stock.pk}")
    field.fill("1")

    make_order(batch, home="4-101", items={"A": 3}, placed_at=timezone.now())
    expect(desk.locator(f"#ordered-{stock.pk}")).to_contain_text("5", timeout=SOON)
    expect(field).to_have_value("1")

    field.press("Enter")
    sentence = desk.locator(f"#row-{stock.pk} .errorlist")
    expect(sentence).to_contain_text("5 are ordered already")
    expect(field).to_have_value("1")


def test_plus_ten_restocks_in_place_and_others_see_it(batch: Batch, desk: Page) -> None:
    stock = batch.stock.get(code="B")
    other = desk.context.new_page()
    other.goto("/desk/today/")

    desk.locator(f"#row-{stock.pk} button[value='10']").click()

    expect(desk.locator(f"#quota-{stock.pk}")).to_have_value("1010")
    expect(desk.locator(f"#row-{stock.pk} .saved")).to_be_visible()
    expect(other.locator(f"#quota-{stock.pk}")).to_have_value("1010", timeout=SOON)


def test_what_was_sent_after_idling_is_there_again_after_signing_in(
    batch: Batch, desk: Page, settings: Settings
) -> None:
    """Half an hour at the phone, then Save: the sign-in says why, and nothing is lost."""
    site = desk.url.split("/desk")[0]
    desk.goto("about:blank")  # a look of the page's own would end the session just set
    person = User.objects.get()
    person.set_password("feng-wei-1901")
    person.save()
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    desk.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    desk.goto(f"/desk/today/{batch.pk}/call-off/")
    desk.locator("#id_reason").fill("封路，改到周五")
    desk.wait_for_load_state("networkidle")  # nothing the page asked for by itself
    settings.STAFF_IDLE_SECONDS = -1
    desk.locator("button.stop").click()

    expect(desk.locator("[data-idle]")).to_contain_text("half an hour")
    settings.STAFF_IDLE_SECONDS = 1800
    desk.locator("#id_username").fill(person.username)
    desk.locator("#id_password").fill("feng-wei-1901")
    desk.locator("button.go").click()

    expect(desk.locator("#id_reason")).to_have_value("封路，改到周五")
    expect(desk.locator("#typed-again")).to_be_visible()
    batch.refresh_from_db()
    assert batch.state == Batch.State.OPEN

    desk.reload()
    expect(desk.locator("#typed-again")).to_be_hidden()
    expect(desk.locator("#id_reason")).to_have_value("")
