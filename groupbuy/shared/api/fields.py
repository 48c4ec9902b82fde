"""Fields that take exactly what the schema says: DRF's own would take "5" for 5 and 1 for "1"."""

import re
from typing import Any

from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

MOST = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
_DROPPED = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)


class Text(serializers.CharField):
    """A string as sent, empty too unless there is a ``pattern`` for the whole of it.

    Invisible characters are let in: the verbs drop them.
    """

    def __init__(self, *, pattern: str = "", **options: Any) -> None:
        super().__init__(allow_blank=not pattern, trim_whitespace=False, **options)
        self.validators = [v for v in self.validators if not isinstance(v, _DROPPED)]
        if pattern:
            self.validators.append(RegexValidator(rf"^{pattern}\Z"))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Whole(serializers.IntegerField):
    """A whole number from 1 on. ``2.0`` is one in JSON; ``"2"`` and ``true`` are none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"min_value": 1, "max_value": MOST} | options))

    def to_internal_value(self, data: Any) -> int:
        whole = isinstance(data, float) and data.is_integer()
        if isinstance(data, bool) or not (isinstance(data, int) or whole):
            self.fail("invalid")
        return int(data)


class WholeInQuery(Whole):
    """As Whole, from the digits of an address."""

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"\d{1,16}", str(data), re.ASCII):
            self.fail("invalid")
        return int(data)


class YesNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field({"type": "string", "pattern": r"^\d{2}:\d{2}$"})
class ClockField(serializers.TimeField):
    """A time of day in the town: ``17:00``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


@extend_schema_field(OpenApiTypes.INT64)
class CentsField(serializers.IntegerField):
    """Money in cents (分)."""


class Exact(serializers.Serializer):
    """A request body that takes its own fields and no others: a typing error is told."""

    def to_internal_value(self, data: Any) -> Any:
        faults = self._unknown(data) if isinstance(data, dict) else {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**error.detail, **faults}) from None  # type: ignore[dict-item]
        if faults:
            raise serializers.ValidationError(faults)
        return value

    def _unknown(self, data: dict[Any, Any]) -> dict[str, list[str]]:
        names = sorted(str(name) for name in data.keys() - self.fields.keys())
        return {name: [_("There is no such field.")] for name in names}


class ExactInSchema(OpenApiSerializerExtension):
    target_class = Exact
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        schema = auto_schema._map_serializer(  # noqa: SLF001 - as the library's own extensions do
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "additionalProperties": False}
