"""Ms Wei of 品质苑, two days long: from the link in her chat group to the bag at her door."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext

from catalog.models import Batch, GroupBuy, Stock
from delivery.models import AccessLink, Handoff, PickupList, Sheet
from delivery.queries.links import link_path
from groupbuy.community.models import Compound, LogEntry
from groupbuy.roof.tick import tick
from groupbuy.roof.verify import verify
from groupbuy.shared.clock import at
from orders.models import Demand, Order
from orders.views.link import PAGES
from tests import factories
from tests.factories import DAY
from tests.journeys.phone import Phone

WEI = {"building": "3", "room": "502", "name": "魏阿姨", "phone": "13800000000"}
MORNING = at(DAY, time(9))
TEATIME = at(DAY, time(16, 30))
AFTER_CUTOFF = at(DAY, time(17)) + timedelta(seconds=6)
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def town(db: None) -> GroupBuy:
    """马桥镇 with 品质苑 and one group buy of three suppliers' packages, cutoff 17:00."""
    compound = factories.make_compound(
        name="品质苑", buildings={"3": ["501", "502"], "12": ["201", "1701"]}
    )
    group_buy = factories.make_group_buy(
        compounds=[compound],
        title="古藤马桥",
        cutoff_heads=time(17),
        starts_on=DAY + timedelta(days=1),
    )
    for code, name, cents, quota in (
        ("A", "100元蔬菜肉类套餐", 10000, 50),
        ("B", "60元蔬菜套餐", 6000, 50),
        ("C", "鲜奶酸奶套餐", 5200, 1),
    ):
        supplier = factories.make_supplier(group_buy.town)
        package = factories.make_package(supplier, name)
        factories.make_offer(
            group_buy, code, package=package, price_cents=cents, daily_quota=quota
        )
    return group_buy


def box(batch: Batch, code: str) -> str:
    return f"q_{Stock.objects.get(batch=batch, code=code).pk}"


def test_two_days(town: GroupBuy) -> None:
    compound = Compound.objects.get()
    desk, phone, neighbour = Client(), Phone(), Phone()
    desk.force_login(factories.make_town_staff(town.town))
    link = reverse("link", args=[town.token])

    with time_machine.travel(MORNING) as clock:
        # The clockwork opens the day; she finds the packages side by side and orders one.
        tick(now=timezone.now())
        first = Batch.objects.get()
        shown = phone.open(link)
        assert "100元蔬菜肉类套餐" in shown
        assert "60元蔬菜套餐" in shown
        done = phone.order(
            link,
            WEI | {"compound": compound.pk, "remember": "on"},
            **{box(first, "A"): 1},
        )
        order = Order.objects.get()
        assert (order.home, order.total_cents) == ("3-502", 10000)
        assert order.number[:3] in done

        # The one milk package goes; her neighbour finds it sold out and asks for it.
        phone_b = Phone()
        phone_b.order(
            link,
            {
                "compound": compound.pk,
                "building": "12",
                "room": "201",
                "phone": "13800000001",
            },
            **{box(first, "C"): 1},
        )
        clock.shift(5)
        PAGES.clear()  # the link page is kept for a moment
        milk = Stock.objects.get(batch=first, code="C")
        assert reverse("want", args=[town.token, milk.pk]) in neighbour.open(link)
        for _ in range(2):
            neighbour.send(
                reverse("want", args=[town.token, milk.pk]), {"c": compound.pk}
            )
        assert Demand.objects.count() == 1

        # Staff see the wish on today's table and restock; now she can have it.
        assert "row-" in desk.get(reverse("today"), follow=True).content.decode()
        desk.post(reverse("row-quota", args=[milk.pk]), {"more": 10})
        clock.shift(5)
        PAGES.clear()
        neighbour.order(
            link,
            {
                "compound": compound.pk,
                "building": "12",
                "room": "1701",
                "phone": "13800000002",
            },
            **{box(first, "C"): 2},
        )
        assert LogEntry.objects.filter(verb="restock").count() == 1

        # The day closes itself; nobody can slip in.
        clock.move_to(AFTER_CUTOFF)
        report = tick(now=timezone.now())
        assert report.failed == []
        first.refresh_from_db()
        assert first.state == Batch.State.CLOSED
        assert first.closed_at is not None
        assert PickupList.objects.get().packages == 4
        assert Sheet.objects.filter(batch=first, compound=compound).count() == 4

        # Each supplier has its supply order, and says so.
        assert Handoff.objects.filter(batch=first).count() == 2
        for supplier_link in AccessLink.objects.filter(kind="supplier"):
            page = Client().get(link_path(supplier_link)).content.decode()
            assert "13800" not in page
            assert "魏" not in page
            Client().post(link_path(supplier_link) + "received/", {"version": 1})
        assert not Handoff.objects.filter(acknowledged_at=None).exists()

        # Day two opened by itself: the returning phone orders in four taps.
        second = Batch.objects.get(state=Batch.State.OPEN)
        phone.order(link, {"compound": compound.pk}, **{box(second, "B"): 1})
        assert Order.objects.get(batch=second).home == "3-502"

        # The next afternoon her volunteer prints, the goods arrive, the house is done.
        clock.move_to(at(NEXT_DAY, time(15, 40)))
        helper = Client()
        page = link_path(AccessLink.objects.get(kind="volunteer", batch=first))
        printed = helper.post(f"{page}print/", {"kind": "doors"}, follow=True)
        assert b"".join(printed.streaming_content)[:4] == b"%PDF"
        helper.post(f"{page}gate/{compound.gates.get().pk}/arrived/")
        assert "15:40" in phone.open(reverse("my-order", args=[order.number]))
        assert "502" in helper.get(f"{page}building/?b=3").content.decode()
        helper.post(f"{page}building/done/", {"b": "3"})
        clock.shift(60)
        assert hasattr(Order.objects.get(pk=order.pk), "handover")
        mine = phone.open(reverse("my-order", args=[order.number]))
        assert pgettext("my order", "Handed out") in mine

        # And the books are right.
        tick(now=timezone.now())
        book = verify(now=timezone.now())
        assert book.broken == []
        assert book.checked["orders"] == 4
