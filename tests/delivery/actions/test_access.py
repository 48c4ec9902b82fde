"""Links without a sign-in: one live one each, dead when revoked, dead a day after delivery."""

from datetime import timedelta

import pytest

from delivery.actions.access import revoke_link
from delivery.models import AccessLink
from delivery.queries.links import link_by_token, token_of
from groupbuy.community.models import staff
from groupbuy.shared.clock import at
from groupbuy.shared.errors import NotAllowed, Refused
from tests import factories as make
from tests.delivery.days import LATER, built_day

pytestmark = pytest.mark.django_db
VOLUNTEER = AccessLink.Kind.VOLUNTEER


def test_a_token_opens_its_link_until_24_hours_after_the_window():
    day = built_day()
    link = day.batch.links.get(kind=VOLUNTEER)
    end = at(day.batch.delivery_on, day.batch.window_to) + timedelta(hours=24)

    token = token_of(link)

    assert link_by_token(VOLUNTEER, token, end - timedelta(seconds=1)) == link
    assert link_by_token(VOLUNTEER, token, end) is None


def test_a_suppliers_token_opens_no_volunteers_page():
    day = built_day()
    token = token_of(day.batch.links.filter(kind="supplier").first())

    assert link_by_token(VOLUNTEER, token, LATER) is None


def test_the_token_itself_is_nowhere_in_the_database():
    day = built_day()
    link = day.batch.links.get(kind=VOLUNTEER)

    kept = AccessLink.objects.filter(pk=link.pk).values().get()

    assert token_of(link) not in str(kept)


def test_a_revoked_link_is_dead_and_another_lives():
    day = built_day()
    old = day.batch.links.get(kind=VOLUNTEER)

    fresh = revoke_link(old, by=day.committee_staff, now=LATER)

    assert link_by_token(VOLUNTEER, token_of(old), LATER) is None
    assert link_by_token(VOLUNTEER, token_of(fresh), LATER) == fresh
    with pytest.raises(Refused):
        revoke_link(old, by=day.committee_staff, now=LATER)


def test_a_stranger_revokes_nothing_and_a_committee_no_suppliers_link():
    day = built_day()
    stranger = staff(make.make_committee_staff(make.make_committee(day.town)))

    with pytest.raises(NotAllowed):
        revoke_link(day.batch.links.get(kind=VOLUNTEER), by=stranger, now=LATER)
    with pytest.raises(NotAllowed):
        revoke_link(
            day.batch.links.filter(kind="supplier").first(),
            by=day.committee_staff,
            now=LATER,
        )
