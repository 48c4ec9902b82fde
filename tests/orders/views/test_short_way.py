"""The plain order's short way ends as the long one does, and the kept form is nobody's own."""

import pytest
from django.test import Client

from catalog.models import Batch
from orders.models import Order
from orders.views import fresh_form, ordering
from orders.views.link_cache import LinkCache
from tests.factories import make_batch, make_compound, make_group_buy
from tests.orders.views.phone import Phone, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(batch: Batch) -> Phone:
    return Phone(batch).start()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> LinkCache:
    """Forms are kept for a minute, as they are for a moment in the rush."""
    cache = LinkCache(seconds=60)
    monkeypatch.setattr(fresh_form, "FORMS", cache)
    return cache


def test_a_plain_form_needs_no_form_objects(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ordering, "sent_sheet")

    phone.tap("place", **home(phone, A="2"))

    assert Order.objects.get().lines.get().quantity == 2
    assert phone.page.status_code == 200


@pytest.mark.parametrize("token", ["", "a" * 32, "b" * 64])
def test_a_wrong_csrf_token_places_nothing(phone: Phone, token: str) -> None:
    phone.client.cookies["orders"] = "c" * 32

    phone.tap("place", csrfmiddlewaretoken=token, **home(phone, A="1"))

    assert not Order.objects.exists()


def test_another_sites_form_places_nothing(phone: Phone) -> None:
    data = phone.fields() | home(phone, A="1") | {"step": "place"}

    phone.client.post(
        f"/g/{phone.token}/order/", data, HTTP_ORIGIN="https://evil.example"
    )

    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"A": "9"}, 422),
        ({"A": "1.5"}, 422),
        ({"A": "-1"}, 422),
        ({"A": "1", "room": "777"}, 422),
        ({"A": "1", "phone": "12"}, 422),
        ({"A": "1", "name": "魏" * 21}, 422),
        ({"A": "1", "batch": "0"}, 404),
        ({"A": "1", "compound": "0"}, 422),
        ({"A": "1", "compound": "9" * 20}, 422),
        ({"A": "1", "building": "7" * 40}, 422),
        ({"A": "1", "room": "7" * 40}, 422),
        ({"A": "1", "q_999999": "1"}, 404),
    ],
)
def test_what_is_not_plain_is_refused_as_ever(
    phone: Phone, typed: dict[str, str], status: int
) -> None:
    pieces = typed.pop("A")
    phone.tap("place", **(home(phone, A=pieces) | typed))

    assert phone.page.status_code == status
    assert not Order.objects.exists()


@pytest.mark.parametrize("pieces", ["２", "两", " 2 "])
def test_what_only_the_long_way_reads_is_an_order_too(
    phone: Phone, pieces: str
) -> None:
    phone.tap("place", **home(phone, A=pieces))

    assert Order.objects.get().lines.get().quantity == 2


def test_a_remembered_home_is_kept_by_the_phone(phone: Phone) -> None:
    phone.tap("place", remember="on", **home(phone, A="1"))

    assert phone.client.cookies["home"].value
    assert 'value="502"' in phone.start().text


def test_a_kept_form_gives_each_reader_a_key_and_a_token_of_their_own(
    batch: Batch, kept: LinkCache
) -> None:
    one, other = Phone(batch).start(), Phone(batch).start()

    assert len(kept._pages) == 1
    for name in ("key", "csrfmiddlewaretoken"):
        assert one.fields()[name] != other.fields()[name]
        assert len(one.fields()[name]) in {22, 64}
    assert one.tap("place", **home(one, A="1")).page.status_code == 200
    assert other.tap("place", **home(other, A="1")).page.status_code == 200
    assert Order.objects.count() == 2


def test_a_kept_form_is_that_of_its_own_address(kept: LinkCache, db: None) -> None:
    near, far = make_compound(name="品质苑"), make_compound(name="飞碟苑")
    batch = make_batch(make_group_buy(compounds=[near, far]))
    path, phone = f"/g/{batch.group_buy.token}/order/", Client()

    def chosen(query: str) -> str:
        page = phone.get(path + query).content.decode()
        return page.split(" selected>")[1].split("<")[0]

    assert chosen(f"?c={near.pk}") == "品质苑"
    assert chosen(f"?c={far.pk}") == "飞碟苑"
    plain, picked = (phone.get(f"{path}?c={near.pk}{p}") for p in ("", "&pick=A"))
    first = f'name="q_{batch.stock.get(code="A").pk}" value="'
    assert first + "0" in plain.content.decode()
    assert first + "1" in picked.content.decode()
    english = phone.get(f"{path}?c={near.pk}&lang=en").content.decode()
    assert "How many of each?" in english
    assert "How many of each?" in phone.get(f"{path}?c={near.pk}").content.decode()
    assert "How many of each?" not in Client().get(path).content.decode()


def test_made_up_picks_are_not_kept_and_several_are_made_for_who_asks(
    batch: Batch, kept: LinkCache
) -> None:
    path = f"/g/{batch.group_buy.token}/order/"

    def form(query: str) -> str:
        return Client().get(path + query).content.decode()

    a, b = (
        f'name="q_{batch.stock.get(code=code).pk}" value="1"' for code in ("A", "B")
    )
    assert a not in form("")
    assert a in form("?pick=A")
    for n in range(5):
        assert a not in form(f"?pick=x{n}")
        assert a in form(f"?pick=A&pick=x{n}&pick=A")
    both = form("?pick=A&pick=B")
    assert a in both
    assert b in both
    assert len(kept) == 2, "the plain one and the one with A"


def test_a_phone_that_remembers_its_home_leaves_nothing_in_what_is_kept(
    phone: Phone, batch: Batch, kept: LinkCache
) -> None:
    phone.tap("place", remember="on", **home(phone, A="1"))
    assert 'value="13800138000"' in phone.start().text

    assert "13800138000" not in Phone(batch).start().text
    assert all(b"13800138000" not in page.body for page in kept._pages.values())
