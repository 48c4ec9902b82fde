"""Corrections after closing: a whole new version before printing, numbered differences after."""

import pytest

from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.correct_list import correct_list
from delivery.actions.handoffs import acknowledge, send_handoff
from delivery.actions.print_sheet import print_all, print_sheet
from delivery.models import Difference, Handoff, PickupList, SupplyOrder
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed, Refused
from orders.models import SoldOut, Wish
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day, closed_day
from tests.delivery.paper import in_balance, of_supply

pytestmark = pytest.mark.django_db


def late_wish(day: Day, room: str = "202", quantity: int = 1) -> Wish:
    stock = day.batch.stock.get(code="B")
    return Wish(day.compound.pk, "12", room, {stock.pk: quantity}, name="陆阿姨")


def test_before_printing_a_void_order_makes_a_whole_new_version():
    day = built_day()

    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    assert in_balance(day.batch)
    assert (day.pickup_list.version, day.pickup_list.packages) == (2, 1)
    old = PickupList.objects.get(batch=day.batch, version=1)
    assert old.void_at == LATER
    assert old.lines.count() == 3  # the old paper stays readable
    assert not Difference.objects.exists()


def test_a_new_version_is_handed_off_anew():
    day = built_day()
    for handoff in Handoff.objects.all():
        acknowledge(handoff, by=day.town_staff, now=LATER)

    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    assert Handoff.objects.filter(version=2, acknowledged_at__isnull=True).count() == 2
    old = Handoff.objects.filter(version=1).first()
    with pytest.raises(Refused):  # a page that stood open cannot confirm the old one
        acknowledge(old, by=day.town_staff, now=LATER)


def test_after_printing_a_void_order_is_a_numbered_difference_and_the_sums_hold():
    day = built_day()
    print_sheet(day.pickup_list, by=day.committee_staff, now=LATER)

    void_after_close(day.order, reason="冒名", by=day.committee_staff, now=LATER)

    assert day.pickup_list.version == 1
    changes = Difference.objects.filter(batch=day.batch)
    assert [(d.number, d.stock.code, d.delta, d.gate.name) for d in changes] == [
        (1, "A", -2, "北门"),
        (2, "B", -1, "北门"),
    ]
    assert in_balance(day.batch)


def test_a_supplier_left_with_nothing_is_told_so():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)

    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    told = SupplyOrder.objects.get(supplier__name="光明", void_at__isnull=True)
    assert (told.version, told.packages) == (2, 0)
    assert Handoff.objects.filter(supplier=told.supplier, version=2).exists()


def test_a_difference_leaves_other_suppliers_orders_alone():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)

    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    dairy = SupplyOrder.objects.get(supplier__name="光明", void_at__isnull=True)
    assert dairy.version == 1


def test_a_late_order_before_printing_is_on_the_new_version():
    day = built_day()

    add_after_close(
        day.batch,
        wish=late_wish(day),
        reason="老人不会用",
        by=day.town_staff,
        now=LATER,
    )

    assert day.pickup_list.lines.filter(room="202", code="B").exists()
    assert in_balance(day.batch)


def test_a_late_order_after_printing_is_a_difference_with_its_reason_and_who():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)

    add_after_close(
        day.batch,
        wish=late_wish(day),
        reason="老人不会用",
        by=day.town_staff,
        now=LATER,
    )

    change = Difference.objects.get()
    assert (change.delta, change.reason) == (1, "老人不会用")
    assert change.by_user == day.town_staff.user
    assert of_supply(day.batch)["B", "正门"] == 1
    assert in_balance(day.batch)


def test_a_late_order_that_is_void_again_leaves_nothing():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    late = add_after_close(
        day.batch, wish=late_wish(day), reason="补", by=day.town_staff, now=LATER
    )

    void_after_close(late, reason="弄错", by=day.town_staff, now=LATER)

    assert [d.delta for d in Difference.objects.all()] == [1, -1]
    assert [d.number for d in Difference.objects.all()] == [1, 2]
    assert in_balance(day.batch)


def test_correcting_twice_changes_nothing():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    correct_list(day.batch, day.other, reason="再来", by=day.town_staff, now=LATER)

    assert Difference.objects.count() == 1
    assert in_balance(day.batch)


def test_before_the_lists_are_built_the_order_is_simply_gone():
    day = closed_day()

    void_after_close(day.order, reason="冒名", by=day.town_staff, now=LATER)

    assert not PickupList.objects.exists()
    day.order.refresh_from_db()
    assert day.order.state == "void"


def test_a_late_order_beyond_the_quota_is_refused_and_nothing_is_written():
    day = built_day()
    day.batch.stock.filter(code="B").update(quota=1)

    with pytest.raises(SoldOut):
        add_after_close(
            day.batch, wish=late_wish(day), reason="补", by=day.town_staff, now=LATER
        )

    assert day.pickup_list.version == 1
    assert in_balance(day.batch)


def test_an_open_day_is_corrected_by_the_orders_own_verbs_only():
    batch = make.make_batch()
    order = make.make_order(batch)
    by = staff(make.make_town_staff(batch.group_buy.town))

    with pytest.raises(Refused):
        void_after_close(order, reason="冒名", by=by, now=make.NOON)

    order.refresh_from_db()
    assert order.state == "standing"


def test_another_committee_may_neither_void_nor_print():
    day = built_day()
    stranger = staff(make.make_committee_staff(make.make_committee(day.town)))

    with pytest.raises(NotAllowed):
        void_after_close(day.order, reason="冒名", by=stranger, now=LATER)
    with pytest.raises(NotAllowed):
        print_sheet(day.pickup_list, by=stranger, now=LATER)

    assert day.pickup_list.printed_at is None


def test_printing_counts_once_and_every_printing_is_logged():
    day = built_day()
    print_sheet(day.pickup_list, by=day.committee_staff, now=LATER)

    print_sheet(day.pickup_list, by=day.town_staff, now=make.NOON)

    assert day.pickup_list.printed_at == LATER
    assert LogEntry.objects.filter(verb="print_sheet").count() == 2


def test_a_list_that_was_replaced_cannot_be_printed_any_more():
    day = built_day()
    old = day.pickup_list
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    with pytest.raises(Refused):
        print_sheet(old, by=day.town_staff, now=LATER)


def test_sent_is_noted_once_by_the_town_only():
    day = built_day()
    handoff = Handoff.objects.first()

    with pytest.raises(NotAllowed):
        send_handoff(handoff, by=day.committee_staff, now=LATER)
    send_handoff(handoff, by=day.town_staff, now=LATER)
    send_handoff(handoff, by=day.town_staff, now=make.NOON)

    handoff.refresh_from_db()
    assert handoff.sent_at == LATER
