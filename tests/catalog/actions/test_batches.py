"""Steering one day: its cutoffs and its notice."""

from datetime import time, timedelta

import pytest

from catalog.actions.batches import move_cutoff, set_notice
from catalog.models import Batch
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.clock import at
from groupbuy.shared.errors import NotAllowed, Refused
from tests.factories import NOON, close, make_batch, make_town, make_town_staff

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def batch():
    return make_batch(codes="A")


@pytest.fixture
def by(batch):
    return staff(make_town_staff(batch.group_buy.town))


def move(batch, by, *, link=None, heads=None, now=NOON):
    return move_cutoff(
        batch,
        until_link=link or batch.until_link,
        until_heads=heads or batch.until_heads,
        by=by,
        now=now,
    )


def test_an_hour_more_for_the_link_is_written_and_logged(batch, by):
    later = batch.until_link + HOUR

    move(batch, by, link=later)

    assert Batch.objects.get().until_link == later
    entry = LogEntry.objects.get(verb="move_cutoff")
    assert entry.data == {"until_link": later.isoformat()}


def test_the_cutoff_can_be_this_very_moment_but_not_earlier(batch, by):
    with pytest.raises(Refused) as refusal:
        move(batch, by, link=NOON - timedelta(seconds=1))
    assert refusal.value.field == "until_link"

    move(batch, by, link=NOON, heads=NOON)
    assert Batch.objects.get().until_last == NOON


def test_heads_get_longer_although_the_link_s_cutoff_is_over(batch, by):
    after_link = batch.until_link + timedelta(minutes=10)

    move(batch, by, heads=batch.until_heads + HOUR, now=after_link)

    assert Batch.objects.get().until_heads == batch.until_heads


def test_nobody_orders_after_the_delivery_has_begun(batch, by):
    begins = at(batch.delivery_on, batch.window_from)

    with pytest.raises(Refused) as refusal:
        move(batch, by, heads=begins + timedelta(minutes=1))
    assert refusal.value.field == "until_heads"

    move(batch, by, heads=begins)
    assert Batch.objects.get().until_heads == begins


def test_a_closed_day_keeps_its_cutoff(batch, by):
    close(batch)

    with pytest.raises(Refused) as refusal:
        move(batch, by, link=at(batch.delivery_on, time(9)))
    assert refusal.value.code == "late"


def test_nothing_moved_is_nothing_logged(batch, by):
    move(batch, by)

    assert not LogEntry.objects.exists()


def test_a_notice_is_one_plain_line(batch, by):
    set_notice(batch, notice="  牛奶\n16点到\u202e ", by=by, now=NOON)

    assert Batch.objects.get().notice == "牛奶 16点到"


def test_a_long_notice_is_refused_with_its_length(batch, by):
    with pytest.raises(Refused, match="81"):
        set_notice(batch, notice="字" * 81, by=by, now=NOON)

    assert Batch.objects.get().notice == ""


def test_another_town_s_staff_may_touch_nothing(batch):
    stranger = staff(make_town_staff(make_town()))

    with pytest.raises(NotAllowed):
        move(batch, stranger, link=batch.until_link + HOUR)
    with pytest.raises(NotAllowed):
        set_notice(batch, notice="x", by=stranger, now=NOON)
