"""Steering one offer while its day runs."""

import pytest

from catalog.actions.stock import (
    MOST,
    pause_offer,
    restock,
    resume_offer,
    set_held,
)
from catalog.models import Stock
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions.call_off import call_off_offer
from tests.factories import (
    NOON,
    close,
    make_batch,
    make_order,
    make_town,
    make_town_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    return make_batch(codes="A")


@pytest.fixture
def stock(batch):
    return batch.stock.get()


@pytest.fixture
def by(batch):
    return staff(make_town_staff(batch.group_buy.town))


def test_restock_sets_the_quota_and_writes_it_down(stock, by):
    restock(stock, quota=40, by=by, now=NOON)

    assert Stock.objects.get().quota == 40
    entry = LogEntry.objects.get(verb="restock")
    assert (entry.user, entry.subject_id, entry.data) == (
        by.user,
        stock.pk,
        {"was": 1000, "quota": 40},
    )


def test_restock_adds_to_what_the_quota_is_now_not_to_what_the_page_showed(stock, by):
    Stock.objects.update(quota=70)  # meanwhile, on another screen

    restock(stock, more=10, by=by, now=NOON)

    assert Stock.objects.get().quota == 80


def test_a_quota_below_what_is_ordered_is_refused_with_the_number(batch, stock, by):
    make_order(batch, items={"A": 7})

    with pytest.raises(Refused, match="7") as refusal:
        restock(stock, quota=6, by=by, now=NOON)

    assert (refusal.value.code, refusal.value.field) == ("below_reserved", "quota")
    assert Stock.objects.get().quota == 1000
    restock(stock, quota=7, by=by, now=NOON)
    assert Stock.objects.get().quota == 7


@pytest.mark.parametrize("wish", [{"quota": -1}, {"quota": MOST + 1}, {"more": MOST}])
def test_no_quota_outside_what_a_day_can_hold(stock, by, wish):
    with pytest.raises(Refused):
        restock(stock, by=by, now=NOON, **wish)

    assert Stock.objects.get().quota == 1000


def test_taking_away_more_than_is_left_is_refused(batch, stock, by):
    make_order(batch, items={"A": 5})

    with pytest.raises(Refused):
        restock(stock, more=-996, by=by, now=NOON)

    assert Stock.objects.get().quota == 1000


def test_a_closed_day_takes_no_restock_and_no_held_share(batch, stock, by):
    close(batch)

    for verb in (
        lambda: restock(stock, quota=2000, by=by, now=NOON),
        lambda: set_held(stock, held=5, by=by, now=NOON),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.code == "late"


def test_pausing_twice_is_pausing_once(stock, by):
    pause_offer(stock, by=by, now=NOON)
    pause_offer(stock, by=by, now=NOON)

    assert Stock.objects.get().paused_at == NOON
    assert LogEntry.objects.filter(verb="pause_offer").count() == 1


def test_resume_puts_it_back_on_the_shelf(stock, by):
    pause_offer(stock, by=by, now=NOON)
    resume_offer(stock, by=by, now=NOON)

    assert Stock.objects.get().paused_at is None
    assert LogEntry.objects.filter(verb="resume_offer").count() == 1


def test_a_suspended_supplier_s_package_is_not_resumed(stock, by):
    pause_offer(stock, by=by, now=NOON)
    stock.supplier.suspended_at = NOON
    stock.supplier.save()

    with pytest.raises(Refused):
        resume_offer(stock, by=by, now=NOON)

    assert Stock.objects.get().paused_at == NOON


def test_what_is_called_off_is_steered_no_more(stock, by):
    """A colleague's page is a minute old: neither tap brings the package back."""
    call_off_offer(stock, reason="断货", by=by, now=NOON)
    before = Stock.objects.values().get()

    for verb in (
        lambda: resume_offer(stock, by=by, now=NOON),
        lambda: pause_offer(stock, by=by, now=NOON),
        lambda: restock(stock, quota=2000, by=by, now=NOON),
        lambda: restock(stock, more=10, by=by, now=NOON),
        lambda: set_held(stock, held=5, by=by, now=NOON),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.code == "called_off"
    assert Stock.objects.values().get() == before


def test_at_most_the_whole_quota_is_held_for_heads(stock, by):
    set_held(stock, held=1000, by=by, now=NOON)
    with pytest.raises(Refused, match="1000"):
        set_held(stock, held=1001, by=by, now=NOON)

    assert Stock.objects.get().held == 1000


@pytest.mark.parametrize(
    "verb",
    [
        lambda s, by: restock(s, quota=2, by=by, now=NOON),
        lambda s, by: pause_offer(s, by=by, now=NOON),
        lambda s, by: resume_offer(s, by=by, now=NOON),
        lambda s, by: set_held(s, held=2, by=by, now=NOON),
    ],
)
def test_another_town_s_staff_may_touch_nothing(stock, verb):
    stranger = staff(make_town_staff(make_town()))
    before = Stock.objects.values().get()

    with pytest.raises(NotAllowed):
        verb(stock, stranger)

    assert Stock.objects.values().get() == before
