"""Looking homes up by the hundred: slowed by browser, home and number, never by the address."""

import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from catalog.models import Batch
from groupbuy.shared import tokens
from orders.models import Order
from orders.queries import tries
from tests import factories

pytestmark = pytest.mark.django_db
NEAR = 'id="nearest"'
ADDRESS = "117.136.0.8"  # one of a carrier's, for thousands


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(factories.NOON, tick=False):
        yield


@pytest.fixture
def batch(db: None) -> Batch:
    rooms = [f"{floor}0{n}" for floor in range(1, 9) for n in (1, 2)]
    compound = factories.make_compound(buildings={"3": rooms})
    group_buy = factories.make_group_buy(compounds=[compound])
    factories.make_offer(group_buy, "A", household_limit=2)
    return factories.make_batch(group_buy, "A")


@dataclass
class Browser:
    """One phone; ``cookie`` is what the form page has left in it."""

    batch: Batch
    cookie: str = ""
    phone: str = "13800138000"

    def sent(
        self, step: str, room: str, number: int = 1, **headers: str
    ) -> HttpResponse:
        client = Client(headers=headers)
        if self.cookie:
            client.cookies["csrftoken"] = self.cookie
        data = {
            "batch": self.batch.pk,
            "key": tokens.new_key(),
            "step": step,
            "compound": self.batch.group_buy.places.get().compound_id,
            "building": "3",
            "room": room,
            "phone": self.phone,
            f"q_{self.batch.stock.get().pk}": number,
        }
        page = f"/g/{self.batch.group_buy.token}/order/"
        return client.post(page, data, REMOTE_ADDR=ADDRESS)


def browser(batch: Batch, n: int) -> Browser:
    return Browser(batch, f"{n:032d}", f"139{n:08d}")


def is_slowed(answer: HttpResponse) -> bool:
    return "too_many" in answer.headers.get("X-Refused", "") or (
        str(tries.TooManyTries(tries.MINUTES).sentence) in answer.content.decode()
    )


@pytest.mark.once
def test_three_hundred_phones_behind_one_address_are_served(batch: Batch) -> None:
    for n in range(300):
        answer = browser(batch, n).sent("review", f"9{n:03d}")
        assert not is_slowed(answer)
        assert NEAR in answer.content.decode()


@pytest.mark.once
def test_one_phone_that_asks_three_hundred_times_is_told_to_wait(batch: Batch) -> None:
    """Another number each time, another forged address each time: it is one browser."""
    one = browser(batch, 1)
    slowed = 0
    for n in range(300):
        one.phone = f"139{n:08d}"
        answer = one.sent(
            "review", f"9{n:03d}", **{"X-Forwarded-For": f"10.0.{n // 256}.{n % 256}"}
        )
        slowed += is_slowed(answer)
    assert slowed == 300 - tries.MOST
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="9299"' in text, "nothing typed is lost"
    assert NEAR not in text
    assert "tel:" in text, "and whom to call stands there"


def test_a_telephone_number_is_counted_too(batch: Batch) -> None:
    answers = [
        Browser(batch).sent("review", f"9{n:03d}") for n in range(tries.MOST + 1)
    ]
    assert [is_slowed(a) for a in answers] == [False] * tries.MOST + [True]


def test_and_so_is_a_home(batch: Batch) -> None:
    answers = [browser(batch, n).sent("review", "777") for n in range(tries.MOST + 1)]
    assert [is_slowed(a) for a in answers] == [False] * tries.MOST + [True]
    assert not is_slowed(browser(batch, 99).sent("review", "778"))


def test_a_slowed_phone_learns_nothing_of_a_home_that_exists(batch: Batch) -> None:
    one = browser(batch, 1)
    for n in range(tries.MOST):
        one.sent("review", f"9{n:03d}")
    there, nowhere = one.sent("review", "801"), one.sent("review", "999")
    assert there.status_code == nowhere.status_code == 422
    assert same_for_all(there).replace("801", "999") == same_for_all(nowhere)


def same_for_all(answer: HttpResponse) -> str:
    """The page without what is random in every page."""
    return re.sub(r'value="[\w-]{22,}"', "", answer.content.decode())


def test_nobody_can_lock_a_home_out_of_its_order(batch: Batch) -> None:
    for n in range(3 * tries.MOST):
        browser(batch, n).sent("review", "801x")
        browser(batch, 7).sent("review", f"9{n:03d}")
    owner = browser(batch, 500)
    assert owner.sent("place", "801").status_code == 302
    slowed = browser(batch, 7)
    assert slowed.sent("place", "802").status_code == 302, "an order is no look-up"
    assert Order.objects.count() == 2


def test_whether_a_home_has_ordered_is_asked_in_vain_soon(batch: Batch) -> None:
    factories.make_order(batch, home="3-801", items={"A": 2})
    told = [browser(batch, n).sent("place", "801", 2)["X-Refused"] for n in range(30)]
    assert told == ["over_limit"] * tries.MOST + ["too_many"] * (30 - tries.MOST)


def test_over_the_limit_sounds_the_same_whether_or_not_the_home_has_ordered(
    batch: Batch,
) -> None:
    factories.make_order(batch, home="3-801", items={"A": 2})
    stock, compound = batch.stock.get().pk, batch.group_buy.places.get().compound_id

    def asked(room: str, quantity: int) -> HttpResponse:
        home = {"compound": compound, "building": "3", "room": room}
        wish = {"items": [{"stock": stock, "quantity": quantity}]}
        told = {"submit_key": tokens.new_key(), "phone": "13900000001"}
        address = f"/api/v1/batches/{batch.pk}/orders/"
        body = home | wish | told
        return Client().post(address, body, content_type="application/json")

    has_all, has_none = asked("801", 1), asked("802", 3)
    assert has_all.json()["code"] == "over_limit"
    assert (has_all.status_code, has_all.content) == (409, has_none.content)


def test_a_miss_takes_as_long_near_a_home_as_far_from_any(batch: Batch) -> None:
    """In the processor's time, since a busy machine's clock says nothing."""

    def took(room: str, n: int) -> float:
        start = time.process_time()
        assert browser(batch, n).sent("review", room).status_code == 422
        return time.process_time() - start

    pairs = [(took("8019", 2 * n), took("1", 2 * n + 1)) for n in range(15)]
    near, far = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert abs(near - far) < 0.005


def test_the_plain_order_is_not_looked_at(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one look at the counter where nothing is missed."""

    def fail(*_args: object, **_more: object) -> bool:
        raise AssertionError("the counter was asked")

    monkeypatch.setattr(tries.MISSES, "are_many", fail)
    monkeypatch.setattr(tries.MISSES, "add", fail)
    assert browser(batch, 1).sent("place", "801").status_code == 302


def test_a_broken_counter_lets_the_order_form_work(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries.MISSES, "_counts", None)
    assert "801" in browser(batch, 1).sent("review", "8011").content.decode()
