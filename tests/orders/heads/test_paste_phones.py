"""Numbers in the chat's text: shown by their ends, whole only when asked for, and then logged."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from groupbuy.community.models import LogEntry, User, staff
from groupbuy.shared.errors import NotAllowed
from orders.actions.show_phone import show_chain_phones
from orders.models import Chain, ChainLine, Order
from tests import factories as make
from tests.orders.heads.conftest import Street

PHONES = ["13800138000", "139 0013 9000", "021-54331234", "１３７００１３７０００"]
LINES = f"""3-501 A2 {PHONES[0]} 现金
3-502 B1? 电话{PHONES[1]}
3-101 A1 {PHONES[2]}
{PHONES[3]} 有人帮老人带吗"""


def path(street: Street, *, linked: bool = False) -> str:
    if linked:
        return street.page("paste")
    return reverse("building-paste", args=[street.building.pk, street.batch.pk])


@pytest.fixture
def pasted(street: Street) -> Street:
    street.client.post(street.page("paste"), {"do": "paste", "text": LINES})
    return street


def ask(client: Client, street: Street, number: int, **more: str):
    chain = Chain.objects.get()
    sent = {"do": f"phones-{number}", "chain": chain.pk, **more}
    return client.post(path(street, linked=client is street.client), sent)


def looks() -> list[LogEntry]:
    return list(LogEntry.objects.filter(verb="show_chain_phones").order_by("pk"))


@pytest.mark.parametrize("who", ["head", "committee"])
def test_whoever_opens_the_chain_reads_no_number_in_passing(pasted: Street, who):
    client = pasted.signed_in(getattr(pasted, who))

    pages = [
        client.get(path(pasted)),
        pasted.client.get(path(pasted, linked=True)),
        client.get(path(pasted) + "done/"),
    ]

    for text in (page.content.decode() for page in pages):
        assert [number for number in PHONES if number in text] == []
    assert "138****8000" in pages[0].text
    assert "139 **** 9000" in pages[1].text
    assert looks() == []


def test_what_was_pasted_is_kept_as_it_was(pasted: Street):
    assert [line.text for line in ChainLine.objects.all()] == LINES.split("\n")


def test_one_line_s_number_is_shown_once_and_the_look_is_written_down(pasted: Street):
    client = pasted.signed_in(pasted.committee)

    shown = ask(client, pasted, 1)
    again = client.get(path(pasted))

    assert shown.status_code == 200
    assert PHONES[0] in shown.text
    assert not any(number in shown.text for number in PHONES[1:])
    assert PHONES[0] not in again.text
    assert "no-store" in shown["Cache-Control"]
    [look] = looks()
    assert (look.user, look.subject_id) == (pasted.committee, Chain.objects.get().pk)
    assert look.data == {
        "homes": 1,
        "until": "2022-05-12",
        "line": 1,
        "batch": pasted.batch.pk,
        "building": pasted.building.pk,
    }
    assert not any(number in str(look.data) for number in PHONES)


def test_a_head_by_the_link_is_written_down_by_the_link(pasted: Street):
    assert PHONES[1] in ask(pasted.client, pasted, 2).text

    [look] = looks()
    assert (look.actor, look.user) == ("head", None)
    assert look.data["head_link"] == pasted.link.pk


def test_asking_for_a_number_loses_nothing_that_was_typed(pasted: Street):
    typed = {"2-0-room": "502", "2-0-q-B": "七", "2-0-name": "李"}

    shown = ask(pasted.client, pasted, 1, **typed)

    assert 'value="七"' in shown.text
    assert 'value="李"' in pasted.client.get(path(pasted, linked=True)).text


@pytest.mark.parametrize("number", [0, 99])
def test_a_line_that_is_not_there_shows_and_logs_nothing(pasted: Street, number):
    answer = ask(pasted.client, pasted, number)

    assert answer.status_code == 409
    assert not any(phone in answer.text for phone in PHONES)
    assert looks() == []


def test_strangers_get_nothing(pasted: Street):
    strangers: list[User] = [
        make.make_head(pasted.compound.buildings.get(name="4")),
        make.make_town_staff(make.make_town()),
    ]

    for user in strangers:
        assert ask(pasted.signed_in(user), pasted, 1).status_code == 404
    assert looks() == []


def test_the_verb_itself_refuses_who_has_no_business_there(pasted: Street):
    by = staff(make.make_town_staff(make.make_town()))

    with pytest.raises(NotAllowed):
        show_chain_phones(Chain.objects.get(), 1, by=by, now=make.NOON)
    assert looks() == []


def test_lines_shown_beside_a_home_to_confirm_hide_it_too(street: Street):
    here, send = path(street, linked=True), street.client.post
    send(here, {"do": "paste", "text": f"3-501 A1 {PHONES[0]}"})
    send(here, {"do": "hand-in", "chain": Chain.objects.get().pk})
    send(here, {"do": "paste", "text": f"3-501 A2 {PHONES[0]}"})

    page = street.client.get(here)

    assert page.context["sheet"].taps, "a changed home is to be confirmed"
    assert "1 · 3-501 A2 138****8000" in page.text
    assert PHONES[0] not in page.text


def test_looking_asks_for_it_by_a_press_only(pasted: Street):
    client = pasted.signed_in(pasted.committee)

    page = client.get(path(pasted) + "?do=phones-1")

    assert PHONES[0] not in page.text
    assert looks() == []


def test_a_number_in_a_note_is_not_read_in_passing_either(street: Street, noon):
    order = make.make_order(street.batch, street.compound, "3-502", items={"A": 1})
    Order.objects.filter(pk=order.pk).update(note="先打13600136000")
    client = street.signed_in(street.committee)

    lists = client.get(reverse("committee-compound", args=[street.compound.pk]))
    one = client.get(reverse("desk-order", args=[order.pk]))
    asked = client.post(reverse("desk-order-phone", args=[order.pk]))

    assert "先打136****6000" in lists.text
    assert "先打136****6000" in one.text
    assert "先打13600136000" in asked.text
    noon.shift(timedelta(seconds=1))
    assert "13600136000" not in client.get(reverse("desk-order", args=[order.pk])).text
