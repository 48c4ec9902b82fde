"""Every "no" of the API has one shape: a stable word, a sentence, and the field it belongs to.

400: the request breaks the published schema. 409: the schema holds, but a rule says no.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.response import Response

from groupbuy.shared.errors import NotAllowed, Refused


class ProblemSerializer(serializers.Serializer):
    """``code`` is for programs and stays; ``detail`` is for people and may change."""

    code = serializers.CharField()
    detail = serializers.CharField()
    field = serializers.CharField(
        help_text='The field it belongs to, such as `room`; "" for the whole request.'
    )


class FaultsSerializer(ProblemSerializer):
    """The request breaks the schema: every faulty field with its sentences."""

    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="By the field's path, such as `items.0.quantity`; not there where the"
        " body could not be read at all.",
    )


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None for a fault of ours: that crashes loudly."""
    if isinstance(error, Refused):
        return problem(409, error.code, error.sentence, error.field)
    if isinstance(error, serializers.ValidationError):
        return faults(error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, NotAllowed | PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return known(error)
    return None


def known(error: exceptions.APIException) -> Response:
    """What DRF itself refuses: wrong method, media type, credentials."""
    response = problem(error.status_code, error.default_code, str(error.detail))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    return response


def problem(status: int, code: str, detail: str, field: str = "") -> Response:
    body = {"code": code, "detail": str(detail), "field": field}
    return Response(body, status=status)


def faults(error: serializers.ValidationError) -> Response:
    by_field: dict[str, list[str]] = {}
    for path, sentence in flat(error.detail):
        by_field.setdefault(path, []).append(sentence)
    field, sentences = next(iter(by_field.items()))
    response = problem(400, "invalid", sentences[0], field)
    response.data["fields"] = by_field
    return response


def flat(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Nested faults as (``items.0.quantity``, sentence)."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = () if name == "non_field_errors" else (str(name),)
            yield from flat(inner, path + own)
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            deeper = isinstance(inner, dict | list)
            yield from flat(inner, (*path, str(number)) if deeper else path)
    else:
        yield ".".join(path), str(detail)
