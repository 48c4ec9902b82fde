"""What everybody may read: the same bytes for all, nothing that is not theirs to know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Batch, GroupBuy, PackageVersion, ServedPlace, Stock
from groupbuy.shared.api.kept import SHELF
from groupbuy.shared.api.paging import PAGE
from tests import factories
from tests.api.conftest import Api, make_day
from tests.factories import NOON


def test_open_group_buys_can_be_asked_for_by_town(api: Api) -> None:
    other = make_day(factories.make_town("奉贤区", slug="fengxian"))

    both = api.send("GET", "group-buys/").json()
    ours = api.send("GET", "group-buys/?town=maqiao").json()

    assert (both["count"], ours["count"], ours["next"]) == (2, 1, None)
    [found] = ours["results"]
    assert found["token"] == api.batch.group_buy.token
    assert found["town"]["name"] == "马桥镇"
    assert found["batch"]["id"] == api.batch.pk
    assert found["batch"]["until"] == "2022-04-11T17:00:00+08:00"
    assert {r["batch"]["id"] for r in both["results"]} == {api.batch.pk, other.batch.pk}


def test_a_draft_and_one_that_is_over_are_not_listed(api: Api) -> None:
    factories.make_group_buy(published_at=None)
    factories.make_group_buy(ended_at=NOON - timedelta(days=1))

    assert api.send("GET", "group-buys/").json()["count"] == 1


def test_a_group_buy_between_two_days_has_no_batch(api: Api) -> None:
    factories.close(api.batch)

    [found] = api.send("GET", "group-buys/").json()["results"]
    assert found["batch"] is None


def test_one_group_buy_names_the_places_it_serves(api: Api) -> None:
    group_buy = api.batch.group_buy
    village = factories.make_compound(town=group_buy.town, name="俞塘村")
    ServedPlace.objects.create(
        group_buy=group_buy,
        compound=village,
        building=factories.make_building(village, "5"),
    )

    places = api.send("GET", f"group-buys/{group_buy.token}/").json()["places"]

    assert [(p["name"], p["has_roster"], p["buildings"]) for p in places] == [
        ("俞塘村", False, ["5"]),
        ("品质苑", True, []),
    ]


def test_a_batch_shows_contents_price_and_what_is_left(api: Api) -> None:
    Stock.objects.filter(batch=api.batch, code="A").update(quota=10, reserved=3, held=2)
    Stock.objects.filter(batch=api.batch, code="B").update(paused_at=NOON)

    day = api.send("GET", f"batches/{api.batch.pk}/").json()

    a, b = day["offers"]
    assert (day["state"], day["group_buy"]) == ("open", api.batch.group_buy.token)
    assert (day["delivery_on"], day["window_from"]) == ("2022-04-12", "14:00")
    assert (a["code"], a["state"], a["left"], a["price_cents"]) == (
        "A",
        "available",
        5,
        10000,
    )
    assert a["items"][0] == {"name": "土鸡蛋", "quantity": "10枚", "possible": ""}
    assert (a["weight_grams"], a["price_per_500_g_cents"]) == (5000, 1000)
    assert (b["state"], b["left"]) == ("paused", 0)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"quota": 3, "reserved": 3}, "sold_out"),
        ({"called_off_at": NOON, "called_off_reason": "断货"}, "called_off"),
        ({"is_open": False}, "closed"),
    ],
)
def test_what_cannot_be_ordered_says_why(
    api: Api, change: dict[str, object], state: str
) -> None:
    Stock.objects.filter(batch=api.batch, code="A").update(**change)

    offer = api.send("GET", f"batches/{api.batch.pk}/").json()["offers"][0]
    assert (offer["state"], offer["left"]) == (state, 0)


def test_the_purchase_price_is_nowhere(api: Api) -> None:
    PackageVersion.objects.update(purchase_price_cents=4321)

    for path in ("group-buys/", f"batches/{api.batch.pk}/"):
        assert b"4321" not in api.send("GET", path).content


@pytest.mark.parametrize(
    "path",
    [
        "batches/999999999/",
        f"batches/{'9' * 400}/",
        "batches/abc/",
        "group-buys/nobody-knows-this/",
        "group-buys/%00/",
        "nothing/",
    ],
)
def test_what_is_not_there_is_a_404_in_json(api: Api, path: str) -> None:
    reply = api.send("GET", path)

    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")


def test_a_draft_cannot_be_read_by_its_number(api: Api) -> None:
    GroupBuy.objects.filter(pk=api.batch.group_buy_id).update(published_at=None)

    assert api.send("GET", f"batches/{api.batch.pk}/").status_code == 404
    assert (
        api.send("GET", f"group-buys/{api.batch.group_buy.token}/").status_code == 404
    )
    assert api.place(api.body()).status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=1.5", "page=10001"])
def test_a_page_is_a_number(api: Api, query: str) -> None:
    reply = api.send("GET", f"group-buys/?{query}")

    assert (reply.status_code, reply.json()["field"]) == (400, "page")


@pytest.mark.parametrize("town", ["", "%00", "x'--", "长", "a" * 31])
def test_a_town_is_a_short_name(api: Api, town: str) -> None:
    reply = api.send("GET", f"group-buys/?town={town}")

    assert (reply.status_code, reply.json()["field"]) == (400, "town")


def test_lists_come_in_pages(api: Api) -> None:
    town = api.batch.group_buy.town
    for _ in range(PAGE):
        factories.make_group_buy(town)

    first = api.send("GET", "group-buys/").json()
    second = api.send("GET", "group-buys/?page=2").json()

    assert (first["count"], len(first["results"]), first["next"]) == (PAGE + 1, PAGE, 2)
    assert (len(second["results"]), second["next"]) == (1, None)
    assert api.send("GET", "group-buys/?page=3").json()["results"] == []


def test_answers_are_kept_a_moment_and_the_same_for_everybody(api: Api) -> None:
    path = f"batches/{api.batch.pk}/"
    first = api.send("GET", path, token="Order whatever")
    with CaptureQueriesContext(connection) as queries:
        second = api.send("GET", f"{path}?lang=en&x=1")

    assert len(queries) == 0
    assert first.content == second.content
    assert first["Cache-Control"] == "public, max-age=1"
    assert "sessionid" not in first.cookies


def test_who_has_the_newest_gets_nothing_again(api: Api) -> None:
    path = f"/api/v1/batches/{api.batch.pk}/"
    tag = api.client.get(path)["ETag"]

    again = api.client.get(path, headers={"If-None-Match": tag})
    Stock.objects.filter(batch=api.batch).update(reserved=1)
    SHELF.clear()
    changed = api.client.get(path, headers={"If-None-Match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def queries_of(api: Api, path: str) -> int:
    SHELF.clear()
    with CaptureQueriesContext(connection) as queries:
        assert api.send("GET", path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("more", [0, 3])
def test_a_list_costs_the_same_however_long(api: Api, more: int) -> None:
    town = api.batch.group_buy.town
    for _ in range(more):
        factories.make_batch(factories.make_group_buy(town))

    assert queries_of(api, "group-buys/") == 3


@pytest.mark.parametrize("codes", ["", "CDE"])
def test_a_day_costs_the_same_however_many_packages(api: Api, codes: str) -> None:
    group_buy = api.batch.group_buy
    for code in codes:
        factories.make_offer(group_buy, code)
    Batch.objects.filter(pk=api.batch.pk).update(state="called_off")
    day = factories.make_batch(group_buy, "", delivery_on="2022-04-13")

    assert queries_of(api, f"batches/{day.pk}/") == 3
    assert queries_of(api, f"group-buys/{group_buy.token}/") == 3
