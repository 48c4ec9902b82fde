"""When an order cannot be taken as it is: why, beside the field, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
import time_machine

from catalog.models import Batch, Stock
from groupbuy.community.models import Compound
from orders.models import Order
from tests.factories import DAY, NOON, close, make_batch, make_group_buy
from tests.orders.views.phone import Phone, home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "many", ["-1", "1.5", "1e9", "NaN", "+1", "1000", "٣x", "六份"]
)
def test_a_number_that_is_none_is_refused_beside_its_field(
    phone: Phone, many: str
) -> None:
    phone.start()
    name = phone.field("A")
    phone.tap("review", **{name: many}, building="3", room="502", phone="13800138000")
    assert phone.page.status_code == 422
    assert f'id="{name}-no"' in phone.text
    assert phone.fields()[name] == many
    assert not Order.objects.exists()


def test_every_fault_is_listed_on_top_and_nothing_typed_is_lost(phone: Phone) -> None:
    phone.start()
    phone.tap("review", building="3", phone="1380013800", name="魏女士", note="敲门")
    text = phone.text
    for anchor in ("#packages", "#room", "#phone"):
        assert f'<a href="{anchor}">' in text
    assert '<a href="#room">室号 · ' in text, "each fault names its field"
    sent = phone.fields()
    assert (sent["building"], sent["phone"]) == ("3", "1380013800")
    assert (sent["name"], sent["note"]) == ("魏女士", "敲门")


def test_a_home_that_is_not_there_brings_the_nearest_three_to_tap(phone: Phone) -> None:
    phone.start("A").tap("review", building="3", room="503", phone="13800138000")
    assert phone.page.status_code == 422
    assert phone.text.count('name="home"') == 3
    assert 'value="3//502"' in phone.text
    phone.tap("", home="3//502").tap("place")
    assert Order.objects.get().room == "502"


def test_the_same_form_with_other_contents_is_told_so(phone: Phone) -> None:
    phone.start("A").tap("review", building="3", room="502", phone="13800138000")
    sent = phone.fields() | {"step": "place"}
    phone.client.post(f"/g/{phone.token}/order/", sent)
    page = phone.client.post(f"/g/{phone.token}/order/", sent | {phone.field("A"): "2"})
    assert page.status_code == 409
    assert page["X-Refused"] == "other_body"
    assert 'href="/mine/"' in page.content.decode()
    assert Order.objects.get().total_cents == 6000


def test_sold_out_in_between_offers_the_rest_in_one_tap(phone: Phone) -> None:
    phone.start("A", "B").tap("review", building="3", room="502", phone="13800138000")
    Stock.objects.filter(code="A").update(quota=0)
    phone.tap("place")
    assert phone.page.status_code == 409
    assert phone.page["X-Refused"] == "sold_out"
    assert not Order.objects.exists()
    phone.tap("place", form=1)
    order = Order.objects.get()
    assert [line.stock.code for line in order.lines.all()] == ["B"]
    assert (order.room, order.phone) == ("502", "13800138000")


def test_sold_out_in_part_offers_what_is_left(phone: Phone) -> None:
    phone.start().tap("review", **home(phone, A="3"))
    Stock.objects.filter(code="A").update(quota=2)
    phone.tap("place")
    phone.tap("place", form=1)
    assert Order.objects.get().lines.get().quantity == 2


def test_sold_out_and_back_keeps_what_was_typed(phone: Phone) -> None:
    phone.start().tap("review", **home(phone, A="1", B="2"), name="魏女士")
    Stock.objects.filter(code="A").update(quota=0)
    phone.tap("place").tap("form")
    sent = phone.fields()
    assert (sent["name"], sent["room"], sent[phone.field("B")]) == (
        "魏女士",
        "502",
        "2",
    )


def test_too_late_keeps_the_basket_for_the_next_day(
    phone: Phone, at_noon: time_machine.Traveller
) -> None:
    phone.start("A", "B").tap("review", building="3", room="502", phone="13800138000")
    at_noon.move_to(NOON + timedelta(hours=5))
    close(phone.batch)
    make_batch(phone.batch.group_buy, delivery_on=DAY + timedelta(days=2),
               until_link=NOON + timedelta(days=1), until_heads=NOON + timedelta(days=1))  # fmt: skip
    phone.tap("place")
    assert phone.page.status_code == 409
    assert phone.page["X-Refused"] == "late"
    assert "021-64091111" in phone.text
    assert not Order.objects.exists()
    phone.tap("form").tap("review").tap("place")
    order = Order.objects.get()
    assert order.batch.delivery_on == DAY + timedelta(days=2)
    assert order.total_cents == 12000
    assert order.room == "502"


def test_too_late_without_a_next_day_names_whom_to_call(
    phone: Phone, at_noon: time_machine.Traveller
) -> None:
    phone.start("A")
    sent = home(phone)
    at_noon.move_to(NOON + timedelta(hours=5, seconds=1))
    phone.tap("review", **sent)
    assert phone.page.status_code == 409
    assert 'href="tel:02164091111"' in phone.text
    assert phone.start("A").page.redirect_chain
    astray = phone.open(f"/g/{phone.token}/order/?c=999999999999999999999").page
    assert astray.status_code == 200


def test_another_days_package_or_another_group_buys_day_is_not_there(
    phone: Phone,
) -> None:
    other = make_batch(make_group_buy())
    phone.start("A")
    sent = phone.fields() | home(phone)
    url = f"/g/{phone.token}/order/"
    foreign = {f"q_{other.stock.first().pk}": "1"}
    assert phone.client.post(url, sent | foreign).status_code == 404
    assert phone.client.post(url, sent | {"batch": str(other.pk)}).status_code == 404
    assert phone.client.post(url, sent | {"batch": "x"}).status_code == 404


def test_over_the_limit_in_the_form_and_over_all_orders(
    phone: Phone, batch: Batch
) -> None:
    phone.start().tap("review", **home(phone, A="6"))
    assert f'id="{phone.field("A")}-no"' in phone.text
    phone.order(**home(phone, A="5"))
    stranger = Phone(batch)
    stranger.start().tap("review", **home(phone, A="1")).tap("place")
    assert stranger.page.status_code == 422
    assert stranger.page["X-Refused"] == "over_limit"
    assert Order.objects.count() == 1


def test_a_number_with_a_fault_is_never_hidden(pinzhiyuan: Compound) -> None:
    phone = Phone(make_batch(make_group_buy(compounds=[pinzhiyuan]), "ABCDEF"))
    phone.start("C").tap("review", **home(phone, F="-1"))
    assert f'id="{phone.field("F")}-no"' in phone.text.partition('class="others"')[0]


def test_two_empty_boxes_say_each_which_one_it_is(phone: Phone) -> None:
    phone.client.cookies["lang"] = "en"
    phone.start("A")
    assert 'placeholder="e.g. 302"' in phone.text
    phone.tap("review", **home(phone, A="1") | {"building": "", "room": ""})

    said = re.findall(r'class="refusal" id="(?:building|room)-no">([^<]*)<', phone.text)

    assert said == ["Building: Please fill this in.", "Room: Please fill this in."]
