"""Lists come in pages of a fixed size."""

from typing import Any, TypeVar

from django.db import models
from rest_framework import serializers
from rest_framework.request import Request

from groupbuy.shared.api.fields import WholeInQuery

PAGE = 50
M = TypeVar("M", bound=models.Model)


class PageQuery(serializers.Serializer):
    """The part of a list's address after ``?``."""

    page = WholeInQuery(
        required=False, default=1, max_value=10_000, help_text=f"{PAGE} rows a page."
    )

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Raises ValidationError beside the parameter."""
        asked = cls(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return asked.validated_data


class PageSerializer(serializers.Serializer):  # subclasses add ``results``
    """One page of a list."""

    count = serializers.IntegerField(min_value=0, help_text="Rows on all pages.")
    next = serializers.IntegerField(
        min_value=2, allow_null=True, help_text="The next page's number, if any."
    )


def page_of(rows: models.QuerySet[M], number: int) -> dict[str, Any]:
    """Two queries, whatever the size; a page beyond the last is empty."""
    start, count = (number - 1) * PAGE, rows.count()
    more = number + 1 if count > number * PAGE else None
    return {"count": count, "next": more, "results": list(rows[start : start + PAGE])}
