"""A resident with a real phone: counts every tap, and every field as one."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from catalog.models import Batch
from groupbuy.shared.clock import day_of
from tests import factories

PHONE = {"width": 390, "height": 844}


class Thumb:
    """What the hand does on one page; ``screens`` are pages with something to do on them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, selector: str) -> None:
        self.page.click(selector)
        self.taps += 1

    def type(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.taps += 1


def open_day(codes: str = "ABCD") -> Batch:
    """品质苑 with a roster, a day open for two hours from now on the real clock."""
    now = timezone.now()
    committee = factories.make_committee(name="品质苑居委会", phone="021-64091111")
    rooms = ["101", "102", "501", "502", "1701"]
    compound = factories.make_compound(committee, "品质苑", buildings={"3": rooms})
    other = factories.make_compound(committee, "旗忠花园")
    group_buy = factories.make_group_buy(
        compounds=[compound, other], starts_on=day_of(now), title="古藤马桥"
    )
    return factories.make_batch(
        group_buy,
        codes,
        delivery_on=day_of(now) + timedelta(days=1),
        opens_at=now - timedelta(hours=1),
        until_link=now + timedelta(hours=2),
        until_heads=now + timedelta(hours=3),
    )
