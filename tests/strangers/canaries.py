"""Homes whose every datum is one of a kind, so that wherever it turns up it is known whose it is."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from catalog.models import Batch
from delivery.actions.build_lists import build_lists
from groupbuy.community.models import RESIDENT, Building, Town, head, staff
from groupbuy.shared import tokens
from orders.actions.cancel_order import cancel_order
from orders.actions.paste_chain import paste_chain
from orders.actions.place_order import place_order
from orders.actions.writing import order_token
from orders.models import Wish
from orders.states import Channel
from tests import factories
from tests.house.world import DAY, day_of

NAMES = ("尉迟", "𠮷田", "Ümit", "=1+1 ", "<b>", "O'Neil ")
SECRETS = ("name", "phone", "room", "note")


@dataclass
class Canary:
    """One home and, once it ordered, the key of its form."""

    building: Building
    room: str
    name: str
    phone: str
    note: str
    channel: str
    is_cancelled: bool
    key: str = field(default_factory=tokens.new_key)

    @property
    def compound_id(self) -> int:
        return self.building.compound_id

    @property
    def town_id(self) -> int:
        return self.building.compound.committee.town_id

    @property
    def token(self) -> str:
        return order_token(self.key)

    def stands_in(self, text: str) -> set[str]:
        """Which of its data the text holds; digits count only as a number of their own."""
        return {
            kind for kind in SECRETS if re.search(spelled(getattr(self, kind)), text)
        }


def spelled(datum: str) -> str:
    return rf"(?<!\d){datum}(?!\d)" if datum.isdecimal() else re.escape(datum)


@dataclass
class Aviary:
    """One town with its homes, its open day and its closed one."""

    town: Town
    homes: list[Canary]
    today: Batch = field(init=False)
    closed: Batch = field(init=False)


HOMES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from([Channel.LINK, Channel.HEAD, Channel.PROXY]),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
TOWNS = st.tuples(*[st.tuples(HOMES, HOMES, HOMES)] * 2)  # buildings 3, 4; and 5 apart


def aviaries(drawn: Any, now: datetime) -> list[Aviary]:
    """Two towns as drawn; in each a compound of two buildings, another committee's, and one
    that orders nothing: the paper of a whole town would not be read by one person alone."""
    count = itertools.count(1)
    found = []
    for buildings in drawn:
        town = factories.make_town()
        factories.make_compound(town=town)
        homes = list(homes_of(town, buildings, count))
        found.append(furnished(Aviary(town, homes), now))
    return found


def homes_of(town: Town, buildings: Any, count: Iterator[int]) -> Iterator[Canary]:
    near, far = factories.make_compound(town=town), factories.make_compound(town=town)
    places = zip([near, near, far], "345", buildings, strict=True)
    for compound, name, drawn in places:
        building = factories.make_building(compound, name)
        for start, channel, is_cancelled in drawn:
            n = next(count)
            home = Canary(
                building,
                room=f"{861000 + 7 * n}",
                name=f"{start}鹂{n:03d}鹂",
                phone=f"1397531{n:04d}",
                note=f"请{n:03d}敲门{n:03d}",
                channel=channel,
                is_cancelled=is_cancelled,
            )
            building.households.create(room=home.room, sort=home.room)
            yield home


def furnished(town: Aviary, now: datetime) -> Aviary:
    compounds = {home.compound_id: home.building.compound for home in town.homes}
    group_buy = factories.make_group_buy(compounds=list(compounds.values()))
    factories.make_offer(group_buy, "A")
    factories.make_offer(group_buy, "B")
    town.closed = day_of(group_buy, now, DAY)
    for home in town.homes:
        order(home, town.closed, tokens.new_key(), now)
    factories.close(town.closed, now)
    build_lists(town.closed, now=now)
    town.today = day_of(group_buy, now, 2 * DAY)
    for home in town.homes:
        placed = order(home, town.today, home.key, now)
        if home.is_cancelled:
            cancel_order(placed, by=RESIDENT, now=now + timedelta(minutes=1))
    for home in town.homes:
        if home.channel == Channel.HEAD:
            pasted(home, town.today, now)
    return town


def pasted(home: Canary, batch: Batch, now: datetime) -> None:
    """In the chat group people write their number beside their room."""
    place, by = f"{home.building.name}-{home.room}", head([home.building.pk])
    text = f"{place} {home.name} {home.phone} A1 {home.note}"
    paste_chain(batch, home.building, text=text, by=by, now=now)


def order(home: Canary, batch: Batch, key: str, now: datetime) -> Any:
    by = {
        Channel.LINK: RESIDENT,
        Channel.HEAD: head([home.building.pk]),
        Channel.PROXY: staff(
            factories.make_committee_staff(home.building.compound.committee)
        ),
    }[Channel(home.channel)]
    wish = Wish(
        home.compound_id,
        home.building.name,
        home.room,
        {batch.stock.first().pk: 1},
        name=home.name,
        phone=home.phone,
        note=home.note,
        name_in_feed=True,
    )
    return place_order(
        batch, wish=wish, submit_key=key, by=by, now=now, channel=home.channel
    ).order
