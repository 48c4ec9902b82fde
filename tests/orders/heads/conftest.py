"""Building 3 at noon: a day open until 18:00 for heads, a head with a link, one with an account."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch
from groupbuy.community.models import Building, Compound, HeadLink, User
from groupbuy.community.queries.head_links import head_link_path
from tests import factories as make


@dataclass
class Street:
    compound: Compound
    building: Building
    batch: Batch
    link: HeadLink
    head: User
    committee: User
    client: Client

    @property
    def path(self) -> str:
        """The head's start page, by the link."""
        return head_link_path(self.link)

    def page(self, page: str) -> str:
        return f"{self.path}{page}/{self.batch.pk}/"

    def signed_in(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        client.cookies["lang"] = "en"
        return client


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(make.NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def street(db: None, noon: time_machine.Traveller) -> Street:
    compound = make.make_compound(
        name="五里桥", buildings={"3": ["101", "501", "502"], "4": ["401"]}
    )
    building = compound.buildings.get(name="3")
    group_buy = make.make_group_buy(
        compounds=[compound],
        rhythm="every_n",
        every_days=3,
        starts_on=make.DAY - timedelta(days=2),
    )
    client = Client()
    client.cookies["lang"] = "en"
    return Street(
        compound,
        building,
        make.make_batch(group_buy, "ABC"),
        make.make_head_link(building, "王阿姨"),
        make.make_head(building),
        make.make_committee_staff(compound.committee, first_name="周"),
        client,
    )
