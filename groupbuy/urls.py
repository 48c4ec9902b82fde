"""Every door of the house."""

from django.contrib import admin
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from groupbuy.roof.views import close_due_now


def healthz(request: HttpRequest) -> HttpResponse:
    """Up, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("desk/close-due/", close_due_now, name="close-due"),
    path("", include("groupbuy.community.urls")),
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("", include("delivery.urls")),
    path("", include("groupbuy.roof.api")),
    path("admin/", admin.site.urls),
]
