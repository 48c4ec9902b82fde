"""Somebody wants to be forgotten: while goods are on their way it is explained, later done. (Row 47.)"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch
from groupbuy.community.models import RESIDENT
from groupbuy.roof.verify import RULES, verify
from orders.actions.cancel_order import cancel_order
from orders.actions.erase import erase_due
from orders.models import Order
from tests import factories
from tests.orders.views.phone import Phone

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def batch() -> Batch:
    return factories.make_batch()


def kept(order: Order) -> bool:
    order.refresh_from_db()
    return bool(order.phone and order.name and order.room)


def test_the_page_says_for_how_long_and_whom_to_ask(client: Client) -> None:
    page = client.get("/privacy/?lang=en").text
    assert "deleted 30 days after delivery" in page
    assert "To have it deleted, call your committee." in page
    assert "Never: identity number" in page


def test_what_the_delivery_and_its_complaints_need_is_kept_until_then(
    batch: Batch,
) -> None:
    """Standing or cancelled: who was charged and who was not is still asked about."""
    standing = factories.make_order(batch, home="3-501")
    cancelled = factories.make_order(batch, home="3-502")
    cancel_order(cancelled, by=RESIDENT, now=factories.NOON)
    for days in (0, 1, 15, 31):
        erase_due(now=factories.NOON + days * DAY)
        assert kept(standing)
        assert kept(cancelled)


def test_then_the_person_goes_and_the_trade_stays(batch: Batch) -> None:
    order = factories.make_order(batch, home="3-501", items={"A": 2})
    total, number = order.total_cents, order.number
    later = factories.NOON + 33 * DAY
    erase_due(now=later)
    assert not kept(order)
    assert (order.phone, order.name, order.note, order.room) == ("", "", "", "")
    assert "501" not in order.home_key
    assert (order.total_cents, order.number) == (total, number)
    assert order.lines.get().quantity == 2
    rules = tuple(rule for rule in RULES if rule.name == "nothing_kept_too_long")
    assert verify(now=later, rules=rules).broken == []


def test_who_holds_the_order_corrects_a_name_without_asking_anybody(
    batch: Batch,
) -> None:
    with time_machine.travel(factories.NOON):
        phone = Phone(batch).order("A", room="502", building="3")
        order = Order.objects.get()
        page = f"/mine/{order.number}/change/"
        phone.open(page)
        phone.client.post(page, {**phone.fields(), "name": "", "step": "save"})
    order.refresh_from_db()
    assert order.name == ""
