"""Pickup lists and supply orders: by a town's own key, for its scope, without a person in them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import PackageVersion
from delivery.models import Difference, PickupList, SupplyOrder
from groupbuy.community.models import AccessKey, Town
from orders.models import Order
from tests import factories
from tests.api.conftest import (
    CANARY_NAME,
    CANARY_PHONE,
    Api,
    Papers,
    close_and_build,
    make_day,
    make_key,
)
from tests.factories import NOON


def test_a_key_reads_its_towns_pickup_lists(papers: Papers) -> None:
    [found] = papers.api.send("GET", "pickup-lists/", token=papers.lists).json()[
        "results"
    ]

    assert (found["homes"], found["packages"], found["version"]) == (2, 6, 1)
    assert found["compound"]["name"] == "品质苑"
    assert found["batch"]["delivery_on"] == "2022-04-12"
    assert found["id"] == papers.pickup_list.pk


def test_a_list_has_every_line_in_walking_order(papers: Papers) -> None:
    path = f"pickup-lists/{papers.pickup_list.pk}/"

    found = papers.api.send("GET", path, token=papers.lists).json()

    assert [
        (li["building"], li["room"], li["code"], li["quantity"])
        for li in found["lines"]
    ] == [("3", "502", "A", 1), ("3", "502", "B", 2), ("3", "601", "A", 3)]
    assert found["lines"][0]["due_cents"] == 22000
    assert [gate["name"] for gate in found["gates"]] == ["正门"]
    assert found["differences"] == []


def test_a_list_shows_what_changed_after_printing(papers: Papers) -> None:
    order = Order.objects.get(room="601")
    line = order.lines.get()
    Difference.objects.create(
        batch=papers.api.batch,
        number=1,
        order_line=line,
        stock=line.stock,
        compound=papers.api.compound,
        gate=papers.api.compound.gates.get(),
        delta=-2,
        reason=f"打给{CANARY_NAME}",
        at=NOON,
    )
    path = f"pickup-lists/{papers.pickup_list.pk}/"

    reply = papers.api.send("GET", path, token=papers.lists)

    [found] = reply.json()["differences"]
    assert (found["number"], found["room"], found["delta"]) == (1, "601", -2)
    assert CANARY_NAME not in reply.content.decode()


def test_supply_orders_are_totals_and_then_gate_by_gate(papers: Papers) -> None:
    path = f"supply-orders/{papers.supply_order.pk}/"

    found = papers.api.send("GET", path, token=papers.supply).json()

    [load] = found["loads"]
    for lines in (found["totals"], load["lines"]):
        assert [(line["code"], line["quantity"]) for line in lines] == [
            ("A", 4),
            ("B", 2),
        ]
    assert load["gate"]["name"] == "正门"
    assert load["compound"]["committee"]["phone"] == "021-64090000"
    assert found["handoff"] == {"sent_at": None, "acknowledged_at": None}


def every_page(papers: Papers) -> list[str]:
    api, at = papers.api, papers.pickup_list.pk
    replies = [
        api.send("GET", "pickup-lists/", token=papers.lists),
        api.send("GET", f"pickup-lists/{at}/", token=papers.lists),
        api.send("GET", "supply-orders/", token=papers.supply),
    ] + [
        api.send("GET", f"supply-orders/{order.pk}/", token=papers.supply)
        for order in SupplyOrder.objects.all()
    ]
    assert all(reply.status_code == 200 for reply in replies)
    assert all(reply["Cache-Control"] == "no-store" for reply in replies)
    return [reply.content.decode() for reply in replies]


def test_no_paper_holds_a_phone_a_name_or_a_purchase_price(papers: Papers) -> None:
    PackageVersion.objects.update(purchase_price_cents=4321)

    for text in every_page(papers):
        assert CANARY_PHONE not in text
        assert CANARY_NAME not in text
        assert "13712345678" not in text, "not even one typed into a note"
        assert "4321" not in text


def test_a_supply_order_holds_no_home(papers: Papers) -> None:
    for text in every_page(papers)[2:]:
        assert "502" not in text
        assert "打我电话" not in text


@pytest.fixture
def other_town() -> Town:
    return factories.make_town("奉贤区", slug="fengxian")


def test_another_towns_papers_are_not_there(papers: Papers, other_town: Town) -> None:
    theirs = make_day(other_town)
    factories.make_order(theirs.batch, theirs.compound, "3-502")
    close_and_build(theirs)
    foreign_list = PickupList.objects.get(batch=theirs.batch).pk
    foreign_order = SupplyOrder.objects.get(batch=theirs.batch).pk
    get, day = papers.api.send, theirs.batch.pk

    for token, path in (
        (papers.lists, f"pickup-lists/{foreign_list}/"),
        (papers.supply, f"supply-orders/{foreign_order}/"),
    ):
        assert get("GET", path, token=token).status_code == 404
    for token, path in (
        (papers.lists, f"pickup-lists/?batch={day}"),
        (papers.supply, f"supply-orders/?batch={day}"),
    ):
        assert get("GET", path, token=token).json()["count"] == 0
        assert get("GET", path.partition("?")[0], token=token).json()["count"] > 0


def paths_of(papers: Papers) -> list[str]:
    return [
        "pickup-lists/",
        f"pickup-lists/{papers.pickup_list.pk}/",
        "supply-orders/",
        f"supply-orders/{SupplyOrder.objects.first().pk}/",
    ]


@pytest.mark.parametrize("token", ["", "Key", "Key nobody", "Order x", "Bearer x"])
def test_a_stranger_gets_nothing(papers: Papers, token: str) -> None:
    for path in paths_of(papers):
        reply = papers.api.send("GET", path, token=token)
        assert (reply.status_code, reply["WWW-Authenticate"]) == (401, "Key")
        missing = papers.api.send("GET", "pickup-lists/999999/", token=token)
        assert missing.status_code == 401, "nor learns what exists"


def test_an_orders_token_opens_no_paper(papers: Papers) -> None:
    token = make_day(factories.make_town()).placed().replace("Order", "Key")

    assert papers.api.send("GET", "pickup-lists/", token=token).status_code == 401


def test_a_key_opens_its_own_scope_only(papers: Papers) -> None:
    for path in paths_of(papers):
        wrong = papers.supply if path.startswith("pickup") else papers.lists
        reply = papers.api.send("GET", path, token=wrong)
        assert (reply.status_code, reply.json()["code"]) == (403, "permission_denied")


def test_a_revoked_key_opens_nothing(papers: Papers) -> None:
    AccessKey.objects.update(revoked_at=NOON)

    for path in paths_of(papers):
        token = papers.lists if path.startswith("pickup") else papers.supply
        assert papers.api.send("GET", path, token=token).status_code == 401


def test_a_replaced_version_is_not_listed_but_says_so(papers: Papers) -> None:
    old = papers.pickup_list
    PickupList.objects.update(void_at=NOON)

    listed = papers.api.send("GET", "pickup-lists/", token=papers.lists).json()
    read = papers.api.send("GET", f"pickup-lists/{old.pk}/", token=papers.lists).json()

    assert listed["count"] == 0
    assert read["void_at"] == "2022-04-11T12:00:00+08:00"


def test_papers_are_only_read(papers: Papers) -> None:
    for path in paths_of(papers):
        token = papers.lists if path.startswith("pickup") else papers.supply
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert papers.api.send(method, path, {}, token).status_code == 405


@pytest.mark.parametrize("more", [0, 3])
def test_papers_cost_the_same_however_many(api: Api, more: int) -> None:
    group_buy = api.batch.group_buy
    for n in range(more):
        compound = factories.make_compound(town=group_buy.town)
        group_buy.places.create(compound=compound)
        factories.make_order(api.batch, compound, f"{n}-101")
        factories.make_order(api.batch, api.compound, f"3-{n}01")
    factories.make_order(api.batch, api.compound, "3-502", items={"A": 1, "B": 1})
    close_and_build(api)
    lists = make_key(group_buy.town, AccessKey.Scope.PICKUP_LISTS)
    supply = make_key(group_buy.town, AccessKey.Scope.SUPPLY_ORDERS)
    first = PickupList.objects.get(compound=api.compound).pk
    order = SupplyOrder.objects.first().pk

    costs = {}
    for path, token in (
        ("pickup-lists/", lists),
        (f"pickup-lists/{first}/", lists),
        ("supply-orders/", supply),
        (f"supply-orders/{order}/", supply),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert api.send("GET", path, token=token).status_code == 200
        costs[path.partition("/")[0], path.count("/")] = len(queries)

    assert costs == {
        ("pickup-lists", 1): 3,
        ("pickup-lists", 2): 6,  # one writes down that it was read
        ("supply-orders", 1): 3,
        ("supply-orders", 2): 5,
    }
