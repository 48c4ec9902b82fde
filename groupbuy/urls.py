"""Every door of the house."""

from django.contrib import admin
from django.urls import include, path

from groupbuy.roof.views import close_due_now, healthz, site_state

handler500 = "groupbuy.shared.web.busy.server_fault"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("desk/close-due/", close_due_now, name="close-due"),
    path("desk/state/", site_state, name="site-state"),
    path("", include("orders.urls")),  # first: what residents ask for, most of all
    path("", include("groupbuy.community.urls")),
    path("", include("catalog.urls")),
    path("", include("delivery.urls")),
    path("", include("groupbuy.roof.api")),
    path("admin/", admin.site.urls),
]
