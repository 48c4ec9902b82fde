"""Reading a request's JSON without trusting it: small, UTF-8, not too deep."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES = 64 * 1024  # an order is under 2 KB


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = _("That is too much at once.")


class SmallJSON(BaseParser):
    """Raises TooLarge (413) or ParseError (400), never anything else.

    Always UTF-8 (RFC 8259), whatever charset the header names. DRF's own parser reads the
    whole body, and a body of 10,000 open brackets makes it crash.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            return json.loads(body.decode(), parse_constant=no_number)
        except (ValueError, RecursionError):
            raise ParseError from None


def no_number(constant: str) -> NoReturn:
    """``NaN`` and ``Infinity`` are Python's own and not JSON."""
    raise ValueError(constant)
