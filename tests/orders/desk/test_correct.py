"""One order in staff's hands: changed, cancelled, voided, paid, called; all of it logged."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import LogEntry, User
from orders.states import OrderState
from tests import factories as make

BUTTONS = ["cancel", "void", "paid", "phone", "change"]


def form(day: Any, **changes: Any) -> dict[str, Any]:
    """The change form as the page shows it."""
    given = {
        "compound": day.compound.pk,
        "building": "3",
        "unit": "",
        "room": "502",
        "name": "魏女士",
        "phone": "",
        "note": "",
        f"stock-{day.stock('A').pk}": "2",
        f"stock-{day.stock('B').pk}": "0",
    }
    return given | changes


def test_quantities_and_room_change(day: Any) -> None:
    url = reverse("desk-order-change", args=[day.order.pk])

    day.client.post(url, form(day, room="503", **{f"stock-{day.stock('B').pk}": "1"}))

    day.order.refresh_from_db()
    assert (day.order.room, day.order.total_cents) == ("503", 18000)
    assert day.stock("B").reserved == 1


def test_an_empty_phone_keeps_the_one_there_is(day: Any) -> None:
    url = reverse("desk-order-change", args=[day.order.pk])

    page = day.client.get(url).content.decode()
    day.client.post(url, form(day))

    day.order.refresh_from_db()
    assert day.order.phone == "13800138000"
    assert "13800138000" not in page


def test_sold_out_stands_beside_its_package_and_the_form_is_kept(day: Any) -> None:
    stock = day.stock("B")
    stock.quota = 0
    stock.save()
    url = reverse("desk-order-change", args=[day.order.pk])

    response = day.client.post(
        url, form(day, note="放门口", **{f"stock-{stock.pk}": "1"})
    )

    assert response.status_code == 409
    assert "sold out" in response.context["form"].errors[f"stock-{stock.pk}"][0]
    assert 'value="放门口"' in response.content.decode()
    day.order.refresh_from_db()
    assert day.order.note == ""


def test_an_unknown_room_offers_the_nearest(day: Any) -> None:
    make.make_building(day.compound, "3", ["501", "502", "601"])
    day.compound.has_roster = True
    day.compound.save()
    url = reverse("desk-order-change", args=[day.order.pk])

    response = day.client.post(url, form(day, room="5020"))

    assert response.status_code == 409
    assert "room" in response.context["form"].errors
    assert b"3-502" in response.content


def test_cancelling_gives_the_packages_back(day: Any) -> None:
    day.client.post(reverse("desk-order-cancel", args=[day.order.pk]))

    day.order.refresh_from_db()
    assert day.order.state == OrderState.CANCELLED
    assert day.stock().reserved == 0


def test_a_void_needs_a_reason(day: Any) -> None:
    url = reverse("desk-order-void", args=[day.order.pk])

    assert day.client.post(url, {"reason": ""}).status_code == 409
    day.client.post(url, {"reason": "重复下单"})

    day.order.refresh_from_db()
    assert (day.order.state, day.order.ended_reason) == (OrderState.VOID, "重复下单")
    page = day.client.get(reverse("desk-order", args=[day.order.pk])).content.decode()
    assert "重复下单" in page


def test_money_is_taken_once(day: Any) -> None:
    url = reverse("desk-order-paid", args=[day.order.pk])

    day.client.post(url)
    day.client.post(url)

    day.order.refresh_from_db()
    assert (day.order.paid_cents, day.order.due_cents) == (12000, 0)
    assert LogEntry.objects.filter(verb="mark_paid").count() == 1


def test_money_of_an_order_made_smaller_is_given_back(day: Any) -> None:
    paid = reverse("desk-order-paid", args=[day.order.pk])
    day.client.post(paid)
    day.client.post(
        reverse("desk-order-change", args=[day.order.pk]),
        form(day, **{f"stock-{day.stock('A').pk}": "1"}),
    )

    page = day.client.get(reverse("desk-order", args=[day.order.pk])).content.decode()
    assert "Gave ¥60 back" in page

    day.client.post(paid)
    day.order.refresh_from_db()
    assert (day.order.paid_cents, day.order.due_cents) == (6000, 0)


def test_a_number_is_shown_only_when_asked_for_and_the_look_is_noted(day: Any) -> None:
    page = day.client.get(reverse("desk-order", args=[day.order.pk])).content
    assert b"13800138000" not in page

    shown = day.client.post(reverse("desk-order-phone", args=[day.order.pk])).content

    assert b"13800138000" in shown
    entry = LogEntry.objects.get(verb="show_phone")
    assert (entry.user, entry.subject_id) == (day.person, day.order.pk)
    assert "138" not in str(entry.data)


def test_after_the_cutoff_the_page_says_why_not(
    day: Any, noon: time_machine.Traveller
) -> None:
    noon.move_to(day.batch.until_heads)

    page = day.client.get(reverse("desk-order", args=[day.order.pk])).content.decode()
    assert "Ordering ended on Mon 4/11 18:00" in page
    assert reverse("desk-order-change", args=[day.order.pk]) not in page

    refused = day.client.post(
        reverse("desk-order-change", args=[day.order.pk]), form(day, room="999")
    )
    assert refused.status_code == 409
    day.order.refresh_from_db()
    assert day.order.room == "502"


def test_after_closing_the_page_leads_to_the_lists(day: Any) -> None:
    make.close(day.batch)

    page = day.client.get(reverse("desk-order", args=[day.order.pk])).content.decode()

    assert "This day was closed on Mon 4/11 18:00" in page
    assert reverse("batch", args=[day.batch.pk]) in page


def test_history_tells_everything_that_happened(day: Any) -> None:
    day.client.post(
        reverse("desk-order-change", args=[day.order.pk]),
        form(day, **{f"stock-{day.stock('A').pk}": "1"}),
    )
    day.client.post(reverse("desk-order-paid", args=[day.order.pk]))

    response = day.client.get(reverse("desk-order", args=[day.order.pk]))

    told = [(e.who, e.did, e.detail) for e in response.context["history"]]
    assert told == [
        ("张三", "took the money", "¥60"),
        ("张三", "changed the order", "A −1"),
    ]


@pytest.mark.parametrize("button", BUTTONS)
def test_nobody_else_touches_it(
    day: Any, button: str, sign_in: Callable[[User], Client]
) -> None:
    other_committee = make.make_committee(day.town)
    strangers = [
        make.make_town_staff(make.make_town()),
        make.make_committee_staff(other_committee),
        make.make_user(),
    ]
    url = reverse(f"desk-order-{button}", args=[day.order.pk])

    for stranger in strangers:
        client = sign_in(stranger)
        assert client.post(url, form(day, reason="x")).status_code == 404
        page = client.get(reverse("desk-order", args=[day.order.pk]))
        assert page.status_code == 404

    day.order.refresh_from_db()
    assert day.order.state == OrderState.STANDING
    assert not LogEntry.objects.exists()
