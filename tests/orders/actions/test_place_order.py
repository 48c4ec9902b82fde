"""Placing an order: all of it or nothing, once, in time, within the home's limit."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from catalog.models import Batch, Stock
from groupbuy.community.models import RESIDENT, LogEntry, staff
from groupbuy.shared import tokens
from groupbuy.shared.errors import NotAllowed, Refused
from orders.actions import writing
from orders.actions.place_order import place_order
from orders.models import NoSuchHome, Order, OtherBody, OverLimit, SoldOut, TooLate
from orders.queries.orders import order_by_token
from orders.states import Channel
from tests import factories
from tests.factories import NOON
from tests.orders.actions.conftest import Scene


def test_ms_wei_orders_and_her_token_opens_it(scene: Scene) -> None:
    placed = place_order(
        scene.batch, wish=scene.wish(A=1, B=2), submit_key="k1", by=RESIDENT, now=NOON
    )

    order = order_by_token(placed.token)
    assert order is not None
    assert (order.home, order.pieces) == ("3-502", 3)
    assert (order.total_cents, order.due_cents) == (22000, 22000)
    items = {line.stock.code: line.quantity for line in order.lines.all()}
    assert items == {"A": 1, "B": 2}
    assert (scene.stock("A").reserved, scene.stock("B").reserved) == (1, 2)
    assert scene.used("B") == 2
    assert order.token_hash == tokens.stored(placed.token)
    assert LogEntry.objects.get(verb="place_order").subject_id == order.pk


def test_the_same_form_twice_is_one_order(scene: Scene) -> None:
    first = place_order(
        scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
    )
    again = place_order(
        scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
    )

    assert (first.is_new, again.is_new) == (True, False)
    assert again.order.pk == first.order.pk
    assert again.token == first.token
    assert scene.stock("A").reserved == 1


def test_a_repeat_after_the_cutoff_still_finds_its_order(scene: Scene) -> None:
    late = scene.batch.until_link + timedelta(minutes=1)
    first = place_order(
        scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
    )
    again = place_order(
        scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=late
    )
    assert again.order.pk == first.order.pk


def test_the_same_key_with_other_contents_is_refused(scene: Scene) -> None:
    place_order(
        scene.batch, wish=scene.wish(A=1), submit_key="k1", by=RESIDENT, now=NOON
    )
    with pytest.raises(OtherBody):
        place_order(
            scene.batch, wish=scene.wish(A=2), submit_key="k1", by=RESIDENT, now=NOON
        )
    assert scene.stock("A").reserved == 1


def test_sold_out_names_every_missing_package_and_takes_nothing(scene: Scene) -> None:
    Stock.objects.filter(batch=scene.batch, code="A").update(quota=0)
    Stock.objects.filter(batch=scene.batch, code="B").update(quota=1)
    with pytest.raises(SoldOut) as refusal:
        place_order(
            scene.batch,
            wish=scene.wish(A=1, B=2),
            submit_key="k1",
            by=RESIDENT,
            now=NOON,
        )
    assert refusal.value.stock_ids == {scene.stock("A").pk, scene.stock("B").pk}
    assert not Order.objects.exists()
    assert (scene.stock("B").reserved, scene.used("B"), scene.used("A")) == (0, 0, 0)


def test_a_paused_package_is_refused_like_a_sold_out_one(scene: Scene) -> None:
    Stock.objects.filter(batch=scene.batch, code="A").update(paused_at=NOON)
    with pytest.raises(SoldOut):
        place_order(
            scene.batch, wish=scene.wish(A=1), submit_key="k1", by=RESIDENT, now=NOON
        )


def test_a_home_keeps_within_its_limit_over_all_its_orders(scene: Scene) -> None:
    place_order(
        scene.batch, wish=scene.wish(B=1), submit_key="k1", by=RESIDENT, now=NOON
    )
    second = place_order(
        scene.batch, wish=scene.wish(B=1), submit_key="k2", by=RESIDENT, now=NOON
    )
    with pytest.raises(OverLimit):
        place_order(
            scene.batch, wish=scene.wish(B=1), submit_key="k3", by=RESIDENT, now=NOON
        )
    assert second.order.home_key == Order.objects.earliest("pk").home_key
    assert (scene.used("B"), scene.stock("B").reserved) == (2, 2)


def test_an_order_costs_few_statements(
    scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The rush is paid in round trips: another one here must be worth it."""
    wish, batch = scene.wish(A=1), scene.batch
    with django_assert_max_num_queries(11):
        place_order(batch, wish=wish, submit_key="k1", by=RESIDENT, now=NOON)


def test_other_spellings_of_a_room_are_the_same_home(scene: Scene) -> None:
    place_order(
        scene.batch, wish=scene.wish("502", B=2), submit_key="k1", by=RESIDENT, now=NOON
    )
    with pytest.raises(OverLimit):
        place_order(
            scene.batch,
            wish=scene.wish("５０２室", "３号楼", B=1),
            submit_key="k2",
            by=RESIDENT,
            now=NOON,
        )


def test_the_cutoff_is_the_first_instant_that_is_too_late(scene: Scene) -> None:
    until = scene.batch.until_link
    place_order(
        scene.batch,
        wish=scene.wish(),
        submit_key="k1",
        by=RESIDENT,
        now=until - timedelta(microseconds=1),
    )
    with pytest.raises(TooLate):
        place_order(
            scene.batch, wish=scene.wish(), submit_key="k2", by=RESIDENT, now=until
        )


def test_a_closed_stock_row_lets_nothing_in_even_before_the_cutoff(
    scene: Scene,
) -> None:
    Stock.objects.filter(batch=scene.batch).update(is_open=False)
    with pytest.raises(TooLate):
        place_order(
            scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
        )


def test_the_heads_share_is_not_for_the_link(scene: Scene) -> None:
    Stock.objects.filter(batch=scene.batch, code="A").update(quota=3, held=2)
    user = factories.make_committee_staff(scene.compound.committee)
    place_order(
        scene.batch, wish=scene.wish(A=1), submit_key="k1", by=RESIDENT, now=NOON
    )
    with pytest.raises(SoldOut):
        place_order(
            scene.batch,
            wish=scene.wish("601", A=1),
            submit_key="k2",
            by=RESIDENT,
            now=NOON,
        )
    place_order(
        scene.batch,
        wish=scene.wish("602", A=2),
        submit_key="k3",
        by=staff(user),
        now=NOON,
        channel=Channel.HEAD,
    )
    row = scene.stock("A")
    assert (row.reserved, row.reserved_heads, row.free_for_link) == (3, 2, 0)


def test_a_stranger_cannot_order_as_a_head(scene: Scene) -> None:
    stranger = factories.make_committee_staff(factories.make_committee())
    for by in (RESIDENT, staff(stranger)):
        with pytest.raises(NotAllowed):
            place_order(
                scene.batch,
                wish=scene.wish(),
                submit_key="k1",
                by=by,
                now=NOON,
                channel=Channel.HEAD,
            )


def test_an_unknown_room_gets_the_nearest_three(scene: Scene) -> None:
    with pytest.raises(NoSuchHome) as refusal:
        place_order(
            scene.batch, wish=scene.wish("503"), submit_key="k1", by=RESIDENT, now=NOON
        )
    assert len(refusal.value.nearest) == 3
    assert refusal.value.nearest[0] == ("3", "", "502")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"building": ""}, "building"),
        ({"room": " "}, "room"),
        ({"items": {}}, "items"),
        ({"name": "长" * 21}, "name"),
        ({"note": "长" * 61}, "note"),
        ({"compound_id": 0}, "compound"),
    ],
)
def test_bad_input_is_refused_beside_its_field(
    scene: Scene, change: dict[str, object], field: str
) -> None:
    wish = replace(scene.wish(), **change)
    with pytest.raises(Refused) as refusal:
        place_order(scene.batch, wish=wish, submit_key="k1", by=RESIDENT, now=NOON)
    assert refusal.value.field == field
    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", [-1, 1000, 10**9])
def test_impossible_quantities_write_nothing(scene: Scene, quantity: int) -> None:
    with pytest.raises(Refused):
        place_order(
            scene.batch,
            wish=scene.wish(A=quantity),
            submit_key="k1",
            by=RESIDENT,
            now=NOON,
        )
    assert scene.stock("A").reserved == 0


def test_a_package_of_another_day_is_refused(scene: Scene) -> None:
    other = factories.make_batch(codes="A")
    wish = replace(scene.wish(), items={other.stock.get(code="A").pk: 1})
    with pytest.raises(Refused) as refusal:
        place_order(scene.batch, wish=wish, submit_key="k1", by=RESIDENT, now=NOON)
    assert refusal.value.code == "foreign"


def test_a_taken_order_number_is_replaced(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = place_order(
        scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
    )
    honest = writing.order_number
    monkeypatch.setattr(
        writing,
        "order_number",
        lambda key, attempt: honest(key, attempt) if attempt else first.order.number,
    )
    second = place_order(
        scene.batch, wish=scene.wish("601"), submit_key="k2", by=RESIDENT, now=NOON
    )
    assert second.is_new
    assert second.order.number != first.order.number


def test_the_doors_copy_of_the_day_is_shared_and_stays_as_it_was(
    scene: Scene,
) -> None:
    shared = Batch.objects.select_related("group_buy").get(pk=scene.batch.pk)
    moved = NOON - timedelta(hours=1)
    Batch.objects.filter(pk=shared.pk).update(until_link=moved)

    with pytest.raises(TooLate):
        place_order(shared, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON)

    assert shared.until_link == scene.batch.until_link != moved
    assert "group_buy" in shared._state.fields_cache


@pytest.mark.parametrize("state", ["closed", "called_off"])
def test_a_day_that_is_over_takes_nothing_even_where_its_rows_stand_open(
    scene: Scene, state: str
) -> None:
    Batch.objects.filter(pk=scene.batch.pk).update(state=state, closed_at=NOON)

    with pytest.raises(TooLate):
        place_order(
            scene.batch, wish=scene.wish(), submit_key="k1", by=RESIDENT, now=NOON
        )

    assert scene.stock("A").reserved == 0
