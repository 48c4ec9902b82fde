"""Whatever a view forgot to catch, a person reads a sentence."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from groupbuy.shared.errors import NotAllowed, Refused
from groupbuy.shared.web.refusals import RefusalMiddleware, csrf_failure

pytestmark = pytest.mark.django_db


def answer(path: str, error: Exception) -> HttpResponse | None:
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(
        request_for(path), error
    )


def request_for(path: str) -> HttpRequest:
    return RequestFactory().get(path)


def test_a_refusal_is_a_page_with_its_sentence() -> None:
    response = answer("/g/x/", Refused("Milk <sold out> today."))

    assert response is not None
    assert response.status_code == 409
    assert "Milk &lt;sold out&gt; today." in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_refusal_of_the_api_is_json_with_a_stable_code() -> None:
    response = answer("/api/v1/orders/", Refused("No.", code="sold_out", field="lines"))

    assert response is not None
    assert response.status_code == 409
    assert json.loads(response.content) == {
        "code": "sold_out",
        "detail": "No.",
        "field": "lines",
    }


@pytest.mark.parametrize("path", ["/desk/", "/api/v1/lists/"])
def test_who_may_not_gets_403(path: str) -> None:
    response = answer(path, NotAllowed("a secret reason"))

    assert response is not None
    assert response.status_code == 403
    assert "a secret reason" not in response.content.decode()


def test_a_fault_is_not_hidden() -> None:
    assert answer("/", KeyError("bug")) is None


def test_an_old_form_is_answered_in_both_languages() -> None:
    text = csrf_failure(request_for("/"), "token missing").content.decode()

    assert "请按返回" in text
    assert "Press back" in text
    assert "token missing" not in text


def test_a_form_without_its_token_reaches_that_page() -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/healthz")

    assert response.status_code == 403
    assert "Press back" in response.content.decode()


def test_a_wrong_link_is_answered_kindly(client: Client) -> None:
    response = client.get("/nowhere/at/all")

    assert response.status_code == 404
    assert "最新的链接" in response.content.decode()
