"""Wuliqiao's day: three heads paste chains that grow and are edited, one corrects at 16:59,
one is late; the batch closes, the sheets show it all, and the books are right.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import Batch, GroupBuy
from delivery.actions.print_sheet import print_all
from delivery.models import AccessLink, Difference, PickupList, Sheet
from delivery.queries.links import link_path
from groupbuy.community.models import Building, Compound, staff
from groupbuy.community.queries.head_links import head_link_path
from groupbuy.roof.tick import tick
from groupbuy.roof.verify import verify
from groupbuy.shared.clock import at
from orders.models import Chain, Demand, Order
from orders.queries.chains import newest_chain
from tests import factories
from tests.factories import DAY
from tests.journeys.phone import Phone

ROOMS = ["101", "102", "201", "202", "301", "302"]


def clock_at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return at(DAY, time(hour, minute, second))


@dataclass
class Head:
    """One head with the committee's link, on a phone without scripts."""

    building: Building
    batch: Batch
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.cookies["lang"] = "en"
        link = factories.make_head_link(self.building, "楼长")
        self.page = f"{head_link_path(link)}paste/{self.batch.pk}/"

    @property
    def chain(self) -> Chain:
        found = newest_chain(self.batch, self.building)
        assert found is not None
        return found

    def send(self, do: str, status: int = 200, **fields: object) -> str:
        old = newest_chain(self.batch, self.building)
        shown = self.client.get(self.page).content.decode()
        ticked = re.findall(r'name="tap" value="([^"]*)" checked', shown)
        sent = {"do": do, "chain": old.pk if old else "", "tap": ticked, **fields}
        answer: HttpResponse = self.client.post(self.page, sent, follow=True)  # type: ignore[assignment]
        assert answer.status_code == status, answer.content.decode()[-1500:]
        return answer.content.decode()

    def paste(self, *lines: str) -> str:
        return self.send("paste", text="\n".join(lines))

    @property
    def held(self) -> Mapping[str, str]:
        """What stands by this head: ``{"101": "A2 B1"}``."""
        orders = Order.objects.filter(
            in_building=self.building, channel="head", state="standing"
        ).order_by("room", "pk")
        found: dict[str, str] = {}
        for order in orders:
            lines = order.lines.order_by("stock__code")
            said = " ".join(f"{ln.stock.code}{ln.quantity}" for ln in lines)
            found[order.room] = " + ".join(filter(None, [found.get(order.room), said]))
        return found


@pytest.fixture
def street(db: None) -> GroupBuy:
    """五里桥: three closed buildings, heads until 17:00, the link until 15:00."""
    compound = factories.make_compound(
        name="五里桥小区", buildings={"3": ROOMS, "5": ROOMS, "7": ROOMS}
    )
    group_buy = factories.make_group_buy(
        compounds=[compound],
        title="荟选集市",
        cutoff_link=time(15),
        cutoff_heads=time(17),
        starts_on=DAY + timedelta(days=1),
    )
    for code, name, cents, quota in (
        ("A", "100元蔬菜肉类套餐", 10000, 50),
        ("B", "60元蔬菜套餐", 6000, 5),
        ("C", "鲜奶酸奶套餐", 5200, 50),
    ):
        supplier = factories.make_supplier(group_buy.town)
        package = factories.make_package(supplier, name)
        factories.make_offer(
            group_buy, code, package=package, price_cents=cents, daily_quota=quota
        )
    return group_buy


def head_of(name: str) -> Head:
    return Head(Building.objects.get(name=name), Batch.objects.get(state="open"))


def let_in(desk: Client, head: Head, home: str, reason: str) -> HttpResponse:
    page = reverse("late-home", args=[head.chain.pk]) + f"?home={home}"
    return desk.post(page, {"reason": reason})  # type: ignore[return-value]


def test_one_day(street: GroupBuy) -> None:
    compound = Compound.objects.get()
    town, resident = factories.make_town_staff(street.town), Phone()
    desk = Client()
    desk.force_login(town)
    desk.cookies["lang"] = "en"

    with time_machine.travel(clock_at(9)) as clock:
        tick(now=timezone.now())
        batch = Batch.objects.get()
        third, fifth, seventh = (head_of(name) for name in "357")

        # 10:00. The first paste: clean lines go, doubtful ones wait, another building's don't.
        clock.move_to(clock_at(10))
        page = third.paste(
            "大家好，接龙了",
            "3号楼：",
            "1. 101 A2 现金",
            "2. 102室 A套餐一份 B1 王阿姨 13800138000",
            "3. 201 A1 或者 B1",
            "4. 5-101 C1",
            "共 A3 B1",
        )
        assert "another building" in page
        assert "the chat says" not in page
        third.send("hand-in")
        assert third.held == {"101": "A2", "102": "A1 B1"}
        third.send("hand-in")
        assert Order.objects.count() == 2

        # The head asks 201 and types the answer; what is wrong is said beside the field.
        asked = {"5-0-room": "210", "5-0-q-B": "1"}
        assert "aria-invalid" in third.send("accept-5", status=409, **asked)
        third.send("accept-5", **(asked | {"5-0-room": "201"}))
        third.send("hand-in")
        assert third.held["201"] == "B1"

        # 14:00. A daughter orders for 3-302 by the link; her mother stands in the chain, too.
        clock.move_to(clock_at(14))
        box = f"q_{batch.stock.get(code='C').pk}"
        home = {"compound": compound.pk, "building": "3", "room": "302"}
        link = reverse("link", args=[street.token])
        resident.order(link, home | {"phone": "13800138001"}, **{box: 1})

        # 14:30. The chain again: 101 edited, 102 gone, 302 and a wish new, the rest as it was.
        clock.move_to(clock_at(14, 30))
        page = third.paste(
            "大家好，接龙了",
            "3号楼：",
            "1. 101 A3 现金",
            "3. 201 A1 或者 B1",
            "5. 302 A1 送上门",
            "6. 301 C套餐没有了吗",
        )
        assert "already ordered by the link: C×1" in page
        third.send("hand-in")
        assert third.held == {"101": "A2", "102": "A1 B1", "201": "B1", "302": "A1"}
        third.send("hand-in", tap=["/101|A3|现金", "/102||"])
        assert third.held == {"101": "A3", "201": "B1", "302": "A1"}
        assert Demand.objects.get().stock.code == "C"

        # 15:30. The link has closed, heads have not; B runs out and the rest stands.
        clock.move_to(clock_at(15, 30))
        page = fifth.paste(
            "5号楼",
            "5-101 A1",
            "5-102 B5",
            "5-201 B3",
            "5-202 B1 C1",
            "5-202 B1 C1",
            "5-101 改成A2",
        )
        fifth.send("accept-7")  # 5-101 in all: A2
        fifth.send("aside-6")  # the same twice
        page = fifth.send("hand-in")
        assert "Not possible" in page
        assert fifth.held == {"101": "A2", "201": "B3", "202": "B1 C1"}

        # 16:59. One more paste, one more hand-in; a minute later nobody comes in.
        clock.move_to(clock_at(16, 59))
        fifth.paste("5号楼", "5-101 A1", "5-201 B3", "5-202 C1", "5-101 改成A2")
        fifth.send("hand-in", tap=["/101|A2|", "/202|C1|"])
        assert fifth.held == {"101": "A2", "201": "B3", "202": "C1"}

        # The town keeps the link open in the rain; building 7 is late for heads all the same.
        batch.until_link = clock_at(17, 30)
        batch.save()
        clock.move_to(clock_at(17, 5))
        seventh.paste("2022/4/11 16:58 李四: 7-101 A1", "7-202 A1 C1 放门口")
        assert "only the town can let this in" in seventh.send("hand-in")
        assert seventh.held == {}
        overview = reverse("handed-in", args=[batch.pk])
        late = desk.get(overview).content.decode()
        assert "16:58" in late
        assert "17:05" in late
        assert let_in(desk, seventh, "/101", "").status_code == 409
        assert let_in(desk, seventh, "/101", "楼长手机没电了").status_code == 302
        assert seventh.held == {"101": "A1"}

        # 17:30. It closes itself, the lists are made, the town prints them.
        clock.move_to(clock_at(17, 30, 6))
        assert tick(now=timezone.now()).failed == []
        batch.refresh_from_db()
        assert batch.state == Batch.State.CLOSED
        assert PickupList.objects.get().packages == 13
        assert Sheet.objects.filter(batch=batch, compound=compound).count() == 4
        print_all(batch, by=staff(town), now=timezone.now())

        # A second late home is a numbered difference now; and only once.
        assert let_in(desk, seventh, "/202", "老人刚出院").status_code == 302
        assert let_in(desk, seventh, "/202", "老人刚出院").status_code == 404
        assert seventh.held == {"101": "A1", "202": "A1 C1"}
        assert sorted(Difference.objects.values_list("delta", flat=True)) == [1, 1]
        assert Order.objects.get(in_building=seventh.building, room="202").note
        assert "Let it in" not in desk.get(overview).content.decode()

        # The next day's volunteers read every home, room by room.
        clock.move_to(at(DAY + timedelta(days=1), time(15)))
        tick(now=timezone.now())
        volunteer = link_path(AccessLink.objects.get(kind="volunteer", batch=batch))
        for head in (third, fifth, seventh):
            sheet = Client().get(f"{volunteer}building/?b={head.building.name}")
            for room in head.held:
                assert room in sheet.content.decode()

        # Every order knows its lines, and the books are right.
        by_heads = Order.objects.filter(channel="head")
        assert not by_heads.filter(chain_lines__isnull=True).exists()
        book = verify(now=timezone.now())
        assert book.broken == []
        assert book.checked["orders"] == by_heads.count() + 1
