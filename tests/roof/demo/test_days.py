"""The demo at any hour, and when somebody comes back days later."""

from datetime import date, datetime, time, timedelta

import pytest

from catalog.models import Batch, GroupBuy
from delivery.actions.shred import shred_due
from delivery.models import AccessLink
from groupbuy.community.models import Household
from groupbuy.roof.demo import load, places
from groupbuy.roof.demo.files import tree
from groupbuy.roof.verify import RULES, verify
from groupbuy.shared.clock import at, day_of
from orders.actions.erase import erase_due
from orders.actions.forget_reasons import forget_reasons
from orders.models import Order

DAY = date(2026, 3, 10)


def broken(now: datetime) -> list[str]:
    """Every rule but the one that asks whether the clockwork runs."""
    rules = tuple(rule for rule in RULES if rule.name != "heartbeat_is_fresh")
    return [finding.rule for finding in verify(now=now, rules=rules).broken]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "clock", [time(0, 20), time(16, 59, 50), time(17, 0, 6), time(23, 50)]
)
def test_at_any_hour_there_is_an_open_day_and_a_built_one(clock: time) -> None:
    now = at(DAY, clock)

    load(now, "small")

    maqiao = GroupBuy.objects.get(title="古藤马桥")
    batch = maqiao.batches.get(state=Batch.State.OPEN)
    assert batch.opens_at <= now < batch.until_link
    assert maqiao.batches.filter(paperwork__isnull=False).count() == 2
    assert not Order.objects.filter(placed_at__gt=now).exists()
    assert AccessLink.objects.filter(expires_at__gt=now, kind="volunteer").exists()
    assert broken(now) == []


@pytest.mark.django_db
@pytest.mark.parametrize("days", [1, 3, 40])
def test_who_comes_back_later_finds_open_days_and_a_volunteers_link(days: int) -> None:
    first, later = at(DAY, time(15)), at(DAY + timedelta(days=days), time(10))
    load(first, "small")

    load(later, "small")
    erase_due(now=later)  # the rest of the tick
    forget_reasons(now=later)
    shred_due(later)

    assert (
        Batch.objects.filter(state=Batch.State.OPEN, until_link__gt=later).count() == 5
    )
    maqiao = GroupBuy.objects.get(title="古藤马桥")
    newest = maqiao.batches.filter(paperwork__isnull=False).latest("delivery_on")
    assert newest.delivery_on == day_of(later)
    assert newest.links.filter(kind="volunteer", expires_at__gt=later).exists()
    assert broken(later) == []


@pytest.mark.django_db
def test_maqiao_has_at_least_15000_homes() -> None:
    fact = next(row for row in tree("towns") if row["slug"] == "maqiao")

    places.load_town(fact, few=False)

    assert Household.objects.count() >= 15_000
