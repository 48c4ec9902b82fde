"""The grid: every home its own order, nothing typed is lost, the link's orders are left alone."""

from datetime import timedelta

import pytest

from groupbuy.community.models import LogEntry
from groupbuy.community.queries.head_links import head_link_path
from orders.models import Order
from orders.states import Channel, OrderState
from tests import factories as make


def fill(street, client=None, *, page=None, path="", **rooms):
    """Post the grid as a browser would: all rows as shown, then ``rooms`` changed.

    ``r501="A2 B1 door"`` writes into 501's row; a bare ``r501=""`` empties it.
    """
    client = client or street.client
    path = path or street.page("grid")
    sheet = (page or client.get(path)).context["sheet"]
    data = {}
    for row in sheet.rows:
        data |= {cell.name: cell.value for cell in row.cells}
        data |= {row.was_field: row.was, row.name_field: row.name}
        if row.door:
            data[row.door_field] = "on"
    for room, words in rooms.items():
        row = next(row for row in sheet.rows if row.slot.room == room[1:])
        data |= {cell.name: "" for cell in row.cells}
        data.pop(row.door_field, None)
        for word in words.split():
            data |= typed(street, row, word)
    return client.post(path, data)


def typed(street, row, word):
    if word in ("door", "paid"):
        return {row.field(word): "on"}
    if word.startswith("name:"):
        return {row.name_field: word[5:]}
    return {row.field(street.batch.stock.get(code=word[0]).pk): word[1:]}


def held(street, channel=Channel.HEAD):
    standing = street.batch.orders.filter(channel=channel, state=OrderState.STANDING)
    return {
        order.home: {line.stock.code: line.quantity for line in order.lines.all()}
        for order in standing
    }


def test_a_head_enters_two_homes_and_the_log_names_the_link(street) -> None:
    answer = fill(street, r501="A2 B1 door paid name:魏阿姨", r101="C1")

    assert answer.status_code == 302
    assert answer.url.endswith("?saved=2")
    assert held(street) == {"3-501": {"A": 2, "B": 1}, "3-101": {"C": 1}}
    order = Order.objects.get(room="501")
    assert (order.name, order.bring_to_door, order.due_cents) == ("魏阿姨", True, 0)
    verbs = LogEntry.objects.filter(subject_id=order.pk, data__head_link=street.link.pk)
    assert {entry.verb for entry in verbs} == {"place_order", "mark_paid"}


def test_saving_twice_changes_nothing(street) -> None:
    page = street.client.get(street.page("grid"))
    fill(street, page=page, r501="A2")
    before = list(Order.objects.values())

    assert fill(street, page=page, r501="A2").status_code == 302  # the same form again
    assert fill(street).status_code == 302
    assert list(Order.objects.values()) == before


def test_changing_and_emptying_a_row(street) -> None:
    fill(street, r501="A2", r502="B1")
    fill(street, r501="A1 B1", r502="")

    assert held(street) == {"3-501": {"A": 1, "B": 1}}
    assert Order.objects.get(room="502").state == OrderState.CANCELLED
    street.batch.refresh_from_db()
    assert {s.code: s.reserved for s in street.batch.stock.all()} == {
        "A": 1,
        "B": 1,
        "C": 0,
    }


def test_a_home_can_be_ordered_for_again_after_cancelling(street) -> None:
    fill(street, r501="A1")
    fill(street, r501="")
    fill(street, r501="A1")

    assert held(street) == {"3-501": {"A": 1}}
    assert Order.objects.count() == 2


def test_what_cannot_be_had_is_said_beside_its_home_and_the_rest_stands(street) -> None:
    street.batch.stock.filter(code="A").update(quota=1)

    answer = fill(street, r101="A1", r501="A3", r502="B1")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert held(street) == {"3-101": {"A": 1}, "3-502": {"B": 1}}
    (row,) = answer.context["sheet"].faulty
    assert (row.slot.name, row.cells[0].value) == ("501", "3")
    assert "Just sold out" in page
    assert 'value="3"' in page

    fill(street, page=answer, r501="B2")
    assert held(street)["3-501"] == {"B": 2}


@pytest.mark.parametrize("amount", ["A-1", "A1.5", "Ax", "A9999"])
def test_an_amount_that_is_no_number_keeps_the_rest(street, amount) -> None:
    answer = fill(street, r501=f"{amount} B1", r101="A1")

    assert answer.status_code == 409
    assert held(street) == {"3-101": {"A": 1}}
    (row,) = answer.context["sheet"].faulty
    assert row.fault == "Please write a whole number."
    assert row.cells[0].value == amount[1:]


def test_an_order_by_the_link_is_shown_and_never_altered(street) -> None:
    mine = make.make_order(street.batch, home="3-501", name="陈女士", items={"A": 1})

    page = street.client.get(street.page("grid")).content.decode()
    assert "This home already ordered by the link: A×1" in page
    assert "陈女士" not in page
    assert "13800138000" not in page

    fill(street, r501="B1")
    mine.refresh_from_db()
    assert mine.revision == 1
    assert held(street, Channel.LINK) == {"3-501": {"A": 1}}
    assert held(street) == {"3-501": {"B": 1}}


def test_the_limit_counts_what_the_link_took(street) -> None:
    make.make_order(street.batch, home="3-501", items={"A": 4})

    answer = fill(street, r501="A2")

    assert answer.status_code == 409
    assert held(street) == {}
    assert "more than one home may have" in answer.content.decode()


def test_somebody_else_s_change_is_not_overwritten_unseen(street) -> None:
    fill(street, r501="A1")
    old = street.client.get(street.page("grid"))
    fill(street, r501="A2")

    answer = fill(street, page=old, r501="A3", r101="B1")

    assert answer.status_code == 409
    assert held(street) == {"3-501": {"A": 2}, "3-101": {"B": 1}}
    assert "Saved now: A×2" in answer.content.decode()
    fill(street, page=answer)  # seen, and meant: saved as typed
    assert held(street)["3-501"] == {"A": 3}


def test_an_untouched_row_of_an_old_page_takes_nothing_back(street) -> None:
    old = street.client.get(street.page("grid"))
    fill(street, r501="A2")

    assert fill(street, page=old, r101="B1").status_code == 302
    assert held(street) == {"3-501": {"A": 2}, "3-101": {"B": 1}}


def test_last_time_s_homes_come_first_and_the_same_again_is_one_button(street) -> None:
    yesterday = make.make_batch(
        street.batch.group_buy, delivery_on=make.DAY - timedelta(days=2), state="closed",
        closed_at=make.NOON - timedelta(days=3),
    )  # fmt: skip
    make.make_order(yesterday, home="3-502", channel="head", items={"A": 2, "C": 1})
    make.make_order(yesterday, home="3-501")  # by the link: not the head's to repeat

    shown = street.client.get(street.page("grid"))
    assert [row.slot.room for row in shown.context["sheet"].top] == ["502"]
    assert "Same as last time A×2 C×1" in " ".join(shown.content.decode().split())

    answer = street.client.post(street.page("grid"), {"same": "/502"})
    assert held(street) == {}  # filled in, not yet saved
    assert fill(street, page=answer).status_code == 302
    assert held(street) == {"3-502": {"A": 2, "C": 1}}


def test_the_committee_orders_for_somebody_and_is_named(street) -> None:
    client = street.signed_in(street.committee)
    path = f"/desk/buildings/{street.building.pk}/grid/{street.batch.pk}/"

    fill(street, client, path=path, r501="A1")

    order = Order.objects.get()
    assert (order.channel, order.entered_by) == (Channel.PROXY, street.committee)


def test_after_the_cutoff_nothing_is_saved_and_everything_kept(street, noon) -> None:
    page = street.client.get(street.page("grid"))
    noon.move_to(street.batch.until_heads)

    answer = fill(street, page=page, r501="A1")

    assert answer.status_code == 409
    assert not Order.objects.exists()
    assert "Ordering for this day has ended." in answer.content.decode()
    assert answer.context["sheet"].faulty[0].cells[0].value == "1"


def test_without_a_roster_rooms_are_added_by_hand(street) -> None:
    compound = make.make_compound(street.compound.committee, "无名册小区")
    building = make.make_building(compound, "7")
    batch = make.make_batch(make.make_group_buy(compounds=[compound]))
    link = make.make_head_link(building)
    path = f"{head_link_path(link)}grid/{batch.pk}/"

    answer = street.client.post(path, {"new-room": "５０２室", "add": "1"})
    (row,) = answer.context["sheet"].top
    assert row.slot.name == "502"
    data = {row.was_field: row.was, row.cells[0].name: "2", "room": "/502"}
    assert street.client.post(path, data).status_code == 302

    order = Order.objects.get()
    assert (order.building, order.room, order.in_building) == ("7", "502", building)
    again = street.client.get(path).context["sheet"]
    assert [row.slot.name for row in again.rows] == ["502"]


@pytest.mark.parametrize("orders", [1, 3])
def test_the_grid_asks_the_same_number_of_questions(
    street, orders, django_assert_num_queries
) -> None:
    for room in ("101", "501", "502")[:orders]:
        make.make_order(street.batch, home=f"3-{room}", channel="head")
    with django_assert_num_queries(9):
        street.client.get(street.page("grid"))


def test_the_order_s_history_names_the_head(street) -> None:
    fill(street, r501="A1")
    order = Order.objects.get()

    desk = street.signed_in(street.committee)
    page = desk.get(f"/desk/orders/{order.pk}/").content.decode()

    assert "the building head 王阿姨" in page


def test_a_room_with_its_unit_is_the_home_a_resident_means(street) -> None:
    compound = make.make_compound(street.compound.committee, "无名册小区")
    building = make.make_building(compound, "7")
    batch = make.make_batch(make.make_group_buy(compounds=[compound]))
    path = f"{head_link_path(make.make_head_link(building))}grid/{batch.pk}/"

    answer = street.client.post(path, {"new-room": "1-502", "add": "1"})
    (row,) = answer.context["sheet"].top
    data = {row.was_field: row.was, row.cells[0].name: "2", "room": row.key}
    street.client.post(path, data)

    order = Order.objects.get()
    assert (order.unit, order.room) == ("1", "502")
    assert street.client.get(path).context["sheet"].top[0].slot.order == order
