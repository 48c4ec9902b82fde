"""Whatever is sent, the answer is a sentence beside a field, never a crash."""

from typing import Any

import pytest

from groupbuy.shared.api.parsing import MOST_BYTES
from orders.models import Order
from tests.api.conftest import Api

LONE = "\ud800"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b"",
        b"[" * 60_000,
        b"NaN",
        b'{"compound": Infinity}',
        b"9" * 5000,
        b'{"a": "\\ud800"}',
        b"null",
        b"[]",
        b'"x"',
        b"1",
    ],
)
def test_a_body_that_is_no_order_is_a_400(api: Api, body: bytes) -> None:
    reply = api.place(body)

    assert reply.status_code == 400, reply.content
    assert reply.json()["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("compound", "1"),
        ("compound", True),
        ("compound", 10**30),
        ("compound", 0),
        ("compound", None),
        ("compound", 1.5),
        ("building", 3),
        ("building", None),
        ("building", ["3"]),
        ("building", "3" * 31),
        ("room", {"a": 1}),
        ("room", "长" * 60_0),
        ("name", False),
        ("phone", 13800138000),
        ("note", "x" * 61),
        ("name_in_feed", "yes"),
        ("name_in_feed", 1),
        ("submit_key", "short"),
        ("submit_key", "x" * 65),
        ("submit_key", "x" * 16 + "\n"),
        ("submit_key", LONE * 16),
        ("submit_key", "密" * 16),
        ("items", []),
        ("items", {}),
        ("items", "A"),
        ("items", [{"stock": 1, "quantity": 1}] * 51),
        ("colour", "red"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(
    api: Api, field: str, value: Any
) -> None:
    reply = api.place(api.body() | {field: value})

    said = reply.json()
    assert (reply.status_code, said["code"], said["field"]) == (400, "invalid", field)
    assert said["fields"][field]
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ({"stock": 1}, "items.0.quantity"),
        ({"stock": 1, "quantity": 0}, "items.0.quantity"),
        ({"stock": 1, "quantity": 1000}, "items.0.quantity"),
        ({"stock": "1", "quantity": 1}, "items.0.stock"),
        ({"stock": 1, "quantity": 1, "price": 1}, "items.0.price"),
        (7, "items.0"),
    ],
)
def test_a_wrong_line_is_told_by_its_place(api: Api, line: Any, path: str) -> None:
    reply = api.place(api.body() | {"items": [line]})

    assert reply.status_code == 400
    assert list(reply.json()["fields"]) == [path]


def test_every_fault_is_told_at_once(api: Api) -> None:
    reply = api.place({"phone": 1, "colour": "red"})

    assert set(reply.json()["fields"]) == {
        "colour",
        "submit_key",
        "compound",
        "building",
        "room",
        "items",
        "phone",
    }


def test_a_huge_body_is_not_read(api: Api) -> None:
    reply = api.place(b'{"note": "' + b"x" * MOST_BYTES + b'"}')

    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", f"魏\u202e{LONE}\x00女士", "魏女士"),
        ("note", "=1+1\x00", "=1+1"),
        ("building", "３号楼\x00", "3"),
        ("room", f"５０２{LONE}室", "502"),
    ],
)
def test_what_nobody_can_see_is_dropped(
    api: Api, field: str, value: str, kept: str
) -> None:
    reply = api.place(api.body() | {field: value})

    assert (reply.status_code, reply.json()[field]) == (201, kept)


@pytest.mark.parametrize("field", ["building", "room", "phone", "name", "unit", "note"])
@pytest.mark.parametrize("text", ["", "\x00", LONE, "\ufdfa" * 10, "'; --", "%s{}"])
def test_strange_text_is_taken_or_refused_in_words(
    api: Api, field: str, text: str
) -> None:
    reply = api.place(api.body() | {field: text})

    assert reply.status_code in {201, 409}
    assert reply.status_code == 201 or reply.json()["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "multipart/x"])
def test_only_json_is_read(api: Api, kind: str) -> None:
    path = f"/api/v1/batches/{api.batch.pk}/orders/"

    reply = api.client.generic("POST", path, b"{}", kind)

    assert (reply.status_code, reply.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["base64", "utf-16", "nobody"])
def test_json_is_utf_8_whatever_the_header_says(api: Api, charset: str) -> None:
    path = f"/api/v1/batches/{api.batch.pk}/orders/"

    reply = api.client.generic(
        "POST", path, b"{}", f"application/json; charset={charset}"
    )

    assert (reply.status_code, reply.json()["code"]) == (400, "invalid")


def test_only_json_is_spoken(api: Api) -> None:
    reply = api.client.get("/api/v1/group-buys/", headers={"Accept": "text/html"})

    assert (reply.status_code, reply.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_is_none_names_those_there_are(api: Api, method: str) -> None:
    reply = api.send(method, "group-buys/")

    assert (reply.status_code, reply.json()["code"]) == (405, "method_not_allowed")
    assert reply["Allow"] == "GET, HEAD"
