from typing import Any

from django.apps import AppConfig
from django.contrib.admin import AdminSite
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.http import (  # noqa: TID251 - the admin's own door
    Http404,
    HttpRequest,
    HttpResponseRedirect,
)
from django.urls import reverse


class CommunityConfig(AppConfig):
    name = "groupbuy.community"
    label = "community"

    def ready(self) -> None:
        from groupbuy.community.requests import signed_in  # noqa: PLC0415 - models first

        user_logged_in.connect(signed_in)


class SuperuserSite(AdminSite):
    """The stock admin, for superusers only: ``is_staff`` opens nothing, not an empty index.

    It has no sign-in of its own; that would pass by the house's.
    """

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseRedirect:
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        there = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(reverse("sign-in", query={"next": there}))


class SuperuserAdmin(admin_apps.AdminConfig):
    default = False  # of this package; settings name it
    default_site = "groupbuy.community.apps.SuperuserSite"
