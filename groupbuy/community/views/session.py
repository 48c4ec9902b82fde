"""Signing in, and the first page of each role."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from groupbuy.community.forms import SignInForm
from groupbuy.community.queries.people import (
    heads_a_building,
    looks_after_homes,
    runs_a_town,
)
from groupbuy.community.requests import PAGES_TAKE

sign_in = LoginView.as_view(
    template_name="community/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = LogoutView.as_view()


@never_cache
@login_required
@require_http_methods([*PAGES_TAKE])
def desk(request: HttpRequest) -> HttpResponse:
    """Sends each role to its first page; who has no role is told whom to ask."""
    if runs_a_town(request.user):
        return redirect("today")
    if looks_after_homes(request.user):
        return redirect("committee")
    if heads_a_building(request.user):
        return redirect("buildings")
    return render(request, "community/no_role.html", status=403)
