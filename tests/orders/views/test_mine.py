"""My order: opened by its link, kept by the phone, changed and cancelled until the cutoff."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Batch, PackageItem, Stock
from groupbuy.shared import tokens
from orders.models import HomeUse, Order
from orders.queries import mine as mine_queries
from orders.signals import OrderNews, order_news
from tests.factories import NOON, close, make_order
from tests.orders.views.phone import Phone

pytestmark = pytest.mark.django_db
TOKEN = "abcdefghijklmnopqrstuvwxyz234567"


def put(phone: Phone, what: str, **typed: str) -> None:
    """Change the order's form and save it."""
    order = Order.objects.get()
    url = f"/mine/{order.number}/change/"
    phone.open(url)
    sent = phone.fields() | typed | {"step": what}
    phone.page = phone.client.post(url, sent, follow=True)


def test_the_success_page_has_all_that_a_picture_should_keep(phone: Phone) -> None:
    phone.order("A", **{phone.field("B"): "2"})
    order = Order.objects.get()
    main = phone.text.split("<main")[1].split("</main")[0]
    for wanted in (
        f"{order.number[:3]} {order.number[3:6]}",
        "180",
        "品质苑",
        "土鸡蛋",
        "12",
    ):
        assert wanted in main, wanted
    code = f"/mine/{order.number}/code.svg"
    assert f'src="{code}"' in main
    assert phone.client.get(code).content.startswith(b"<?xml")
    assert "/o/" in main
    assert "no-store" in phone.page["Cache-Control"]


def test_the_link_becomes_a_cookie_and_leaves_the_address(batch: Batch) -> None:
    order = make_order(batch, token_hash=tokens.stored(TOKEN))
    other = Client()
    page = other.get(f"/o/{TOKEN}/")
    assert page["Location"] == f"/mine/{order.number}/"
    cookie = other.cookies["orders"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert other.get(page["Location"]).status_code == 200


def test_a_wrong_link_or_another_phone_finds_nothing(batch: Batch) -> None:
    order = make_order(batch, token_hash=tokens.stored(TOKEN))
    stranger = Client()
    assert stranger.get("/o/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/").status_code == 404
    for path in ("", "code.svg", "change/", "cancel/"):
        assert stranger.get(f"/mine/{order.number}/{path}").status_code == 404
    stranger.cookies["orders"] = "x.y.%00" + "z" * 5000
    assert stranger.get(f"/mine/{order.number}/").status_code == 404
    assert stranger.get("/mine/").status_code == 200


def test_a_phone_lists_its_orders_newest_first_and_keeps_thirty(batch: Batch) -> None:
    held = [tokens.derived("test", str(n)) for n in range(32)]
    for n, token in enumerate(held):
        make_order(batch, home=f"12-{n}", token_hash=tokens.stored(token),
                   placed_at=NOON - timedelta(hours=2) + timedelta(minutes=n))  # fmt: skip
    phone = Client()
    for token in held:
        phone.get(f"/o/{token}/")
    text = phone.get("/mine/").content.decode()
    shown = [o.number for o in Order.objects.order_by("-placed_at") if o.number in text]
    assert len(shown) == 30
    assert sorted(shown, key=text.index) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    batch: Batch, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    phone = Client()
    for n in range(count):
        token = tokens.derived("test", str(n))
        make_order(batch, home=f"12-{n}", token_hash=tokens.stored(token))
        phone.get(f"/o/{token}/")
    with django_assert_num_queries(6):  # three of them are delivery's news
        phone.get("/mine/")


def test_what_was_bought_stays_readable_when_the_package_changes(phone: Phone) -> None:
    phone.order("A")
    version = Stock.objects.get(code="A").version
    newer = type(version).objects.create(
        package=version.package, number=2, made_at=NOON
    )
    PackageItem.objects.create(version=newer, position=0, name="萝卜", quantity="1根")
    text = phone.open(f"/mine/{Order.objects.get().number}/").text
    assert "土鸡蛋" in text
    assert "萝卜" not in text


def test_other_quantities_and_another_room(phone: Phone) -> None:
    phone.order("A")
    put(phone, "save", **{phone.field("A"): "0", phone.field("B"): "3"}, room="501")
    order = Order.objects.get()
    assert (order.total_cents, order.room) == (18000, "501")
    assert list(Stock.objects.order_by("code").values_list("reserved", flat=True)) == [
        0,
        3,
    ]
    assert HomeUse.objects.filter(quantity__gt=0).get().home_key == order.home_key
    assert "changed=1" in phone.page.redirect_chain[-1][0]


def test_the_last_package_stays_mine_while_i_change_my_room(phone: Phone) -> None:
    phone.order("A")
    Stock.objects.filter(code="A").update(quota=1)
    put(phone, "save", room="501")
    assert Order.objects.get().room == "501"


def test_a_change_that_is_refused_changes_nothing_and_loses_nothing(
    phone: Phone,
) -> None:
    phone.order("A")
    Stock.objects.filter(code="B").update(quota=0)
    put(phone, "save", **{phone.field("B"): "1"}, name="小魏")
    assert phone.page.status_code == 422
    assert phone.fields()["name"] == "小魏"
    assert Order.objects.get().total_cents == 6000
    put(phone, "save", room="9999")
    assert phone.page.status_code == 422
    assert 'name="home"' in phone.text


def test_a_lost_cookie_while_changing_costs_one_more_tap(phone: Phone) -> None:
    phone.order("A")
    url = f"/mine/{Order.objects.get().number}/change/"
    phone.open(url)
    sent = phone.fields() | {"step": "save", "room": "501"}
    del phone.client.cookies["csrftoken"]
    phone.page = phone.client.post(url, sent)
    assert phone.page.status_code == 200
    assert phone.fields()["room"] == "501"
    assert Order.objects.get().room == "502"
    phone.client.post(url, phone.fields() | {"step": "save"})
    assert Order.objects.get().room == "501"


def test_cancelling_takes_two_taps_and_gives_back_once(phone: Phone) -> None:
    phone.order("A")
    url = f"/mine/{Order.objects.get().number}/cancel/"
    phone.open(url)
    assert Order.objects.get().state == "standing"
    sent = phone.fields()
    assert phone.client.post(url, sent).status_code == 302
    assert Order.objects.get().state == "cancelled"
    assert Stock.objects.get(code="A").reserved == 0
    assert phone.client.post(url, sent).status_code == 409
    assert Stock.objects.get(code="A").reserved == 0


def test_a_lost_cookie_while_cancelling_asks_once_more(phone: Phone) -> None:
    phone.order("A")
    url = f"/mine/{Order.objects.get().number}/cancel/"
    sent = phone.open(url).fields()
    del phone.client.cookies["csrftoken"]
    phone.page = phone.client.post(url, sent)
    assert phone.page.status_code == 200
    assert Order.objects.get().state == "standing"
    phone.client.post(url, phone.fields())
    assert Order.objects.get().state == "cancelled"


def test_after_the_cutoff_it_says_why_not_and_whom_to_call(
    phone: Phone, at_noon: time_machine.Traveller
) -> None:
    phone.order("A")
    number = Order.objects.get().number
    phone.open(f"/mine/{number}/cancel/")
    sent = phone.fields()
    at_noon.move_to(NOON + timedelta(hours=5))
    phone.page = phone.client.post(f"/mine/{number}/cancel/", sent)
    assert phone.page.status_code == 409
    assert Order.objects.get().state == "standing"
    text = phone.open(f"/mine/{number}/?lang=en").text
    assert "17:00: the goods are being packed" in text
    assert f"/mine/{number}/change/" not in text
    assert 'href="tel:02164091111"' in text
    assert (
        "17:00: the goods are being packed"
        in phone.open(f"/mine/{number}/change/").text
    )


def test_it_tells_what_became_of_it(
    phone: Phone, at_noon: time_machine.Traveller
) -> None:
    phone.order("A")
    order = Order.objects.get()
    close(phone.batch)
    at_noon.move_to(NOON + timedelta(days=1, hours=4))
    told: dict[int, OrderNews] = {}

    def delivery_tells(sender: object, **asked: object) -> dict[int, OrderNews]:
        return told

    order_news.connect(delivery_tells)
    try:
        assert "Being packed" in english(phone, order)
        at = NOON + timedelta(days=1, hours=3, minutes=40)
        told[order.pk] = OrderNews("南门", at_gate=at)
        text = english(phone, order)
        assert "At the gate 15:40" in text
        assert "南门" in text
        told[order.pk] = OrderNews(
            "南门", at_gate=at, handed_out=at + timedelta(hours=1)
        )
        text = english(phone, order)
        assert "Handed out" in text
        assert "16:40" in text
    finally:
        order_news.disconnect(delivery_tells)


def english(phone: Phone, order: Order) -> str:
    return phone.open(f"/mine/{order.number}/?lang=en").text.split("<main")[1]


def test_voided_and_called_off_say_so_with_the_reason(phone: Phone) -> None:
    phone.order("A")
    Order.objects.update(state="void", ended_at=NOON, ended_reason="道路积水")
    text = phone.open(f"/mine/{Order.objects.get().number}/").text
    assert "道路积水" in text
    assert "/cancel/" not in text


@pytest.mark.parametrize(("paid", "says"), [(0, "60 yuan to the"), (6000, "✓ Paid")])
def test_what_is_due(phone: Phone, paid: int, says: str) -> None:
    phone.order("A")
    Order.objects.update(paid_cents=paid)
    assert says in english(phone, Order.objects.get())


def test_a_heads_order_can_be_changed_until_the_heads_cutoff(batch: Batch) -> None:
    order = make_order(batch, channel="head", token_hash=tokens.stored(TOKEN))
    late = batch.until_link + timedelta(minutes=1)
    assert until(order, late)
    assert not until(order, batch.until_heads)


def until(order: Order, now: datetime) -> bool:
    return mine_queries.mine([order], now=now)[0].can_change


def test_an_order_of_a_phone_that_holds_thirty_is_one_look(
    batch: Batch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    held = [tokens.derived("test", str(n)) for n in range(30)]
    orders = [
        make_order(batch, home=f"3-{n + 101}", token_hash=tokens.stored(token))
        for n, token in enumerate(held)
    ]
    phone = Client()
    phone.cookies["orders"] = ".".join(held)
    with django_assert_max_num_queries(5):
        page = phone.get(f"/mine/{orders[-1].number}/")
    assert page.status_code == 200
