"""Suppliers, their papers, and stopping one."""

from datetime import date

import pytest

from catalog.actions.open_batch import open_batch
from catalog.actions.suppliers import (
    drop_paper,
    resume_supplier,
    save_paper,
    save_supplier,
    suspend_supplier,
)
from catalog.models import Stock, Supplier, SupplierPaper
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed, Refused
from tests.factories import (
    NOON,
    make_batch,
    make_group_buy,
    make_offer,
    make_supplier,
    make_town,
    make_town_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier():
    return make_supplier(name="光明")


@pytest.fixture
def by(supplier):
    return staff(make_town_staff(supplier.town))


def test_a_name_stands_once_in_a_town_and_again_in_another(supplier, by):
    with pytest.raises(Refused) as refusal:
        save_supplier(Supplier(town=supplier.town, name="光明"), by=by, now=NOON)
    assert refusal.value.field == "name"

    other = make_town()
    theirs = staff(make_town_staff(other))
    save_supplier(Supplier(town=other, name="光明"), by=theirs, now=NOON)
    assert Supplier.objects.filter(name="光明").count() == 2


def test_the_same_paper_twice_is_refused(supplier, by):
    again = SupplierPaper(
        supplier=supplier, kind="food", number="1", expires_on=date(2031, 1, 1)
    )

    with pytest.raises(Refused) as refusal:
        save_paper(again, by=by, now=NOON)
    assert refusal.value.field == "number"


def test_a_dropped_paper_stays_in_the_log(supplier, by):
    paper = supplier.papers.get(kind="food")

    drop_paper(paper, by=by, now=NOON)

    assert not supplier.papers.filter(kind="food").exists()
    entry = LogEntry.objects.get(verb="drop_paper")
    assert entry.subject_id == supplier.pk
    assert entry.data["number"] == "1"


def test_suspending_pauses_today_s_packages_of_this_supplier_only(supplier, by):
    group_buy = make_group_buy(supplier.town)
    make_offer(group_buy, "A", supplier)
    make_offer(group_buy, "B")
    make_batch(group_buy)

    suspend_supplier(supplier, reason="抽检不合格", by=by, now=NOON)

    paused = Stock.objects.filter(paused_at__isnull=False)
    assert [row.code for row in paused] == ["A"]
    assert LogEntry.objects.get(verb="suspend_supplier").reason == "抽检不合格"


def test_a_suspended_supplier_is_not_in_the_next_batch_until_resumed(supplier, by):
    group_buy = make_group_buy(supplier.town)
    make_offer(group_buy, "A", supplier)
    make_offer(group_buy, "B")

    suspend_supplier(supplier, reason="抽检不合格", by=by, now=NOON)
    first = open_batch(group_buy, now=NOON)
    assert [row.code for row in first.stock.all()] == ["B"]

    resume_supplier(supplier, by=by, now=NOON)
    supplier.refresh_from_db()
    assert (supplier.suspended_at, supplier.suspended_reason) == (None, "")


def test_suspending_needs_a_reason(supplier, by):
    with pytest.raises(Refused) as refusal:
        suspend_supplier(supplier, reason="  ", by=by, now=NOON)
    assert refusal.value.field == "reason"


def test_another_town_s_staff_may_touch_nothing(supplier):
    stranger = staff(make_town_staff(make_town()))

    with pytest.raises(NotAllowed):
        save_supplier(supplier, by=stranger, now=NOON)
    with pytest.raises(NotAllowed):
        suspend_supplier(supplier, reason="x", by=stranger, now=NOON)
    with pytest.raises(NotAllowed):
        drop_paper(supplier.papers.first(), by=stranger, now=NOON)
