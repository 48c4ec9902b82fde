"""Two hours without a network: what is tapped at the doors is kept, shown, sent, and then gone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from delivery.actions.build_lists import build_lists
from delivery.actions.taps import settle_taps
from delivery.models import AccessLink, Handover, Tap, holder
from delivery.queries.links import link_path
from orders.models import Order
from tests import factories as make
from tests.browser.eyes import look
from tests.browser.resident import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = "caches.keys().then((names) => names.join())"
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"


@pytest.fixture
def link() -> AccessLink:
    """Today's goods of 品质苑: 3-101 and 3-502, and 12-201."""
    now = timezone.now()
    committee = make.make_committee(name="品质苑居委会", phone="021-64091111")
    compound = make.make_compound(committee, "品质苑", buildings={"3": ["101", "502"]})
    make.make_building(compound, "12", ["201"])
    batch = make.make_batch(
        make.make_group_buy(compounds=[compound], starts_on=now.date()),
        delivery_on=(now + timedelta(days=1)).date(),
        opens_at=now - timedelta(days=1),
        until_link=now - timedelta(hours=3),
        until_heads=now - timedelta(hours=3),
    )
    for home in ("3-101", "3-502", "12-201"):
        make.make_order(batch, compound, home, placed_at=now - timedelta(hours=5))
    make.close(batch, now)
    build_lists(batch, now=now)
    return batch.links.get(kind="volunteer")


@pytest.fixture
def context(browser: object, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport=PHONE, base_url=live_server.url, locale="zh-CN"
    )
    context.clock.install(time=timezone.now())
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, link: AccessLink) -> Page:
    """The first page, with its copy put aside."""
    page = context.new_page()
    page.goto(link_path(link))
    page.wait_for_selector("[data-copied]", state="attached")
    return page


def order(room: str) -> Order:
    return Order.objects.get(room=room)


def row(page: Page, room: str):
    return page.locator(f"#o{order(room).pk}")


def open_building(page: Page, link: AccessLink, name: str = "3") -> None:
    page.goto(f"{link_path(link)}building/?b={name}")


def ticked() -> set[str]:
    return set(Handover.objects.values_list("order__room", flat=True))


def test_ticks_of_two_hours_without_a_network_arrive_with_their_times(
    page: Page, context: BrowserContext, link: AccessLink
) -> None:
    began = timezone.now()
    context.set_offline(True)
    open_building(page, link)  # never opened before: from the copy
    row(page, "101").locator("button.tap").click()
    expect(row(page, "101")).to_have_class(re.compile("done waits"))
    expect(page.locator("[data-kept]")).to_contain_text("1")
    assert ticked() == set()

    context.clock.fast_forward("02:00:00")
    page.reload()
    expect(row(page, "101")).to_have_class(re.compile("done waits"))
    page.click("[data-whole] button")
    page.goto(link_path(link))
    expect(page.locator("li[data-building='3'] [data-waits]")).to_contain_text("2")

    context.set_offline(False)
    expect(page.locator("li[data-building='3'] [data-waits]")).to_be_empty(
        timeout=20_000
    )

    assert ticked() == {"101", "502"}
    since = Handover.objects.get(order=order("101")).at - began
    assert since < timedelta(minutes=2)
    open_building(page, link)
    expect(row(page, "101")).not_to_have_class(re.compile("waits"))
    assert page.locator(".home.done").count() == 2


def test_a_tick_is_taken_back_without_a_network_too(
    page: Page, context: BrowserContext, link: AccessLink
) -> None:
    open_building(page, link)
    row(page, "502").locator("button.tap").click()
    expect(row(page, "502")).not_to_have_class(re.compile("waits"))
    assert ticked() == {"502"}
    context.set_offline(True)
    row(page, "502").locator("summary").click()
    row(page, "502").locator(".undo button").click()
    page.reload()
    expect(row(page, "502")).to_have_class("home waits")
    context.set_offline(False)
    expect(row(page, "502")).to_have_class("home", timeout=20_000)
    assert ticked() == set()


def test_who_comes_late_reads_what_another_volunteer_tapped_since(
    page: Page, context: BrowserContext, link: AccessLink
) -> None:
    open_building(page, link)
    context.set_offline(True)
    row(page, "101").locator("button.tap").click()
    tap = Tap(order("101").pk, reached=False, at=timezone.now() + timedelta(seconds=2))
    batch: Batch = link.batch
    now = timezone.now() + timedelta(minutes=1)
    settle_taps(batch, link.compound, [tap], by=holder(link), now=now)
    context.set_offline(False)

    expect(row(page, "101").locator("[data-told]")).to_contain_text(
        f"{timezone.localtime(tap.at):%H:%M}", timeout=20_000
    )
    expect(row(page, "101")).to_have_class("home")
    assert ticked() == set()


def test_the_whole_row_takes_the_tap(page: Page, link: AccessLink) -> None:
    open_building(page, link)
    hit = """(row) => { const r = row.getBoundingClientRect();
      return [[.02, .1], [.3, .5], [.02, .9], [.5, .95]].map(([x, y]) => document.elementFromPoint(
        r.left + x * r.width, r.top + y * r.height).closest('.tap') !== null && r.height >= 60); }"""
    row(page, "101").scroll_into_view_if_needed()
    assert row(page, "101").evaluate(hit) == [True] * 4


@pytest.mark.parametrize(("width", "size"), [(390, 20), (390, 30), (320, 30)])
def test_what_is_kept_is_big_and_clear_enough(
    page: Page, context: BrowserContext, link: AccessLink, width: int, size: int
) -> None:
    open_building(page, link)
    context.set_offline(True)
    row(page, "101").locator("button.tap").click()
    page.locator("[data-kept] button").wait_for()
    look(page, "open")
    page.set_viewport_size({**PHONE, "width": width})
    look(page, "size", size)
    measures = ("too_wide", "cut_text", "small_text", "small_targets", "tight_lines")
    for measure in (*measures, "crowded_targets", "pale_text", "pale_edges"):
        assert look(page, measure, size) == [], measure
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    found = Axe().run(page, options=rules)
    assert found.response["violations"] == [], found.generate_report()


def test_when_all_is_delivered_the_copy_is_gone(page: Page, link: AccessLink) -> None:
    assert "list " in page.evaluate(NAMES)
    for name in ("12", "3"):
        open_building(page, link, name)
        page.click("[data-whole] button")
        expect(page.locator(".home.waits")).to_have_count(0)

    page.wait_for_function(f"() => {NAMES}.then((names) => names === '')")
    page.wait_for_function(f"() => {WORKERS}.then((workers) => workers === 0)")


def test_a_link_that_ended_takes_the_copy_with_it(
    page: Page, context: BrowserContext, link: AccessLink
) -> None:
    AccessLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    page.goto(link_path(link))
    assert page.locator("[data-kept]").count() == 0
    assert page.evaluate(NAMES) == ""
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(link_path(link))


def test_one_tap_deletes_the_copy_and_no_number_was_in_it(
    page: Page, link: AccessLink
) -> None:
    everything = """caches.open((await caches.keys())[0]).then(async (c) => (await Promise.all(
      (await c.matchAll()).map((one) => one.text()))).join(' '))"""
    kept = page.evaluate(f"(async () => {everything})()")
    assert "502" in kept
    for number in Order.objects.values_list("phone", flat=True):
        assert number not in kept
    page.click("[data-copy] button")
    page.wait_for_function(f"() => {NAMES}.then((names) => names === '')")


def test_without_a_script_a_tick_is_a_plain_form(
    browser: object, live_server: LiveServer, link: AccessLink
) -> None:
    context = browser.new_context(  # type: ignore[attr-defined]
        java_script_enabled=False, viewport=PHONE, base_url=live_server.url
    )
    page = context.new_page()
    open_building(page, link)
    row(page, "101").locator("button.tap").click()
    assert ticked() == {"101"}
    row(page, "101").locator("summary").click()
    row(page, "101").locator(".undo button").click()
    assert ticked() == set()
    context.close()
