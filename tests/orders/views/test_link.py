"""The shared link: complete, the same for everyone, light, and cheap to serve."""

import gzip
from datetime import timedelta

import brotli
import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Batch, Package, PackageItem
from groupbuy.community.models import Compound
from orders.views.link import PAGES
from tests.factories import (
    DAY,
    NOON,
    close,
    make_batch,
    make_compound,
    make_group_buy,
    make_order,
)

pytestmark = pytest.mark.django_db


def look(batch: Batch, path: str = "", **headers: str) -> str:
    PAGES.clear()
    page = Client().get(f"/g/{batch.group_buy.token}/{path}", **headers)
    assert page.status_code == 200
    return page.content.decode()


def test_it_shows_what_the_law_and_a_buyer_want_to_know(batch: Batch) -> None:
    Package.objects.update(category="蔬菜")
    text = look(batch)
    for wanted in (
        "古藤马桥", "蔬菜", "土鸡蛋", "10枚", "<b>60</b>", "1000", "021-64091234",
        "021-64120000", "缺货退款，三天内补发。", 'href="tel:02164091234"', "14:00–18:00",
    ):  # fmt: skip
        assert wanted in text, wanted


def test_the_price_for_500_grams_stands_where_the_weight_is_known(batch: Batch) -> None:
    batch.stock.get(code="A").version.__class__.objects.filter(stock__code="B").update(
        weight_grams=None
    )
    text = look(batch)
    a, b = text.split('id="p-A"')[1].split('id="p-B"')
    assert 'class="per"' in a
    assert 'class="per"' not in b


def test_days_are_shown_with_date_and_weekday(batch: Batch) -> None:
    text = look(batch, "?lang=en")
    assert "tomorrow" in text
    assert "Tuesday 12 April" in text
    assert "today Monday 11 April 17:00" in text
    assert "5 h" in text


def test_possible_items_are_named(batch: Batch) -> None:
    PackageItem.objects.filter(name="大米").update(possible="粳米或籼米")
    assert "粳米或籼米" in look(batch)


def test_hostile_text_stays_text(batch: Batch) -> None:
    batch.stock.update(title="<script>alert(1)</script>{{7*7}}")
    text = look(batch)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in text


def test_only_who_ticked_so_is_named_and_only_masked(batch: Batch) -> None:
    make_order(batch, home="3-502", name="魏大明", name_in_feed=True, note="敲门轻点")
    make_order(batch, home="12-1701", name="王小红", items={"A": 2, "B": 1})
    feed = look(batch).split('class="feed"')[1].split("</ul>")[0]
    assert "魏** · A×1" in feed
    assert "A×2 B×1" in feed
    for secret in ("大明", "王", "小红", "502", "1701", "13800138000", "敲门"):
        assert secret not in feed, secret


def test_a_cancelled_order_leaves_the_feed(batch: Batch) -> None:
    make_order(batch, items={"B": 4}, state="cancelled", ended_at=NOON)
    assert "B×4" not in look(batch)


def test_the_compound_comes_with_its_committee(
    batch: Batch, pinzhiyuan: Compound
) -> None:
    text = look(batch, f"c/{pinzhiyuan.pk}/")
    assert "品质苑居委会" in text
    assert f"/order/?c={pinzhiyuan.pk}&amp;pick=A" in text


def test_strangers_links_do_not_exist(batch: Batch) -> None:
    elsewhere = make_compound()
    assert (
        Client().get(f"/g/{batch.group_buy.token}/c/{elsewhere.pk}/").status_code == 404
    )
    assert Client().get("/g/nothinglikethis/").status_code == 404
    type(batch.group_buy).objects.update(published_at=None)
    assert Client().get(f"/g/{batch.group_buy.token}/").status_code == 404


def test_sold_out_paused_and_kept_for_heads_are_said_and_cannot_be_ordered(
    batch: Batch,
) -> None:
    batch.stock.filter(code="A").update(reserved=1000)
    batch.stock.filter(code="B").update(paused_at=NOON)
    text = look(batch, "?lang=en")
    assert "Sold out" in text
    assert "Paused for now" in text
    assert "pick=A" not in text
    assert "pick=B" not in text
    assert text.count("/want/") == 2
    batch.stock.filter(code="A").update(reserved=990, held=10)
    assert "Your building head may still have some." in look(batch, "?lang=en")


def test_a_called_off_package_says_why_and_is_not_wished_for(batch: Batch) -> None:
    batch.stock.filter(code="A").update(
        called_off_at=NOON, called_off_reason="供应商没货"
    )
    text = look(batch, "?lang=en")
    card = text.split('id="p-A"')[1].split("</article>")[0]
    assert "Called off for this day" in card
    assert "供应商没货" in card
    assert "Paused" not in text
    assert "/want/" not in card
    assert "pick=A" not in text


@pytest.mark.parametrize(
    ("hours", "says"),
    [(0, "Order now"), (5, "Ordering by link has ended"), (6, "Ordering has ended")],
)
def test_the_day_goes_by(
    batch: Batch, at_noon: time_machine.Traveller, hours: int, says: str
) -> None:
    at_noon.move_to(NOON + timedelta(hours=hours))
    text = look(batch, "?lang=en")
    assert says in text
    assert ("pick=A" in text) is (says == "Order now")


def test_a_closed_day_says_what_comes_next(batch: Batch) -> None:
    close(batch)
    text = look(batch, "?lang=en")
    assert "What was ordered comes tomorrow Tuesday 12 April" in text
    assert "Next delivery: the day after tomorrow Wednesday 13 April" in text


def test_while_the_next_day_is_open_the_last_one_still_has_its_line(
    batch: Batch,
) -> None:
    close(batch)
    make_batch(batch.group_buy, delivery_on=DAY + timedelta(days=2))
    text = look(batch, "?lang=en")
    assert "Order now" in text
    assert "Ordered before? It comes tomorrow Tuesday 12 April" in text


def test_called_off_and_over(batch: Batch) -> None:
    Batch.objects.update(state="called_off", called_off_reason="道路积水")
    assert "道路积水" in look(batch)
    Batch.objects.update(state="open")
    type(batch.group_buy).objects.update(ended_at=NOON)
    text = look(batch, "?lang=en")
    assert "This group buy is over" in text
    assert "pick=A" not in text


def test_a_preview_for_chat_apps_has_absolute_addresses(batch: Batch) -> None:
    text = look(batch)
    assert 'property="og:title" content="古藤马桥' in text
    assert 'property="og:image" content="http' in text
    assert 'property="og:description"' in text


def test_a_miss_costs_few_queries_and_a_hit_none(
    batch: Batch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_order(batch)
    client, url = Client(), f"/g/{batch.group_buy.token}/"
    with django_assert_num_queries(9):
        client.get(url)
    with django_assert_num_queries(0):
        client.get(url)


@pytest.mark.parametrize("codes", ["A", "ABCDE"])
def test_more_packages_and_orders_cost_no_more_queries(
    pinzhiyuan: Compound, codes: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    batch = make_batch(make_group_buy(compounds=[pinzhiyuan]), codes)
    for n in range(len(codes)):
        make_order(batch, home=f"12-{n}")
    with django_assert_num_queries(9):
        look(batch)


def test_it_sets_no_cookie_opens_no_session_and_carries_no_csrf_token(
    batch: Batch,
) -> None:
    client = Client()
    page = client.get(f"/g/{batch.group_buy.token}/")
    assert not page.cookies
    assert "csrf" not in page.content.decode()
    assert page["Cache-Control"] == "no-cache"


def test_the_same_bytes_for_everyone_but_size_and_language(batch: Batch) -> None:
    url = f"/g/{batch.group_buy.token}/"
    plain = Client().get(url)
    other = Client(HTTP_USER_AGENT="old", HTTP_ACCEPT_LANGUAGE="en")
    other.cookies.load({"orders": "a" * 32, "sessionid": "x", "csrftoken": "y"})
    same = other.get(url + "?from=groupmessage&isappinstalled=0")
    assert plain.content == same.content
    assert plain["ETag"] == same["ETag"]
    other.cookies.load({"size": "30"})
    bigger = other.get(url)
    assert b"size-30" in bigger.content
    assert bigger["ETag"] != plain["ETag"]
    assert Client().get(url).content == plain.content


def test_asking_for_a_size_is_remembered_and_leaks_to_nobody(batch: Batch) -> None:
    url = f"/g/{batch.group_buy.token}/"
    asked = Client().get(url + "?size=24")
    assert asked.cookies["size"].value == "24"
    assert not Client().get(url).cookies


def test_not_modified_and_packed(batch: Batch) -> None:
    client, url = Client(), f"/g/{batch.group_buy.token}/"
    plain = client.get(url)
    again = client.get(url, HTTP_IF_NONE_MATCH=plain["ETag"])
    assert again.status_code == 304
    assert not again.content
    packed = client.get(url, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert packed["Content-Encoding"] == "br"
    assert brotli.decompress(packed.content) == plain.content
    zipped = client.get(url, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(zipped.content) == plain.content
    assert len(packed.content) < 10_000


def test_it_can_be_read_only(batch: Batch) -> None:
    assert Client().post(f"/g/{batch.group_buy.token}/").status_code == 405
