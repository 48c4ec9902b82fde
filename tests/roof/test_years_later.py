"""A month, half a year and three years on (T30): whom the day was for is nowhere to be read."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from catalog.models import Batch
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.print_sheet import print_all
from delivery.models import PickupLine, Sheet, SupplyLine
from groupbuy.community.actions.head_links import make_head_link, revoke_head_link
from groupbuy.community.models import RESIDENT, HeadLink, head, staff
from groupbuy.roof.tick import tick
from groupbuy.roof.verify import verify
from groupbuy.shared import db
from orders.actions.cancel_order import cancel_order, void_order
from orders.actions.change_order import change_order
from orders.actions.hand_in_chain import hand_in_chain
from orders.actions.heads.calls import mark_called
from orders.actions.paste_chain import paste_chain
from orders.actions.place_order import place_order
from orders.models import HomeUse, Order, OrderLine, Wish
from tests import factories
from tests.delivery.paper import unpacked
from tests.factories import NOON

EVENING = NOON + timedelta(hours=7)
DELIVERED = NOON + timedelta(days=1)
ROOMS = [f"97315{n}7" for n in range(8)]
PHONE, TYPED_AT_SIGN_IN = "13977531975", "13977531976"
WORDS = {
    *("KANARI-NAME", "KANARI-NOTE", "KANARI-NEW", "KANARI-VOID", "KANARI-LATE"),
    *("KANARI-OFF", "KANARI-CHAT", "KANARI-CHAIN"),
}
HEADS = {"KANARI-HEAD", "KANARI-GONE"}


@dataclass
class Town:
    """One day with a resident's words in every place that takes any."""

    batch: Batch = field(init=False)

    def __post_init__(self) -> None:
        compound = factories.make_compound(buildings={"3": ["101"]})
        compound.has_roster = False
        compound.save()
        self.compound, self.building = compound, compound.buildings.get()
        self.batch = factories.make_batch(
            factories.make_group_buy(compounds=[compound])
        )
        self.stock = {row.code: row.pk for row in self.batch.stock.all()}
        self.by = staff(factories.make_town_staff(compound.committee.town))

    def wish(self, n: int, **words: str) -> Wish:
        given = {"name": "KANARI-NAME", "phone": PHONE, "note": "KANARI-NOTE"} | words
        items = {self.stock["A"]: 1, self.stock["B"]: 1}
        return Wish(self.compound.pk, "3", ROOMS[n], items, **given)

    def ordered(self, n: int) -> Order:
        key = f"key-{n}"
        wish = self.wish(n)
        return place_order(
            self.batch, wish=wish, submit_key=key, by=RESIDENT, now=NOON
        ).order

    def order(self) -> None:
        orders = [self.ordered(n) for n in range(5)]
        wish = self.wish(0, note="KANARI-NEW")
        change_order(orders[0], wish=wish, by=RESIDENT, now=NOON)
        cancel_order(orders[1], by=RESIDENT, now=NOON)
        void_order(orders[2], reason="KANARI-VOID", by=self.by, now=NOON)
        self.taken_off = orders[3]
        self.chain()
        home = self.building.households.get()
        mark_called(self.batch, home, by=self.by, now=NOON)
        sign_in = {"username": TYPED_AT_SIGN_IN, "password": "x"}
        Client().post(reverse("sign-in"), sign_in)

    def chain(self) -> None:
        links = [
            make_head_link(self.building, name=name, by=self.by, now=NOON)
            for name in sorted(HEADS)
        ]
        revoke_head_link(links[0], by=self.by, now=NOON)
        by = head([self.building.pk], link_id=links[1].pk)
        text = f"1. 3-{ROOMS[5]} KANARI-CHAIN A1 {PHONE}\nKANARI-CHAT 谢谢大家"
        pasted = paste_chain(self.batch, self.building, text=text, by=by, now=NOON)
        hand_in_chain(pasted, by=by, now=NOON)

    def deliver(self) -> None:
        self.batch.group_buy.ended_at = EVENING
        self.batch.group_buy.save()
        tick(now=EVENING)
        print_all(self.batch, by=self.by, now=EVENING)
        void_after_close(self.taken_off, reason="KANARI-OFF", by=self.by, now=EVENING)
        late = self.wish(6)
        self.batch.refresh_from_db()
        add_after_close(
            self.batch, wish=late, reason="KANARI-LATE", by=self.by, now=EVENING
        )
        tick(now=EVENING)


def dump() -> str:
    """Every row of every table, sessions read out; on SQLite the bytes of the file, too."""
    tables = connection.introspection.table_names()
    read = [f'SELECT * FROM "{table}"' for table in tables]  # noqa: S608 - our tables
    parts = [str(row) for sql in read for row in db.rows(sql)]
    parts += [str(session.get_decoded()) for session in Session.objects.all()]
    if connection.vendor == "sqlite":
        db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        file = Path(str(connection.settings_dict["NAME"]))
        parts.append(file.read_bytes().decode("utf-8", "replace"))
    parts += [on_shelf(sheet) for sheet in Sheet.objects.all()]
    return "\n".join(parts)


def on_shelf(sheet: Sheet) -> str:
    content = Path(sheet.file.path).read_bytes()
    is_packed = str(sheet.file.name).endswith(("xlsx", "zip"))
    return unpacked(content) if is_packed else ""


def canaries(text: str) -> set[str]:
    rooms = {"a room"} if any(room in text for room in ROOMS) else set()
    phones = set(re.findall("1397753197[0-9]", text))
    words = {word for word in WORDS | HEADS if word in text}
    return rooms | phones | words


def trade() -> dict[str, object]:
    """What was sold, to how many homes, in which building, and what it came to."""
    lines = PickupLine.objects.filter(pickup_list__void_at__isnull=True)
    return {
        "orders": sorted(Order.objects.values_list("state", "building", "total_cents")),
        "lines": OrderLine.objects.aggregate(n=Sum("quantity")),
        "homes": Order.objects.values("home_key").distinct().count(),
        "use": HomeUse.objects.aggregate(n=Sum("quantity")),
        "lists": sorted(lines.values_list("code", "building", "quantity")),
        "supply": SupplyLine.objects.aggregate(n=Sum("quantity")),
    }


@pytest.fixture
def town(transactional_db: None, settings: object, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    with time_machine.travel(NOON, tick=False) as clock:
        town = Town()
        town.order()
        clock.move_to(EVENING)
        town.deliver()
        assert verify(now=EVENING).broken == []
    return town


def later(days: int) -> set[str]:
    moment = DELIVERED + timedelta(days=days)
    with time_machine.travel(moment, tick=False):
        report = tick(now=moment)
        assert report.failed == []
        assert verify(now=moment).broken == [], f"after {days} days"
        assert tick(now=moment).summary == "nothing due"
    return canaries(dump())


def test_the_words_of_residents_are_gone_and_the_trade_is_still_told(
    town: Town,
) -> None:
    before = trade()
    everything = WORDS | HEADS | {PHONE, TYPED_AT_SIGN_IN, "a room"}
    assert canaries(dump()) == everything, "each one is where it could leak from"
    assert later(30) == everything - {"KANARI-GONE"}, "revoked a day earlier"

    assert later(31) == {"KANARI-HEAD", TYPED_AT_SIGN_IN}
    assert set(Sheet.objects.values_list("kind", flat=True)) <= {
        "supply",
        "supply_excel",
    }
    files = default_storage.listdir(str(town.batch.pk))[1]
    assert len(files) == Sheet.objects.count()
    assert trade() == before

    assert later(181) == set()
    assert not HeadLink.objects.filter(revoked_at__isnull=True).exists()
    assert later(1096) == set()
    assert trade() == before


def test_a_head_of_a_town_that_still_delivers_keeps_the_link(town: Town) -> None:
    on = (DELIVERED + timedelta(days=100)).date()
    batch = factories.make_batch(town.batch.group_buy, delivery_on=on)
    batch.stock.all().delete()
    factories.close(batch)

    assert "KANARI-HEAD" in later(181)
    assert HeadLink.objects.get(revoked_at__isnull=True).name == "KANARI-HEAD"
