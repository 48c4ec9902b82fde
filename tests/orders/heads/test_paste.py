"""The paste page: nothing typed is lost, each button does one thing, strangers see nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from groupbuy.community.models import HeadLink
from orders.models import Chain, ChainLine, Demand, Order
from tests import factories as make
from tests.orders.heads.conftest import Street

LINES = "3-501 A2 现金\n3-502 B1?\n大家好\n4-401 A1"


class Lady:
    """The head's paste page in a browser without scripts."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.path = street.page("paste")

    def send(self, do: str, **fields: object) -> HttpResponse:
        chain = Chain.objects.order_by("-id").first()
        sent = {"do": do, "chain": chain.pk if chain else "", **fields}
        return self.street.client.post(self.path, sent, follow=True)

    def paste(self, text: str) -> HttpResponse:
        return self.send("paste", text=text)


@pytest.fixture
def lady(street: Street) -> Lady:
    return Lady(street)


def held() -> dict[str, int]:
    return {order.room: order.total_cents for order in Order.objects.all()}


def test_each_line_has_its_verdict_in_words_its_parts_and_its_reason(
    lady: Lady,
) -> None:
    text = lady.paste(LINES).content.decode()

    assert text.count("<mark") >= 4
    for word in ("please look", "no order", "another building", "ready"):
        assert word in text
    assert "3-502 B1?" in ChainLine.objects.get(number=2).text
    assert 'name="2-0-room" value="502"' in text


def test_hand_in_takes_what_is_ready_and_shows_how_it_went(lady: Lady) -> None:
    lady.paste(LINES)
    answer = lady.send("hand-in")

    assert held() == {"501": 12000}
    assert answer.redirect_chain[-1][0].endswith("/done/")
    text = answer.content.decode()
    assert "501" in text
    assert "120" in text
    order = Order.objects.get()
    assert (order.entered_by, order.channel) == (None, "head")
    assert Chain.objects.get().head_link == lady.street.link


def test_a_correction_is_accepted_in_one_tap_and_handed_in(lady: Lady) -> None:
    lady.paste(LINES)
    lady.send("accept-2", **{"2-0-room": "502", "2-0-q-B": "3", "2-0-name": "陈"})
    lady.send("hand-in")

    order = Order.objects.get(room="502")
    assert order.lines.get().quantity == 3
    assert order.name == "陈"


def test_everything_typed_is_kept_whichever_button_is_pressed(lady: Lady) -> None:
    lady.paste("3-501 A1?\n3-502 A1?")
    typed = {"1-0-room": "501", "1-0-q-A": "1", "1-0-note": "放门口"}
    other = {"2-0-room": "50二", "2-0-q-A": "很多", "2-0-name": "李"}

    lady.send("accept-1", **typed, **other)

    text = lady.street.client.get(lady.path).content.decode()
    assert 'value="50二"' in text
    assert 'value="很多"' in text
    lady.paste("3-501 A1?\n3-502 A1?\n3-101 B1")
    assert 'value="很多"' in lady.street.client.get(lady.path).content.decode()
    assert ChainLine.objects.get(chain__lines__number=3, number=1).state == "accepted"


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"1-0-room": "999", "1-0-q-A": "1"}, "room"),
        ({"1-0-room": "501", "1-0-q-A": "1.5"}, "items"),
        ({"1-0-room": "501"}, "items"),
        ({"1-0-room": "501", "1-0-q-A": "1", "1-0-note": "急" * 61}, "note"),
    ],
)
def test_a_fault_stands_beside_its_field_and_the_rest_stays(
    lady: Lady, typed: dict[str, str], at: str
) -> None:
    lady.paste("3-501 A1?")
    answer = lady.send("accept-1", **{"1-0-name": "王", **typed})

    assert answer.status_code == 409
    text = answer.content.decode()
    assert 'aria-describedby="why-1-0"' in text
    assert 'value="王"' in text
    assert ChainLine.objects.get().state == "waiting"


def test_a_paste_that_is_refused_stays_in_the_box(lady: Lady) -> None:
    answer = lady.paste("3-501 A1\n" * 401)
    assert answer.status_code == 409
    assert answer.content.decode().count("3-501 A1") == 401


def test_changes_are_ticked_and_only_what_was_seen(lady: Lady) -> None:
    lady.paste("3-501 A1\n3-502 A1")
    lady.send("hand-in")
    lady.paste("3-501 A2")
    lady.send("hand-in")
    assert held() == {"501": 6000, "502": 6000}

    lady.send("hand-in", tap=["/501|A9|", "/502||"])
    assert {o.room: o.state for o in Order.objects.all()} == {
        "501": "standing",
        "502": "cancelled",
    }
    lady.send("hand-in", tap=["/501|A2|"])
    assert Order.objects.get(room="501").total_cents == 12000


def test_a_change_says_what_it_was_and_is_decided_as_a_whole(lady: Lady) -> None:
    shown = lady.paste("3-501 A2 B1 现金\n3-501 A2改A3").content.decode()
    assert "So far: A×2 B×1" in shown
    assert 'name="2-0-q-A" value="3"' in shown
    fields = {"2-0-room": "501", "2-0-q-A": "3", "2-0-q-B": "1"}
    shown = lady.send("accept-2", **fields).content.decode()
    assert 'value="/501|A3 B1|现金" checked' in shown
    lady.send("hand-in", tap="/501|A3 B1|现金")
    order = Order.objects.get()
    assert (order.total_cents, order.note) == (24000, "现金")


def test_a_button_pressed_twice_says_so(lady: Lady) -> None:
    lady.paste("3-501 A1?")
    fields = {"1-0-room": "501", "1-0-q-A": "1"}
    assert lady.send("accept-1", **fields).status_code == 200
    again = lady.send("accept-1", **fields)
    assert again.status_code == 409
    assert "already been changed" in again.content.decode()


def test_a_wish_is_noted_in_one_tap(lady: Lady) -> None:
    lady.paste("501 牛奶没有了吗")
    assert "wish noted: C" in lady.send("wish-1-C").content.decode()
    lady.send("wish-1-C")
    lady.paste("501 牛奶没有了吗\n502 A1")
    assert "wish noted: C" in lady.street.client.get(lady.path).content.decode()
    assert Demand.objects.get().stock.code == "C"


def test_an_older_page_hands_in_nothing(lady: Lady) -> None:
    lady.paste("3-501 A1")
    old = Chain.objects.get().pk
    lady.paste("3-501 A2")
    answer = lady.send("hand-in", chain=old)
    assert answer.status_code == 409
    assert not Order.objects.exists()


def test_the_link_s_own_order_is_shown_without_a_name(lady: Lady) -> None:
    make.make_order(lady.street.batch, lady.street.compound, "3-501", name="周先生")
    text = lady.paste("3-501 B1").content.decode()
    assert "already ordered by the link: A×1" in text
    assert "周先生" not in text


def test_a_total_that_does_not_fit_is_said_loudly_and_a_right_one_quietly(
    lady: Lady,
) -> None:
    wrong = lady.paste("3-501 A2\n3-502 A1\n共 A4").content.decode()
    assert "the chat says 4, the lines above come to 3" in wrong
    right = lady.paste("3-501 A2\n3-502 A1\n共 A3").content.decode()
    assert "the chat says" not in right


def test_after_the_cutoff_it_goes_to_the_town(
    lady: Lady, noon: time_machine.Traveller
) -> None:
    noon.move_to(lady.street.batch.until_heads + timedelta(minutes=1))
    lady.paste("3-501 A1")
    answer = lady.send("hand-in")
    assert not Order.objects.exists()
    assert "only the town can let this in" in answer.content.decode()


def test_autosave_answers_without_a_page(lady: Lady) -> None:
    lady.paste("3-501 A1?")
    answer = lady.street.client.post(
        lady.path,
        {"do": "save", "chain": Chain.objects.get().pk, "1-0-room": "101"},
        headers={"quiet": "1"},
    )
    assert answer.status_code == 204
    assert ChainLine.objects.get().corrected[0]["room"] == "101"


def test_two_hundred_lines_that_all_wait_are_kept_at_once(lady: Lady) -> None:
    lady.paste("\n".join(f"3-{n} A1?" for n in range(101, 301)))
    fields = {
        f"{n}-0-{name}": "7"
        for n in range(1, 201)
        for name in ("unit", "room", "name", "note", "q-A", "q-B", "q-C")
    }
    assert lady.send("save", **fields).status_code == 200
    assert ChainLine.objects.filter(corrected__0__room="7").count() == 200


@pytest.mark.parametrize("homes", [1, 3])
def test_the_page_asks_the_database_as_often_for_many_lines(
    lady: Lady, homes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rooms = ("101", "501", "502")[:homes]
    for room in rooms:
        make.make_order(lady.street.batch, lady.street.compound, f"3-{room}")
    clean = [f"3-{room} A1" for room in rooms]
    lady.paste("\n".join(clean))
    lady.send("hand-in")
    lady.paste("\n".join([*clean, *(f"3-{r} A1 B1?\n3-{r} 改 B2" for r in rooms)]))
    with django_assert_num_queries(17):
        lady.street.client.get(lady.path)


def test_strangers_and_other_heads_find_nothing(lady: Lady) -> None:
    street = lady.street
    lady.paste("3-501 A1")
    neighbour = make.make_head(street.compound.buildings.get(name="4"))
    mine = reverse("building-paste", args=[street.building.pk, street.batch.pk])
    for name, status in ((neighbour, 404), (street.head, 200), (street.committee, 200)):
        assert street.signed_in(name).get(mine).status_code == status
    wrong = lady.path.replace(lady.path.split("/")[2], "x" * 32)
    assert street.client.get(wrong).status_code == 404
    HeadLink.objects.update(revoked_at=make.NOON)
    assert street.client.post(lady.path, {"do": "hand-in"}).status_code == 404


def test_what_is_ordered_already_says_so_and_nothing_is_handed_in_for_nothing(
    lady: Lady,
) -> None:
    lady.paste("3-501 A2\n3-502 B1")
    lady.send("hand-in")

    same = lady.paste("3-501 A2!\n3-502 B1!").content.decode()
    assert same.count("ordered already, no change") == 2
    assert "Nothing new to hand in." in same
    assert 'value="hand-in"' not in same

    gone = lady.paste("3-501 A2!").content.decode()
    assert "Please tick above first what is right." in gone
    assert "Hand in what I ticked" in gone
    assert "Hand in 0 homes" not in gone

    more = lady.paste("3-501 A2!\n3-502 B1!\n3-101 A1").content.decode()
    assert more.count("ordered already, no change") == 2
    assert "Hand in 1 homes" in more
