"""A town in which every page has something to show, and the list of its pages.

Pages come from the resolver: an address that answers GET with HTML is looked at by itself,
so a new page is measured without a word here, unless its parameter is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from catalog.models import Batch, GroupBuy
from delivery.actions.arrivals import hand_over, mark_arrived
from delivery.actions.build_lists import build_lists
from delivery.models import AccessLink, Sheet, holder
from delivery.queries.links import link_path
from groupbuy.community.models import Building, Compound, User
from groupbuy.community.queries.head_links import token_of
from groupbuy.shared import tokens
from orders.models import Order
from tests import factories as make
from tests.house.doors import doors

TOKEN = "abcdefghijklmnopqrstuvwxyz234567"
QUERY = {"volunteer-building": "?b=3", "order": "?pick=A", "find-order": "?q=502"}
CHAIN = """大家好，接龙了
101 A2 现金
102 B1 送上门
501 A1 或者 B1
502
1701 A1 陈阿姨 13800138000
12-202 A1
共 A9 B1
106 牛奶没有了吗
谢谢"""

Visitor = tuple[User | None, Client]


@dataclass
class Sight:
    """One page; ``kind`` is whose it is, ``user`` who must sign in to see it."""

    kind: str
    name: str
    path: str
    user: User | None = None


@dataclass
class Town:
    compound: Compound
    building: Building
    open: Batch
    closed: Batch
    mine: Order
    people: dict[str, User]

    def sights(self) -> list[Sight]:
        visitors = [(who, self.client(who)) for who in (None, *self.people.values())]
        found = [sight for door in doors() if (sight := self.sight(door, visitors))]
        return [*found, Sight("residents", "404", "/nothing/")]

    def sight(self, door: URLPattern, visitors: list[Visitor]) -> Sight | None:
        """Whoever of the town sees it first; ``None`` if it is no page."""
        name = str(door.name)
        values = self.values(door)
        path = reverse(name, kwargs=values) + QUERY.get(name, "")
        for who, client in visitors:
            answer = client.get(path)
            if is_page(answer):
                return Sight(kind_of(answer), name, path, who)
        return None

    def client(self, who: User | None) -> Client:
        client = Client(raise_request_exception=False)
        client.cookies["orders"] = TOKEN
        if who:
            client.force_login(who)
        return client

    def values(self, door: URLPattern) -> dict[str, Any]:
        compound, building, batch = self.compound, self.building, self.open
        links = {
            link.kind: link for link in AccessLink.objects.filter(batch=self.closed)
        }
        supplier = links["supplier"].supplier
        package = supplier.packages.first()
        is_after = "delivery" in door.callback.__module__
        order = self.closed.orders.first() if is_after else self.mine
        known = {
            "batch_id": self.closed.pk if is_after else batch.pk,
            "building_id": building.pk,
            "chain_id": building.chains.first().pk,
            "committee_id": compound.committee_id,
            "compound_id": compound.pk,
            "gate_id": compound.gates.first().pk,
            "group_buy_id": batch.group_buy_id,
            "head_link_id": building.head_links.get().pk,
            "household_id": building.households.first().pk,
            "kind": "doors",
            "link_id": links["volunteer"].pk,
            "list_id": self.closed.pickup_lists.first().pk,
            "number": self.mine.number,
            "offer_id": batch.group_buy.offers.first().pk,
            "order_id": order.pk,
            "package_id": package.pk,
            "paper_id": supplier.papers.first().pk,
            "release_id": 0,
            "sheet_id": self.closed.sheets.get().pk,
            "stock_id": batch.stock.first().pk,
            "supplier_id": supplier.pk,
            "token": self.token(str(door.pattern), links),
        }
        return {name: known[name] for name in door.pattern.converters}

    def token(self, pattern: str, links: dict[str, AccessLink]) -> str:
        """A link's, where the address is one; the group buy's elsewhere."""
        kind = {"v/": "volunteer", "s/": "supplier"}.get(pattern[:2])
        if kind:
            return link_path(links[kind]).split("/")[2]
        if pattern.startswith("b/"):
            return token_of(self.building.head_links.get())
        return TOKEN if pattern.startswith("o/") else self.open.group_buy.token


def is_page(answer: HttpResponse) -> bool:
    kind = answer.headers.get("Content-Type", "")
    whole = kind.startswith("text/html") and not answer.streaming
    return whole and answer.status_code == 200 and b"<html" in answer.content


def kind_of(answer: HttpResponse) -> str:
    """By the body's class: whose look a page has."""
    page = answer.content.decode()
    looks = {"residents heads": "heads", "volunteer supplier": "suppliers"}
    looks |= {
        "residents guide": "guides",
        "residents": "residents",
        "volunteer": "volunteers",
    }
    found = (who for look, who in looks.items() if f' {look}">' in page)
    return next(found, "staff")


def built_town() -> Town:
    """品质苑: yesterday's day is closed, listed and half delivered, today's is open."""
    now = timezone.now()
    committee = make.make_committee(name="品质苑居委会", phone="021-64091111")
    rooms = ["101", "102", "501", "502", "1701"]
    compound = make.make_compound(committee, "品质苑", buildings={"3": rooms})
    make.make_building(compound, "12", ["201", "202"])
    other = make.make_compound(committee, "旗忠花园")
    building = compound.buildings.get(name="3")
    make.make_head_link(building, "王阿姨")
    group_buy = make.make_group_buy(
        compounds=[compound, other], starts_on=now.date(), title="古藤马桥"
    )
    closed = day_of(group_buy, now, 1)
    delivered(closed, compound, now)
    batch = day_of(group_buy, now, 2)
    mine = sold(batch, compound, now)
    people = {
        "town": make.make_town_staff(committee.town),
        "committee": make.make_committee_staff(committee),
        "head": make.make_head(building),
    }
    town = Town(compound, building, batch, closed, mine, people)
    pasted(town)
    return town


def day_of(group_buy: GroupBuy, now: datetime, away: int) -> Batch:
    return make.make_batch(
        group_buy,
        "ABCDEF",
        delivery_on=(now + timedelta(days=away)).date(),
        opens_at=now - timedelta(hours=1),
        until_link=now + timedelta(hours=2),
        until_heads=now + timedelta(hours=3),
    )


def delivered(batch: Batch, compound: Compound, now: datetime) -> None:
    """Closed and listed; the goods are at the gate, one home has its own."""
    for home, items in {"3-501": {"A": 1}, "12-201": {"A": 2, "B": 1}}.items():
        make.make_order(
            batch, compound, home, items=items, note="放门口", bring_to_door=True
        )
    make.make_order(batch, compound, "3-1701", items={"C": 2}, phone="021-64091111")
    make.close(batch, now)
    build_lists(batch, now=now)
    Sheet.objects.create(batch=batch, kind="lists_excel", version=1, made_at=now)
    link = batch.links.get(kind="volunteer", compound=compound)
    gate = compound.gates.first()
    mark_arrived(batch, gate, by=holder(link), now=now)
    hand_over(batch.orders.get(room="1701"), by=holder(link), now=now)


def sold(batch: Batch, compound: Compound, now: datetime) -> Order:
    """Today: one sold out, one nearly, one paused, one that neighbours see by name."""
    batch.stock.filter(code="E").update(quota=1, reserved=1)
    batch.stock.filter(code="C").update(quota=5)
    batch.stock.filter(code="F").update(paused_at=now)
    make.make_order(batch, compound, placed_at=now, name_in_feed=True)
    hashed = tokens.stored(TOKEN)
    return make.make_order(
        batch, compound, "3-1701", items={"A": 2, "B": 1}, placed_at=now, token_hash=hashed
    )  # fmt: skip


def pasted(town: Town) -> None:
    """The head's chain: something handed in, something open, something to be confirmed."""
    path = f"/b/{token_of(town.building.head_links.get())}/paste/{town.open.pk}/"
    head = Client()
    for text, then in ((CHAIN, "hand-in"), (CHAIN.replace("A2", "A3"), "")):
        head.post(path, {"do": "paste", "text": text})
        if then:
            chain = town.building.chains.order_by("pk").last()
            head.post(path, {"do": then, "chain": chain.pk})


def phone_sights(town: Town) -> Iterator[Sight]:
    return (sight for sight in town.sights() if sight.kind != "staff")
