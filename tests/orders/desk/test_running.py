"""Steering the running day: cutoffs, notice, closing now, calling off."""

from datetime import timedelta
from typing import Any

import time_machine
from django.urls import reverse

from catalog.models import Batch
from groupbuy.community.models import LogEntry
from orders.actions.close_batch import close_batch
from orders.states import OrderState
from tests import factories as make

HTMX = {"HX-Request": "true"}


def test_the_cutoff_moves(day: Any) -> None:
    url = reverse("today-cutoff", args=[day.batch.pk])

    day.client.post(
        url, {"until_link": "2022-04-11T17:30", "until_heads": "2022-04-11T18:00"}
    )

    day.batch.refresh_from_db()
    assert day.batch.until_link == make.NOON + timedelta(hours=5, minutes=30)
    [entry] = day.client.get(reverse("today")).context["history"]
    assert entry.detail == "link → Mon 4/11 17:30"


def test_a_cutoff_in_the_past_is_refused_and_kept_as_typed(day: Any) -> None:
    url = reverse("today-cutoff", args=[day.batch.pk])
    typed = {"until_link": "2022-04-11T09:00", "until_heads": "2022-04-11T18:00"}

    for headers in (HTMX, {}):
        response = day.client.post(url, typed, headers=headers)
        assert response.status_code == 409
        assert b'value="2022-04-11T09:00"' in response.content
        assert b"over already" in response.content


def test_a_notice_is_shown_and_a_long_one_refused(day: Any) -> None:
    url = reverse("today-notice", args=[day.batch.pk])

    day.client.post(url, {"notice": "下雨，晚半小时"})
    day.batch.refresh_from_db()
    assert day.batch.notice == "下雨，晚半小时"

    refused = day.client.post(url, {"notice": "长" * 81}, headers=HTMX)
    assert refused.status_code == 409
    assert "长" * 81 in refused.content.decode()


def test_close_now_first_shows_the_totals_and_changes_nothing(day: Any) -> None:
    response = day.client.get(reverse("close-now", args=[day.batch.pk]))

    [supplier] = response.context["suppliers"]
    [compound] = response.context["compounds"]
    assert (supplier["packages"], supplier["money"]) == (2, 12000)
    assert (compound["name"], compound["homes"], compound["packages"]) == (
        "品质苑",
        1,
        2,
    )
    day.batch.refresh_from_db()
    assert day.batch.until_link > make.NOON


def test_a_cancelled_order_is_in_no_total(day: Any) -> None:
    make.make_order(
        day.batch, day.compound, "9-101", state="cancelled", ended_at=make.NOON
    )

    response = day.client.get(reverse("close-now", args=[day.batch.pk]))

    assert [row["homes"] for row in response.context["compounds"]] == [1]


def test_close_now_ends_ordering_and_the_clockwork_closes_it(
    day: Any, noon: time_machine.Traveller
) -> None:
    response = day.client.post(reverse("close-now", args=[day.batch.pk]))

    assert response["Location"] == reverse("batch", args=[day.batch.pk])
    day.batch.refresh_from_db()
    assert day.batch.until_last == make.NOON
    close_batch(day.batch, now=make.NOON + timedelta(seconds=6))
    day.batch.refresh_from_db()
    assert day.batch.state == Batch.State.CLOSED


def test_close_now_leaves_a_cutoff_that_has_passed(
    day: Any, noon: time_machine.Traveller
) -> None:
    passed = day.batch.until_link
    noon.move_to(passed + timedelta(minutes=5))

    day.client.post(reverse("close-now", args=[day.batch.pk]))

    day.batch.refresh_from_db()
    assert day.batch.until_link == passed
    assert day.batch.until_heads == passed + timedelta(minutes=5)


def test_calling_off_the_day_needs_a_reason(day: Any) -> None:
    url = reverse("call-off", args=[day.batch.pk])

    refused = day.client.post(url, {"reason": " "})
    assert refused.status_code == 409
    day.order.refresh_from_db()
    assert day.order.state == OrderState.STANDING

    day.client.post(url, {"reason": "封路"})
    day.order.refresh_from_db()
    assert (day.order.state, day.order.ended_reason) == (OrderState.VOID, "封路")


def test_calling_off_a_package_leaves_the_rest_of_an_order(day: Any) -> None:
    both = make.make_order(day.batch, day.compound, "3-503", items={"A": 1, "B": 1})
    url = reverse("row-call-off", args=[day.stock("A").pk])

    assert day.client.get(url).context["concerned"] == 2
    day.client.post(url, {"reason": "供应商没货"})

    both.refresh_from_db()
    assert [line.stock.code for line in both.lines.all()] == ["B"]
    assert LogEntry.objects.get(verb="call_off_offer").reason == "供应商没货"
