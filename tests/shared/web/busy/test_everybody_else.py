"""Whoever looks, staff and machines while the database is in trouble; and faults of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse

from catalog.models import Batch
from groupbuy.shared import tokens
from groupbuy.shared.web.busy import tried_again
from tests.orders.views.phone import Phone
from tests.shared.web.busy.outage import (
    connected,
    in_a_hurry,
    nobody_answers,
    somebody_holds,
)
from tests.shared.web.busy.pages import TYPED, busy, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("page", ["/mine/123456789/", "/healthz", "/nothing/here/"])
def test_a_page_that_cannot_be_read_offers_itself_again(page: str) -> None:
    client = Client(raise_request_exception=False)
    with nobody_answers():
        answer = client.get(f"{page}?lang=en&size=30")
        if answer.status_code == 404:
            return  # needs no database at all
        text = busy(answer)
    assert f'href="{page}?lang=en&amp;size=30"' in text
    assert "<form" not in text


def test_staff_hear_it_before_anybody_knows_who_they_are(
    town: Client, batch: Batch
) -> None:
    """The session's own look-up fails, outside of any view."""
    page = reverse("row-quota", args=[row(batch).pk])
    with nobody_answers():
        text = busy(town.get(reverse("today")))
        assert "Open the page again" in text
        text = busy(town.post(page, {"more": "10"}))
        assert "Please look first" in text
        assert 'name="more" value="10"' in text
        part = town.post(page, {"more": "10"}, headers={"HX-Request": "true"})
        assert part["HX-Retarget"] == part["HX-Reselect"] == "#content"
        assert 'id="content"' in busy(part)
        fetched = town.get(reverse("site-state"), headers={"HX-Request": "true"})
        assert (fetched.status_code, fetched["HX-Reswap"]) == (503, "none")
    assert town.post(page, {"more": "10"}).status_code in {200, 302}


def test_a_row_that_is_held_costs_staff_one_more_tap(
    town: Client, batch: Batch
) -> None:
    page = reverse("row-quota", args=[row(batch).pk])
    before = row(batch).quota
    with in_a_hurry(), somebody_holds(row(batch).pk):
        text = busy(town.post(page, {"more": "10"}))
    assert 'name="more" value="10"' in text
    assert "look first" not in text  # it was rolled back, so it is safe
    assert row(batch).quota == before


def test_a_password_is_never_sent_back() -> None:
    client = Client(raise_request_exception=False)
    with nobody_answers():
        told = {"username": "zhang", "password": "correct horse"}
        text = busy(client.post(reverse("sign-in"), told))
    assert "correct horse" not in text
    assert "<form" not in text


@pytest.mark.parametrize("code", ["492817", " 49 28 17", "k3v9xqzt2m"])
def test_a_code_that_opens_the_desk_is_never_sent_back(town: Client, code: str) -> None:
    with nobody_answers():
        text = busy(town.post(reverse("second-factor"), {"code": code}))
        package = busy(town.post(reverse("today"), {"code": "A"}))
    assert code.strip() not in text
    assert "<form" not in text
    assert 'name="code" value="A"' in package, "a package's letter is no secret"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_machine_is_told_to_wait_in_its_own_shape(
    batch: Batch, language: str
) -> None:
    client = Client(raise_request_exception=False)
    place = f"/api/v1/batches/{batch.pk}/orders/?lang={language}"
    body = {
        "compound": batch.group_buy.places.get().compound_id,
        "building": "3",
        "room": "502",
        "phone": TYPED["phone"],
        "items": [{"stock": row(batch).pk, "quantity": 1}],
        "submit_key": tokens.new_key(),
    }
    with in_a_hurry(), somebody_holds(row(batch).pk):
        answer = client.post(place, body, content_type="application/json")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert set(answer.json()) == {"code", "detail", "field"}
    assert answer.json()["code"] == "busy"
    answer = client.post(place, body, content_type="application/json")
    assert answer.status_code == 201


def test_a_file_is_read_anew_when_its_form_is_tried_again(rf: RequestFactory) -> None:
    """Else staff would hear that their file was read, and that nothing stood in it."""
    sent = SimpleUploadedFile("places.csv", b"a,b")
    request, read = rf.post("/", {"file": sent}), list[bytes]()

    def view(request: HttpRequest) -> HttpResponse:
        read.append(request.FILES["file"].read())
        if len(read) == 1:
            raise deadlock()
        return HttpResponse()

    request.resolver_match = ResolverMatch(view, (), {})
    with pytest.raises(OperationalError) as first:
        view(request)
    answer = tried_again(request, first.value)
    assert isinstance(answer, HttpResponse)
    assert read == [b"a,b", b"a,b"]


def deadlock() -> OperationalError:
    """As PostgreSQL's driver tells it."""
    fault, cause = OperationalError(), Exception()
    cause.pgcode = "40P01"  # type: ignore[attr-defined]
    fault.__cause__ = cause
    return fault


def test_a_fault_of_ours_is_still_a_fault(phone: Phone) -> None:
    with connected(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_orderline RENAME TO orders_gone")
        try:
            answer = phone.tap("place").page
        finally:
            cursor.execute("ALTER TABLE orders_gone RENAME TO orders_orderline")
    assert answer.status_code == 500
    assert "Retry-After" not in answer


def test_what_another_site_sent_is_not_sent_once_more_from_here(
    phone: Phone, batch: Batch
) -> None:
    """By itself, after seconds, as our own page: no check of the origin would see it again."""
    wish = reverse("want", args=[batch.group_buy.token, row(batch).pk])
    order = reverse("order", args=[batch.group_buy.token])
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    with nobody_answers():
        for page in (wish, order):
            for name, value in foreign.items():
                answer = phone.client.post(page, {"c": "1"}, headers={name: value})
                if answer.status_code != 403:
                    text = busy(answer)
                    assert "<form" not in text
                    assert 'name="c"' not in text
