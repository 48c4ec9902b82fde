"""A head's pages on a phone: 200 homes in the grid, big enough, silent in axe, no script needed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from catalog.models import Batch
from groupbuy.community.models import Building, Household
from groupbuy.community.queries.head_links import head_link_path
from groupbuy.shared.clock import day_of
from orders.models import Order
from tests import factories as make
from tests.browser.eyes import look
from tests.browser.test_resident_eyes import phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOMS = [f"{floor}{door:02d}" for floor in range(1, 26) for door in range(1, 9)]


@pytest.fixture
def batch() -> Batch:
    """25 floors of 8 homes, open on the real clock; last time 7 homes ordered through the head."""
    now = timezone.now()
    compound = make.make_compound(
        make.make_committee(name="五里桥居委会"), "五里桥", buildings={"3": ROOMS}
    )
    group_buy = make.make_group_buy(
        compounds=[compound], title="五里桥保供", rhythm="every_n", every_days=3,
        starts_on=day_of(now) - timedelta(days=2),
    )  # fmt: skip
    last = make.make_batch(
        group_buy, "ABC", delivery_on=day_of(now) - timedelta(days=2),
        state="closed", closed_at=now - timedelta(days=3),
    )  # fmt: skip
    for room in ROOMS[::30]:
        make.make_order(last, home=f"3-{room}", channel="head", items={"A": 1, "C": 2})
    until = now + timedelta(hours=5)
    batch = make.make_batch(
        group_buy, "ABC", delivery_on=day_of(now) + timedelta(days=1),
        opens_at=now - timedelta(hours=2), until_link=until, until_heads=until,
    )  # fmt: skip
    make.make_order(batch, home="3-502", items={"A": 1})
    make.make_order(batch, home="3-1203", channel="head", items={"A": 2, "B": 1})
    Household.objects.filter(room__startswith="9").update(
        on_call_list=True, bring_to_door=True
    )
    return batch


@pytest.fixture
def path(batch: Batch) -> str:
    return head_link_path(make.make_head_link(Building.objects.get(), "王阿姨"))


@pytest.fixture
def head(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    page = phone(browser, live_server, 390, 20, "en")
    yield page
    page.context.close()


def pages(batch: Batch, path: str) -> list[str]:
    return [path, f"{path}orders/{batch.pk}/", f"{path}grid/{batch.pk}/"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("width", "size", "lang"), [(320, 30, "en"), (390, 20, "zh-hans"), (1440, 20, "en")]
)
def test_nothing_is_too_small_or_too_wide(
    browser: Browser,
    live_server: LiveServer,
    batch: Batch,
    path: str,
    width: int,
    size: int,
    lang: str,
) -> None:
    page = phone(browser, live_server, width, size, lang)
    for there in pages(batch, path):
        page.goto(there)
        look(page, "open")
        for measure in ("too_wide", "cut_text", "small_text", "small_targets"):
            assert look(page, measure, size) == [], there
    page.context.close()


@pytest.mark.once
def test_axe_is_silent(head: Page, batch: Batch, path: str) -> None:
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
    for there in pages(batch, path):
        head.goto(there)
        found = Axe().run(head, options=rules)
        assert found.response["violations"] == [], f"{there}: {found.generate_report()}"


def test_a_head_enters_homes_with_plus_and_same_as_last_time(
    head: Page, batch: Batch, path: str
) -> None:
    head.goto(path)
    head.click("text=Enter room by room")
    head.click("[data-home='101'] >> text=Same as last time")
    head.fill("[data-find]", "2508")
    plus = head.locator("[data-home='2508'] button", has_text="+")
    plus.nth(1).click()
    plus.nth(1).click()
    sent: list[str] = []
    head.on(
        "request",
        lambda r: sent.append(r.post_data or "") if r.method == "POST" else None,
    )
    head.locator("[data-home='2508'] ~ button, button.main").last.click()
    head.wait_for_selector("text=Saved. Homes: 2")

    held = {o.room: {x.stock.code: x.quantity for x in o.lines.all()}
            for o in Order.objects.filter(batch=batch, channel="head")}  # fmt: skip
    assert held == {"101": {"A": 1, "C": 2}, "2508": {"B": 2}, "1203": {"A": 2, "B": 1}}
    assert sent[0].count("%7Ewas=") == 2  # of 200 homes


def test_what_is_refused_stays_typed_and_can_be_saved_then(
    head: Page, batch: Batch, path: str
) -> None:
    batch.stock.filter(code="B").update(quota=1)
    head.goto(f"{path}grid/{batch.pk}/")
    row = "[data-home='1203']"
    head.locator(f"{row} button", has_text="+").nth(1).click()
    head.click("button.main")
    head.wait_for_selector(".note.no")
    amounts = head.locator(f"{row} .cell input")
    assert [amounts.nth(i).input_value() for i in range(3)] == ["2", "2", ""]
    head.locator(f"{row} button", has_text="−").nth(1).click()
    head.locator(f"{row} button", has_text="+").nth(2).click()
    head.click("button.main")
    head.wait_for_selector("text=Saved. Homes: 1")


def test_the_grid_works_without_a_script(
    browser: Browser, live_server: LiveServer, batch: Batch, path: str
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
    )
    page = context.new_page()
    page.goto(f"{path}grid/{batch.pk}/")
    page.fill("[data-home='101'] .cell input >> nth=0", "3")
    page.click("button.main")
    assert page.locator("[role=status]").count() == 1
    assert Order.objects.get(batch=batch, room="101").lines.get().quantity == 3
    context.close()


@pytest.mark.once
def test_the_committee_s_pages_are_silent_in_axe_and_the_call_list_prints_bare(
    browser: Browser, live_server: LiveServer, batch: Batch, path: str
) -> None:
    committee = Building.objects.get().compound.committee
    user = make.make_committee_staff(committee, password="secret-of-zhou")
    page = phone(browser, live_server, 1440, 20, "en")
    page.goto("/sign-in/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", "secret-of-zhou")
    page.click("main button")
    calls = f"/desk/call-list/{batch.pk}/{committee.pk}/"
    heads = f"/desk/committee/{Building.objects.get().compound_id}/heads/"
    for there in (heads, f"/desk/handed-in/{batch.pk}/", calls):
        page.goto(there)
        found = Axe().run(page)
        assert found.response["violations"] == [], f"{there}: {found.generate_report()}"
    page.locator("tr", has_text="901").locator("button").click()
    page.emulate_media(media="print")
    assert page.locator("tr", has_text="901").inner_text().startswith("901")
    for hidden in (".bar", ".calls button", ".actions"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".calls .box").count() == 7  # one of eight is ticked
    page.context.close()
