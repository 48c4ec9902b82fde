"""A row of today's table saves by itself, and a refusal leaves what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import LogEntry, User
from tests import factories as make

HTMX = {"HX-Request": "true"}


def test_a_row_restocks_without_reload(day: Any) -> None:
    response = day.client.post(
        reverse("row-quota", args=[day.stock().pk]), {"more": "50"}, headers=HTMX
    )

    assert day.stock().quota == 1050
    assert response.content.strip().startswith(b'<tr id="row-')
    assert response["HX-Trigger"] == "day-changed"


def test_a_row_restocks_without_javascript(day: Any) -> None:
    stock = day.stock()

    response = day.client.post(reverse("row-quota", args=[stock.pk]), {"quota": "40"})

    assert day.stock().quota == 40
    assert response.status_code == 302
    assert response["Location"].endswith(f"/{day.batch.pk}/#row-{stock.pk}")


def test_plus_ten_ignores_the_number_left_in_the_field(day: Any) -> None:
    url = reverse("row-quota", args=[day.stock().pk])

    day.client.post(url, {"quota": "3", "more": "10"}, headers=HTMX)

    assert day.stock().quota == 1010


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_quota_below_what_is_ordered_is_refused_beside_the_field(
    day: Any, headers: dict[str, str]
) -> None:
    url = reverse("row-quota", args=[day.stock().pk])

    response = day.client.post(url, {"quota": "1"}, headers=headers)

    page = response.content.decode()
    assert response.status_code == 409
    assert "2 are ordered already" in page
    assert 'value="1"' in page
    assert day.stock().quota == 1000


def test_a_refused_quota_says_who_would_be_hit_and_where_they_are(day: Any) -> None:
    """Two homes by the link, one of them twice, and one by its head."""
    make.make_order(day.batch, day.compound, "3-502")
    make.make_order(day.batch, day.compound, "3-601")
    make.make_order(day.batch, day.compound, "3-701", items={"B": 1})
    void = {"state": "void", "ended_at": make.NOON}
    make.make_order(day.batch, day.compound, "3-801", **void)
    helped = make.make_order(day.batch, day.compound, "3-901", channel="head")
    stock = day.stock()

    page = day.client.post(
        reverse("row-quota", args=[stock.pk]), {"quota": "1"}, headers=HTMX
    ).content.decode()

    assert "2 homes ordered it by the link, 1 by heads or helpers" in page
    there = f"{reverse('find-order')}?package={stock.pk}"
    assert there in page
    found = day.client.get(there).context["orders"]
    assert [order.room for order in found] == ["502", "502", "601", "901"]
    assert helped in found
    some = day.client.get(there, {"package": stock.pk, "q": "3-601"}).context["orders"]
    assert [order.room for order in some] == ["601"]


def test_a_quota_refused_for_another_reason_names_nobody(day: Any) -> None:
    url = reverse("row-quota", args=[day.stock().pk])
    page = day.client.post(url, {"quota": "many"}, headers=HTMX).content.decode()
    assert "by the link" not in page


@pytest.mark.parametrize("package", ["0", "x", "9" * 30])
def test_orders_of_a_package_that_is_not_there(day: Any, package: str) -> None:
    there = day.client.get(reverse("find-order"), {"package": package})
    assert there.status_code == 404


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "many", "999999999"])
def test_what_is_no_quota_is_refused_and_kept(day: Any, typed: str) -> None:
    url = reverse("row-quota", args=[day.stock().pk])

    response = day.client.post(url, {"quota": typed}, headers=HTMX)

    assert response.status_code == 409
    assert b"errorlist" in response.content
    assert f'value="{typed}"' in response.content.decode()
    assert day.stock().quota == 1000


def test_full_width_digits_are_digits(day: Any) -> None:
    day.client.post(
        reverse("row-quota", args=[day.stock().pk]), {"quota": "５００"}, headers=HTMX
    )

    assert day.stock().quota == 500


def test_the_heads_share_is_saved_and_bounded_by_the_quota(day: Any) -> None:
    url = reverse("row-held", args=[day.stock().pk])

    day.client.post(url, {"held": "300"}, headers=HTMX)
    assert day.stock().held == 300

    refused = day.client.post(url, {"held": "1001"}, headers=HTMX)
    assert refused.status_code == 409
    assert day.stock().held == 300


def test_a_package_is_paused_and_resumed(day: Any) -> None:
    pk = day.stock().pk

    day.client.post(reverse("row-pause", args=[pk]), headers=HTMX)
    assert day.stock().paused_at

    day.client.post(reverse("row-resume", args=[pk]), headers=HTMX)
    assert day.stock().paused_at is None


def test_a_suspended_suppliers_package_stays_paused_and_says_why(day: Any) -> None:
    stock = day.stock()
    stock.supplier.suspended_at = make.NOON
    stock.supplier.save()
    day.client.post(reverse("row-pause", args=[stock.pk]), headers=HTMX)

    response = day.client.post(reverse("row-resume", args=[stock.pk]), headers=HTMX)

    assert response.status_code == 409
    assert b"suspended" in response.content
    assert response.content.strip().startswith(b"<tr")
    assert day.stock().paused_at


def test_a_called_off_package_says_so_and_is_not_resumed(day: Any) -> None:
    pk = day.stock().pk
    day.client.post(reverse("row-call-off", args=[pk]), {"reason": "供应商没货"})

    page = day.client.get(reverse("today")).content.decode()
    row = page.split(f'id="row-{pk}"')[1].split("</tr>")[0]
    assert "Called off" in row
    assert "供应商没货" in row
    assert "Paused" not in row
    assert "<form" not in row

    for name in ("row-resume", "row-pause"):
        response = day.client.post(reverse(name, args=[pk]), headers=HTMX)
        assert response.status_code == 409
        assert "cannot be undone" in response.content.decode()
    response = day.client.post(
        reverse("row-quota", args=[pk]), {"quota": "5000"}, headers=HTMX
    )
    assert "cannot be undone" in response.content.decode()
    assert (day.stock().quota, bool(day.stock().called_off_at)) == (1000, True)


@pytest.mark.parametrize(
    "name", ["row-quota", "row-held", "row-pause", "row-resume", "row-call-off"]
)
def test_no_row_of_another_town(
    day: Any, name: str, sign_in: Callable[[User], Client]
) -> None:
    stranger = sign_in(make.make_town_staff(make.make_town()))
    url = reverse(name, args=[day.stock().pk])

    response = stranger.post(url, {"quota": "5", "held": "5", "reason": "none"})

    assert response.status_code == 404
    assert day.stock().quota == 1000
    assert not LogEntry.objects.exists()
    there = stranger.get(reverse("find-order"), {"package": day.stock().pk})
    assert there.status_code == 404


def test_history_reads_who_did_what_from_what_to_what(day: Any) -> None:
    day.client.post(reverse("row-quota", args=[day.stock().pk]), {"quota": "60"})

    [entry] = day.client.get(reverse("today")).context["history"]

    assert (entry.who, entry.did, entry.detail) == ("张三", "restocked", "1000 → 60")
    assert entry.about.startswith("A ")
