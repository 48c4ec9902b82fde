"""A head's link: one building, shown by the committee, dead the moment it is revoked."""

import pytest
from django.test import Client

from groupbuy.community.actions.head_links import make_head_link, revoke_head_link
from groupbuy.community.models import Building, HeadLink, LogEntry, head, staff
from groupbuy.community.queries.head_links import head_link_by_token, token_of
from groupbuy.shared.errors import NotAllowed, Refused
from tests import factories
from tests.factories import NOON


@pytest.fixture
def building(db: None) -> Building:
    return factories.make_compound(buildings={"3": ["501"]}).buildings.get()


@pytest.fixture
def by(building: Building):
    return staff(factories.make_committee_staff(building.compound.committee))


def test_the_committee_makes_a_link_that_opens_the_building(building, by) -> None:
    link = make_head_link(building, name="王阿姨", by=by, now=NOON)

    found = head_link_by_token(token_of(link))
    assert found is not None
    assert (found.building, found.name, found.made_by) == (building, "王阿姨", by.user)


def test_the_token_is_nowhere_in_the_database(building, by) -> None:
    link = make_head_link(building, name="", by=by, now=NOON)

    kept = HeadLink.objects.filter(pk=link.pk).values().get()
    assert token_of(link) not in str(kept)
    assert token_of(link) not in str(list(LogEntry.objects.values()))


def test_a_revoked_link_is_a_404_at_once_and_the_log_tells(building, by) -> None:
    link = make_head_link(building, name="", by=by, now=NOON)
    page = f"/b/{token_of(link)}/"
    assert Client().get(page).status_code == 200

    revoke_head_link(link, by=by, now=NOON)

    assert Client().get(page).status_code == 404
    told = LogEntry.objects.filter(subject="headlink", subject_id=link.pk)
    assert {entry.verb for entry in told} == {"make_head_link", "revoke_head_link"}
    with pytest.raises(Refused):
        revoke_head_link(link, by=by, now=NOON)


def test_two_heads_have_two_links_with_two_names(building, by) -> None:
    first = make_head_link(building, name="王阿姨", by=by, now=NOON)
    make_head_link(building, name="李叔", by=by, now=NOON)

    with pytest.raises(Refused) as refused:
        make_head_link(building, name="王阿姨 ", by=by, now=NOON)
    assert refused.value.field == "name"

    revoke_head_link(first, by=by, now=NOON)
    make_head_link(building, name="王阿姨", by=by, now=NOON)


def test_neither_a_head_nor_another_committee_makes_or_revokes(building, by) -> None:
    link = make_head_link(building, name="", by=by, now=NOON)
    town = building.compound.committee.town
    neighbour = staff(factories.make_committee_staff(factories.make_committee(town)))
    for stranger in (neighbour, head([building.pk]), head([building.pk], link_id=1)):
        with pytest.raises(NotAllowed):
            make_head_link(building, name="x", by=stranger, now=NOON)
        with pytest.raises(NotAllowed):
            revoke_head_link(link, by=stranger, now=NOON)
