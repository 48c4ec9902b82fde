"""What a head may do: heads' orders of the own building's homes, and nothing beside them."""

from datetime import timedelta

import pytest

from groupbuy.community.models import LogEntry, head
from groupbuy.shared.errors import NotAllowed
from orders.actions.cancel_order import cancel_order, void_order
from orders.actions.change_order import change_order
from orders.actions.mark_paid import mark_paid
from orders.actions.place_order import place_order
from orders.actions.show_phone import show_phone
from orders.models import TooLate, Wish
from orders.states import Channel, OrderState
from tests import factories
from tests.factories import NOON


@pytest.fixture
def compound(db: None):
    return factories.make_compound(buildings={"3": ["501", "502"], "4": ["401"]})


@pytest.fixture
def batch(compound):
    return factories.make_batch(factories.make_group_buy(compounds=[compound]))


@pytest.fixture
def by(compound):
    return head([compound.buildings.get(name="3").pk], link_id=77)


def wish_for(batch, compound, home="3-501", pieces=1, **more) -> Wish:
    building, room = home.split("-")
    items = {batch.stock.get(code="A").pk: pieces}
    return Wish(compound.pk, building, room, items, **more)


def placed(batch, compound, by, home="3-501", channel=Channel.HEAD, now=NOON):
    wish = wish_for(batch, compound, home)
    key = f"{home}-{channel}"
    return place_order(
        batch, wish=wish, submit_key=key, by=by, now=now, channel=channel
    ).order


def test_a_head_by_link_orders_for_a_home_and_the_log_says_which_link(
    batch, compound, by
) -> None:
    order = placed(batch, compound, by)

    assert (order.channel, order.home) == (Channel.HEAD, "3-501")
    entry = LogEntry.objects.get(verb="place_order", subject_id=order.pk)
    assert (entry.actor, entry.user, entry.data["head_link"]) == ("head", None, 77)


@pytest.mark.parametrize(
    ("home", "channel"), [("4-401", Channel.HEAD), ("3-501", Channel.LINK)]
)
def test_not_for_another_building_and_not_as_the_link(
    batch, compound, by, home, channel
) -> None:
    with pytest.raises(NotAllowed):
        placed(batch, compound, by, home, channel)


def test_an_order_made_by_the_link_is_not_the_heads_to_touch(
    batch, compound, by
) -> None:
    order = factories.make_order(batch, compound, "3-501")
    wish = wish_for(batch, compound, pieces=2)
    for verb in (
        lambda: change_order(order, wish=wish, by=by, now=NOON),
        lambda: cancel_order(order, by=by, now=NOON),
        lambda: mark_paid(order, by=by, now=NOON),
        lambda: show_phone(order, by=by, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_a_heads_order_stays_in_the_building(batch, compound, by) -> None:
    order = placed(batch, compound, by)
    with pytest.raises(NotAllowed):
        change_order(order, wish=wish_for(batch, compound, "4-401"), by=by, now=NOON)
    changed = change_order(
        order, wish=wish_for(batch, compound, "3-502", 2), by=by, now=NOON
    )
    assert changed.home == "3-502"


def test_a_head_takes_money_and_cancels_but_never_voids(batch, compound, by) -> None:
    order = placed(batch, compound, by)
    assert mark_paid(order, by=by, now=NOON).paid_cents == order.total_cents
    with pytest.raises(NotAllowed):
        void_order(order, reason="错了", by=by, now=NOON)
    assert cancel_order(order, by=by, now=NOON).state == OrderState.CANCELLED


def test_an_account_does_not_open_the_time_after_the_heads_cutoff(compound) -> None:
    """The link may still order then; staff may still correct; a head is late either way."""
    batch = factories.make_batch(
        factories.make_group_buy(compounds=[compound]),
        until_link=NOON + timedelta(hours=5),
        until_heads=NOON + timedelta(hours=2),
    )
    building = compound.buildings.get(name="3")
    by = head([building.pk], factories.make_head(building))
    order = placed(batch, compound, by)
    late = NOON + timedelta(hours=3)
    with pytest.raises(TooLate):
        change_order(order, wish=wish_for(batch, compound), by=by, now=late)
    with pytest.raises(TooLate):
        cancel_order(order, by=by, now=late)
