"""Corrected paper is in order: ``verify`` finds nothing after voids and late orders."""

import pytest

from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.print_sheet import print_all
from groupbuy.roof.verify import verify
from orders.models import Wish
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day

pytestmark = pytest.mark.django_db


def correct(day: Day) -> None:
    """One order leaves, one comes late to a home that had none."""
    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)
    items = {day.batch.stock.get(code="B").pk: 2}
    wish = Wish(day.compound.pk, "12", "202", items, name="陆阿姨")
    add_after_close(day.batch, wish=wish, reason="补", by=day.town_staff, now=LATER)


def broken() -> list[str]:
    found = [finding.rule for finding in verify(now=NEXT_DAY).broken]
    return [rule for rule in found if rule != "heartbeat_is_fresh"]


def test_new_versions_before_printing_are_in_order():
    day = built_day()

    correct(day)

    assert broken() == []


def test_differences_after_printing_are_in_order():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)

    correct(day)

    assert broken() == []
