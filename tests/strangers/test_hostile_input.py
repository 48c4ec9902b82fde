"""What people and programs send that nobody asked for: taken, or refused in words."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from catalog.models import Batch
from groupbuy.community.models import RESIDENT, HeadLink
from groupbuy.community.queries.head_links import head_link_path
from orders.actions.cancel_order import cancel_order
from orders.actions.paste_chain import MOST_LETTERS, MOST_LINES
from orders.models import Chain, NoSuchHome, Order
from orders.queries.homes import find_home
from tests import factories
from tests.orders.views.phone import Phone, home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(factories.NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def batch() -> Batch:
    rooms = ["501", "502", "6甲", "102-2", "亭子间"]
    compound = factories.make_compound(buildings={"3": rooms})
    return factories.make_batch(factories.make_group_buy(compounds=[compound]))


@pytest.fixture
def link(batch: Batch) -> HeadLink:
    return factories.make_head_link(
        batch.group_buy.places.get().compound.buildings.get()
    )


# Row 13


@pytest.mark.parametrize(
    ("typed", "room"),
    [
        ("５０２室", "502"),
        ("502", "502"),
        ("6甲", "6甲"),
        ("102-2", "102-2"),
        ("亭子间", "亭子间"),
    ],
)
def test_a_room_is_found_as_the_roster_has_it(
    batch: Batch, typed: str, room: str
) -> None:
    place = batch.group_buy.places.get().compound_id
    assert find_home(batch.group_buy, place, "3号楼", "", typed).room == room


@pytest.mark.parametrize("typed", ["86801", "地下B1-03", "50", "六甲"])
def test_a_room_that_is_not_in_it_is_never_guessed(batch: Batch, typed: str) -> None:
    place = batch.group_buy.places.get().compound_id
    with pytest.raises(NoSuchHome) as refusal:
        find_home(batch.group_buy, place, "3", "", typed)
    assert 0 < len(refusal.value.nearest) <= 3


@pytest.mark.parametrize("typed", ["102-2", "亭子间", "6甲", "地下B1-03", "86801"])
def test_without_a_roster_it_is_kept_as_written(typed: str) -> None:
    batch = factories.make_batch()
    place = batch.group_buy.places.get().compound_id
    assert find_home(batch.group_buy, place, "3", "", typed).room == typed


# Row 14


def test_a_compound_of_another_town_is_refused_beside_its_field(batch: Batch) -> None:
    other = factories.make_compound()
    phone = Phone(batch)
    factories.ServedPlace.objects.create(
        group_buy=batch.group_buy,
        compound=factories.make_compound(
            batch.group_buy.places.get().compound.committee
        ),
    )
    phone.start("A").tap("review", **home(phone), compound=str(other.pk))
    assert phone.page.status_code == 422
    assert 'id="compound-no"' in phone.text
    assert other.name not in phone.text
    assert not Order.objects.exists()


# Row 16


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王\u202e阿姨", "王阿姨"),
        ("王\u200b阿姨", "王阿姨"),
        ("𠮷㐂女士", "𠮷㐂女士"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_a_name_loses_what_nobody_can_see_and_nothing_else(
    batch: Batch, typed: str, kept: str
) -> None:
    Phone(batch).order("A", name=typed)
    assert Order.objects.get().name == kept


@pytest.mark.parametrize("typed", ["王\x00阿姨", "\ud800王", "王" * 10_000, "王" * 21])
def test_a_name_that_is_none_is_refused_or_mended_never_a_crash(
    batch: Batch, typed: str
) -> None:
    phone = Phone(batch).start("A")
    sent = {**phone.fields(), **home(phone), "step": "place"}
    body = "&".join(f"{name}={value}" for name, value in sent.items())
    spelled = typed.encode("utf-8", "surrogatepass").hex("%")
    answer = phone.client.post(
        f"/g/{phone.token}/order/",
        f"{body}&name=%{spelled}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in {302, 422}
    for order in Order.objects.all():
        assert len(order.name) <= 20
        assert "\x00" not in order.name


# Row 18


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("501 A1\n" * 5_000, MOST_LINES),
        ("王" * 200_000, MOST_LETTERS),
        ("a" * 1_000_000, MOST_LETTERS),
    ],
)
def test_a_paste_without_measure_is_refused_with_the_number_at_once(
    batch: Batch, link: HeadLink, text: str, number: int
) -> None:
    start = time.process_time()
    answer = Client().post(
        f"{head_link_path(link)}paste/{batch.pk}/", {"do": "paste", "text": text}
    )
    assert time.process_time() - start < 2
    assert answer.status_code == 409
    assert str(number) in answer.content.decode()
    assert not Chain.objects.exists()


def test_more_than_the_site_reads_at_all_is_refused_in_words(
    batch: Batch, link: HeadLink
) -> None:
    form = "application/x-www-form-urlencoded"
    text = "do=paste&text=" + "%E7%8E%8B" * 400_000
    page = f"{head_link_path(link)}paste/{batch.pk}/"
    answer = Client(headers={"Cookie": "lang=en"}).post(page, text, form)
    assert answer.status_code == 400
    assert "send less" in answer.content.decode()


# Row 22


def test_whatever_does_not_open_is_the_same_page(batch: Batch, link: HeadLink) -> None:
    """Wrong, revoked, of another kind: the page tells only its own address again."""
    link.revoked_at = factories.NOON
    link.save()
    wrong = "abcdefghijklmnopqrstuvwxyz234567"
    tried = [f"/{kind}/{wrong}/" for kind in "obvs"] + [head_link_path(link)]
    answers = {path: Client().get(path) for path in tried}
    assert {answer.status_code for answer in answers.values()} == {404}
    pages = {a.content.decode().replace(path, "/") for path, a in answers.items()}
    assert len(pages) == 1


def test_a_cancelled_order_is_still_its_owners_to_see(batch: Batch) -> None:
    phone = Phone(batch).order("A")
    order = Order.objects.get()
    cancel_order(order, by=RESIDENT, now=factories.NOON)
    assert phone.open(f"/mine/{order.number}/").page.status_code == 200
    assert Client().get(f"/mine/{order.number}/").status_code == 404


# Row 23


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"]
)
def test_another_hosts_name_is_refused(batch: Batch, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    answer = Client().get(f"/g/{batch.group_buy.token}/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()


def test_links_that_travel_are_made_from_the_setting_never_from_the_request(
    batch: Batch, settings: Any
) -> None:
    settings.SITE_URL = "https://tuan.example"
    phone = Phone(
        batch, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    phone.open(f"/g/{batch.group_buy.token}/")
    assert "https://tuan.example/g/" in phone.text
    assert "evil.example" not in phone.text
    phone.order("A")
    assert "https://tuan.example/o/" in phone.text
    assert "evil.example" not in phone.text
