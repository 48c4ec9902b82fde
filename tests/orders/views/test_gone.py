"""The page of a sold-out package: kept for a crowd, and yet everybody's own."""

import re
from collections.abc import Callable

import pytest
import time_machine

from catalog.models import Batch, Stock
from orders.models import Order
from orders.views import gone, quick
from orders.views.link_cache import LinkCache
from tests.orders.views.phone import Phone, home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> LinkCache:
    """Pages are kept for a minute, and none is left over from another test."""
    cache = LinkCache(seconds=60)
    monkeypatch.setattr(gone, "PAGES", cache)
    return cache


@pytest.fixture
def bought(batch: Batch) -> Callable[..., Phone]:
    """A phone that took its form while there was enough of A, and sends it when there is not."""
    phones = {n: Phone(batch).start() for n in range(3)}
    Stock.objects.filter(code="A").update(quota=1)

    def sends(n: int = 0, **typed: str) -> Phone:
        return phones[n].tap("place", **(home(phones[n], A="2", B="1") | typed))

    return sends


def plain(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("quota", [0, 1])
def test_it_is_the_page_of_the_long_way(
    phone: Phone, language: str, quota: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.start()
    words = {"name": "<王>'阿姨'", "note": '放 "门口"', "step": "place"}
    data = phone.fields() | home(phone, A="2", B="1") | words
    Stock.objects.filter(code="A").update(quota=quota)
    address = f"/g/{phone.token}/order/?lang={language}"

    short = phone.client.post(address, data)
    monkeypatch.setattr(quick, "gone_page", lambda *_: None)
    long = phone.client.post(address, data)

    assert short.status_code == long.status_code == 409
    assert short["X-Refused"] == long["X-Refused"] == "sold_out"
    assert plain(short.content.decode()) == plain(long.content.decode())
    assert "&lt;王&gt;" in short.content.decode()


def test_two_phones_share_the_page_but_no_field(
    bought: Callable[..., Phone], kept: LinkCache
) -> None:
    one, other = bought(0, room="501", name="魏"), bought(1, room="502", name="")
    assert len(kept) == 1
    for phone, room, not_room in ((one, "501", "502"), (other, "502", "501")):
        assert f'name="room" value="{room}"' in phone.text
        assert f'value="{not_room}"' not in phone.text
    assert "魏" not in other.text
    assert one.fields()["key"] != other.fields()["key"]


def test_the_rest_can_be_ordered_from_it(bought: Callable[..., Phone]) -> None:
    phone = bought(0, room="502")
    phone.tap("place", form=1)
    lines = Order.objects.get().lines.order_by("stock__code")
    assert [(line.stock.code, line.quantity) for line in lines] == [("A", 1), ("B", 1)]


def test_what_came_free_is_sold(bought: Callable[..., Phone]) -> None:
    assert bought(0).page.status_code == 409
    Stock.objects.filter(code="A").update(quota=9)
    assert bought(1).page.status_code == 200
    assert Order.objects.count() == 1


def test_a_repeat_finds_its_order_although_it_took_the_last(
    phone: Phone, batch: Batch
) -> None:
    phone.start()
    data = phone.fields() | home(phone, A="2") | {"step": "place"}
    phone.client.post(f"/g/{phone.token}/order/", data)
    Stock.objects.filter(code="A").update(quota=2)

    again = phone.client.post(f"/g/{phone.token}/order/", data)

    assert again.status_code == 302
    assert Order.objects.count() == 1


def test_a_closed_day_is_late_not_sold_out(bought: Callable[..., Phone]) -> None:
    Stock.objects.update(is_open=False)
    assert bought(0).page["X-Refused"] == "late"


def test_after_the_cutoff_it_is_late_although_the_rows_are_not_closed_yet(
    bought: Callable[..., Phone], batch: Batch, at_noon: time_machine.Traveller
) -> None:
    """Whoever hears "sold out" presses "order the rest", and only then hears the truth."""
    at_noon.move_to(batch.until_link)
    assert bought(0).page["X-Refused"] == "late"


def test_who_wants_nothing_else_goes_back_to_the_packages(
    bought: Callable[..., Phone],
) -> None:
    phone = bought(0)
    assert f'href="/g/{phone.token}/">' in phone.text
