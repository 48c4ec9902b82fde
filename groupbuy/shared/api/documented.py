"""What an operation answers, as the OpenAPI file states it: its results and every refusal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from groupbuy.shared.api.answers import FaultsSerializer, ProblemSerializer

F = TypeVar("F", bound=Callable[..., Any])

WORDS = {
    304: "Not changed since the ETag named in `If-None-Match`.",
    400: "The request breaks this schema.",
    401: "No token, or one that opens nothing.",
    403: "The token is for something else.",
    404: "Not here, or not for whoever asks.",
    405: "No such method here.",
    406: "Only JSON is spoken here.",
    409: "A rule says no; `code` says which.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    503: "Busy for a moment: send the very same once more, after `Retry-After`.",
}
ALWAYS = (405, 406, 503)
WITH_BODY = (400, 413, 415)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1},
    OpenApiParameter.HEADER,
    required=True,
    description="Seconds.",
    response=[503],
)


class OwnWords(AutoSchema):
    """The file says what ``documented`` says; docstrings are for who reads the code."""

    def get_description(self) -> str:  # type: ignore[override]  # the library's own signature
        return ""


def documented(
    *,
    id: str,  # noqa: A002 - OpenAPI's word
    says: str,
    answers: Mapping[int, tuple[Any, str]],
    refuses: Sequence[int] = (),
    takes: Any = None,
    asks: Any = None,
    more: str = "",
    conflict: Any = ProblemSerializer,
) -> Callable[[F], F]:
    """``answers`` maps a status to (serializer, words); ``refuses`` lists the other statuses.

    ``takes`` is the body's serializer, ``asks`` the query's; ``conflict`` the shape of 409.
    """
    statuses = {*refuses, *ALWAYS, *(WITH_BODY if takes else ())}
    shapes = {304: None, 400: FaultsSerializer, 409: conflict}
    responses = {
        status: OpenApiResponse(shapes.get(status, ProblemSerializer), WORDS[status])
        for status in statuses
    } | {status: OpenApiResponse(*what) for status, what in answers.items()}
    return extend_schema(
        operation_id=id,
        summary=says,
        description=more,
        request=takes,
        parameters=[asks, RETRY_AFTER] if asks else [RETRY_AFTER],
        responses=dict(sorted(responses.items())),
    )
