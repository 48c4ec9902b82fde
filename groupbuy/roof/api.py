"""``/api/v1/``: every app's doors for machines, and the file that describes them."""

from collections.abc import Sequence
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer2


@cache
def schema_file() -> bytes:
    """The OpenAPI file as YAML, made once a process; `docs/openapi.yaml` is a copy."""
    with override("en"):
        schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer2().render(schema, renderer_context={})


def schema(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(schema_file(), content_type=OpenApiYamlRenderer2.media_type)
    response["Cache-Control"] = "public, max-age=300"
    return response


@csrf_exempt
def not_here(request: HttpRequest) -> HttpResponse:
    """Below ``/api/`` even a wrong address is answered in JSON."""
    body = {
        "code": "not_found",
        "detail": _("There is nothing at this address."),
        "field": "",
    }
    return JsonResponse(body, status=404)


doors: Sequence[URLPattern | URLResolver] = [
    path("", include("catalog.api.urls")),
    path("", include("orders.api.urls")),
    path("", include("delivery.api.urls")),
    path("schema/", schema, name="api-schema"),
]
urlpatterns = [
    path("api/v1/", include(list(doors))),
    re_path(r"^api/", not_here),
]
