"""想要: one tap, once a phone, from our own page only."""

import pytest
from django.test import Client

from catalog.models import Batch
from groupbuy.community.models import Compound
from orders.models import Demand
from tests.factories import close, make_batch, make_group_buy

pytestmark = pytest.mark.django_db


def url(batch: Batch, code: str = "A") -> str:
    return f"/g/{batch.group_buy.token}/want/{batch.stock.get(code=code).pk}/"


def test_a_phone_counts_once_however_often_it_taps(
    batch: Batch, pinzhiyuan: Compound
) -> None:
    phone, neighbour = Client(enforce_csrf_checks=True), Client()
    for _ in range(3):
        assert phone.post(url(batch), {"c": pinzhiyuan.pk}).status_code == 200
    assert Demand.objects.get().compound == pinzhiyuan
    phone.post(url(batch, "B"))
    neighbour.post(url(batch))
    assert Demand.objects.count() == 3


def test_the_phones_name_is_a_cookie_and_only_its_hash_is_kept(batch: Batch) -> None:
    phone = Client()
    phone.post(url(batch))
    cookie = phone.cookies["device"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert cookie.value not in str(Demand.objects.values().get())


@pytest.mark.parametrize(
    "sent_by",
    [{"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}],
)
def test_another_sites_button_is_refused(batch: Batch, sent_by: dict[str, str]) -> None:
    assert Client(**sent_by).post(url(batch)).status_code == 403
    assert not Demand.objects.exists()


def test_our_own_button_passes(batch: Batch) -> None:
    own = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
    assert Client(**own).post(url(batch)).status_code == 200


def test_other_days_and_group_buys_are_not_there(batch: Batch) -> None:
    other = make_batch(make_group_buy())
    crossed = f"/g/{batch.group_buy.token}/want/{other.stock.first().pk}/"
    assert Client().post(crossed).status_code == 404
    close(batch)
    assert Client().post(url(batch)).status_code == 404
    assert Client().get(url(batch)).status_code == 405
