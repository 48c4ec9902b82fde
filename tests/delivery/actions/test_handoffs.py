"""Who may say "received": that very supplier by its own live link, or the town; in the log."""

from datetime import timedelta

import pytest

from delivery.actions.access import revoke_link
from delivery.actions.handoffs import acknowledge
from delivery.models import Handoff
from groupbuy.community.models import RESIDENT, LogEntry, staff
from groupbuy.shared.errors import NotAllowed
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day

pytestmark = pytest.mark.django_db


def handoff_of(day: Day, name: str = "永辉") -> Handoff:
    return Handoff.objects.get(batch=day.batch, supplier__name=name)


def test_the_supplier_says_it_by_its_link_and_the_log_knows():
    day = built_day()

    acknowledge(handoff_of(day), by=day.supplier("永辉"), now=LATER)
    acknowledge(handoff_of(day), by=day.supplier("永辉"), now=make.NOON)

    assert handoff_of(day).acknowledged_at == LATER
    entry = LogEntry.objects.get(verb="acknowledge")
    assert (entry.actor, entry.subject_id) == ("supplier", handoff_of(day).pk)


def test_the_town_notes_what_it_was_told_by_telephone():
    day = built_day()

    acknowledge(handoff_of(day), by=day.town_staff, now=LATER)

    entry = LogEntry.objects.get(verb="acknowledge")
    assert (entry.actor, entry.user) == ("staff", day.town_staff.user)


def test_nobody_else_says_it():
    day, other = built_day(), built_day()
    foreign = staff(make.make_town_staff(make.make_town()))
    strangers = [
        day.supplier("光明"),
        other.supplier("永辉"),
        day.volunteer,
        day.committee_staff,
        foreign,
        RESIDENT,
    ]

    for by in strangers:
        with pytest.raises(NotAllowed):
            acknowledge(handoff_of(day), by=by, now=LATER)

    assert handoff_of(day).acknowledged_at is None


def test_a_dead_link_says_nothing_any_more():
    day = built_day()
    by = day.supplier("永辉")
    end = day.batch.links.get(pk=by.link_id).expires_at

    with pytest.raises(NotAllowed):
        acknowledge(handoff_of(day), by=by, now=end + timedelta(seconds=1))
    link = day.batch.links.get(pk=by.link_id)
    revoke_link(link, by=day.town_staff, now=LATER)
    with pytest.raises(NotAllowed):
        acknowledge(handoff_of(day), by=by, now=LATER)
