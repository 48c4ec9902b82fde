"""The page of an ordinary order is joined from pieces, and is the page rendered for it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound
from groupbuy.shared import tokens
from groupbuy.shared.moment import Moment
from orders.models import Order, OrderLine
from orders.views import mine, ticket
from orders.views.link_cache import LinkCache
from tests.factories import NOON, make_committee, make_compound, make_order

pytestmark = pytest.mark.django_db
ODD = '<b>"魏"&\'%s{{ x }}'  # what a page must not take for its own
HOMES = ("3-502", "3-1-502", "<3>-'2'-\"5\"&")


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> LinkCache:
    """Pages and lines are kept for a minute, and none is left over from another test."""
    cache = LinkCache(seconds=60)
    monkeypatch.setattr(ticket, "TICKETS", cache)
    monkeypatch.setattr(ticket, "LINES", Moment(times=60))
    return cache


@pytest.fixture
def places(batch: Batch) -> list[Compound]:
    """The estate, one with an odd name and nobody to call, and a village."""
    town = batch.group_buy.town
    odd = make_compound(make_committee(town, phone=""), '<i>"园"&\'')
    village = make_compound(
        make_committee(town, "朱行村委会", phone="021-64093333"),
        "朱行村",
        kind=Compound.Kind.VILLAGE,
    )
    for compound in (odd, village):
        batch.group_buy.places.create(compound=compound)
    Stock.objects.filter(code="B").update(title="<套餐> & \"B\" '2'")
    return [batch.group_buy.places.first().compound, odd, village]


def phone_of(order: Order, **cookies: str) -> Client:
    """A phone that holds this order."""
    token = tokens.derived("test", order.number)
    Order.objects.filter(pk=order.pk).update(token_hash=tokens.stored(token))
    phone = Client()
    for name, value in ({"orders": token} | cookies).items():
        phone.cookies[name] = value
    return phone


def look(phone: Client, order: Order, query: str = "") -> str:
    page = phone.get(f"/mine/{order.number}/{query}")
    assert page.status_code == 200
    return page.content.decode()


def rendered(
    phone: Client, order: Order, monkeypatch: pytest.MonkeyPatch, query: str = ""
) -> str:
    """The page as the template writes it for this order alone."""
    with monkeypatch.context() as patch:
        patch.setattr(mine, "is_ordinary", lambda *_: False)
        return look(phone, order, query)


@pytest.mark.parametrize("query", ["", "?new=1", "?changed=1"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_order_has_its_own_page(
    places: list[Compound],
    batch: Batch,
    language: str,
    query: str,
    kept: LinkCache,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orders = [
        make_order(
            batch,
            place,
            home,
            name=name,
            items=items,
            placed_at=placed_at,
            channel=channel,
        )
        for place, home in zip([*places, *places], [*HOMES, *HOMES[::-1]], strict=True)
        for name, items, placed_at, channel in (
            ("", {"A": 1}, NOON, "link"),
            ("", {"A": 1}, NOON, "head"),
            (ODD, {"A": 2, "B": 12}, NOON - timedelta(hours=14), "link"),
        )
    ]
    for n, order in enumerate(orders):  # numbers as they are; one amount with cents
        order.number = str(837755351 + n)
        Order.objects.filter(pk=order.pk).update(number=order.number)
    Order.objects.filter(pk=orders[0].pk).update(total_cents=4990)
    for order in orders:
        for size, helped in (("20", ""), ("20", order.number), ("30", "1")):
            phone = phone_of(order, lang=language, size=size, helped=helped)
            page = look(phone, order, query)
            assert page == rendered(phone, order, monkeypatch, query)
            assert order.number in page
            assert ("&lt;b&gt;&quot;魏&quot;" in page) == bool(order.name)
    assert 0 < len(kept) < 3 * len(orders)  # pages are shared by those alike


def test_two_orders_that_are_alike_share_a_page_and_no_word(
    batch: Batch, kept: LinkCache
) -> None:
    for row in batch.stock.all():
        Stock.objects.filter(pk=row.pk).update(title=f"套餐{row.code}")
    own_words = [
        ["111222333", "111 222 333", "甲栋", "五零二室", "魏女士", "7777.01", "套餐A"],
        ["444555666", "444 555 666", "乙栋", "六零一室", "陈阿姨", "8888.02", "套餐B"],
    ]
    orders = [
        make_order(
            batch, number=number, items={title[-1]: 3}, building=building, room=room,
            name=name, total_cents=int(amount.replace(".", "")),
        )
        for number, _, building, room, name, amount, title in own_words
    ]  # fmt: skip
    pages = [look(phone_of(order), order) for order in orders]

    assert len(kept) == 1
    shared = next(iter(kept._pages.values())).body.decode()
    assert batch.group_buy.title in shared
    for n, words in enumerate(own_words):
        for word in [*words, tokens.derived("test", words[0])]:
            assert word in pages[n]
            assert word not in pages[1 - n]
            assert word not in shared


def test_so_many_of_a_package_look_the_same_for_everybody(
    batch: Batch, settings: Settings
) -> None:
    settings.MOMENT_SECONDS = 60
    stocks = {row.code: row for row in batch.stock.select_related("version")}
    seen = [
        ticket.drawn(OrderLine(stock=stocks[code], quantity=quantity), language)
        for code, quantity, language in (
            ("A", 1, "zh-hans"),
            ("A", 2, "zh-hans"),
            ("B", 1, "zh-hans"),
            ("A", 1, "en"),
        )
        for _again in range(2)
    ]
    assert seen[::2] == seen[1::2]
    assert len(ticket.LINES._kept) == 4


def test_a_mark_for_a_name_is_a_name(batch: Batch) -> None:
    """Nobody can guess one; if somebody did, it would open no place."""
    order = make_order(batch, name=ticket.URL[:20], building=ticket.NUMBER[:20])
    Order.objects.filter(pk=order.pk).update(room=ticket.ROOM[:20])
    phone = phone_of(order)
    marks = (ticket.NUMBER, ticket.URL, ticket.ROOM)
    assert look(phone, order).count(ticket.URL[:20]) == 1
    assert not any(mark in look(phone, order) for mark in marks)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"paid_cents": 6000}, "✓ "),
        ({"paid_cents": 123}, "58.77"),
        ({"total_cents": 0}, "✓ "),
        ({"state": "cancelled", "ended_at": NOON}, "state-cancelled"),
        ({"state": "void", "ended_at": NOON, "ended_reason": "双份"}, "双份"),
    ],
)
def test_an_order_that_is_not_ordinary_is_rendered(
    batch: Batch, kept: LinkCache, change: dict[str, object], seen: str
) -> None:
    order = make_order(batch)
    phone = phone_of(order)
    assert seen not in look(phone, order)
    Order.objects.filter(pk=order.pk).update(**change)
    kept.clear()
    assert seen in look(phone, order)
    assert len(kept) == 0


def test_nor_is_one_whose_day_is_over(
    batch: Batch, kept: LinkCache, at_noon: time_machine.Traveller
) -> None:
    order = make_order(batch)
    phone = phone_of(order)
    change = f"/mine/{order.number}/change/"
    assert change in look(phone, order)
    kept.clear()
    at_noon.move_to(batch.until_link)
    assert change not in look(phone, order)
    at_noon.move_to(NOON)
    Batch.objects.update(state=Batch.State.CALLED_OFF)
    assert change not in look(phone, order)
    assert len(kept) == 0


def test_tomorrow_is_said_of_the_day_of_the_look(
    batch: Batch,
    kept: LinkCache,
    at_noon: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Batch.objects.update(until_link=batch.until_link + timedelta(days=1))
    order = make_order(batch)
    phone = phone_of(order, lang="en")
    today = look(phone, order)
    at_noon.move_to(NOON + timedelta(hours=13))
    assert look(phone, order) == rendered(phone, order, monkeypatch) != today
    assert len(kept) == 2


def test_an_order_without_lines_is_shown_to_its_owner(batch: Batch) -> None:
    """It must not be; if one is, its owner is the last who should find nothing."""
    order = make_order(batch)
    order.lines.all().delete()
    assert f"/mine/{order.number}/change/" in look(phone_of(order), order)


def test_another_phones_token_opens_only_its_own(batch: Batch) -> None:
    order, other = make_order(batch), make_order(batch, home="3-501")
    phone = phone_of(other)
    phone_of(order)
    assert phone.get(f"/mine/{other.number}/").status_code == 200
    assert phone.get(f"/mine/{order.number}/").status_code == 404


def test_other_words_in_the_address_are_nobody_elses(
    batch: Batch, kept: LinkCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = make_order(batch)
    phone = phone_of(order)
    for query in ("?new=1&x=<b>", "?new=2", "?size=24", "?new=1&new=1"):
        assert look(phone, order, query) == rendered(phone, order, monkeypatch, query)
    assert len(kept) == 0
