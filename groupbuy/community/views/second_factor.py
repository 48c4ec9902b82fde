"""Enrolling a phone, and its code after the password."""

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp import login, user_has_device

from groupbuy.community.actions.second_factor import (
    enrol_second_factor,
    new_device,
    prove_second_factor,
)
from groupbuy.community.forms import CodeForm
from groupbuy.community.requests import StaffRequest, accepted


@never_cache
@login_required
def second_factor(request: StaffRequest) -> HttpResponse:
    """Asks for the phone's code; who has no phone enrolled yet is shown how, once."""
    form = CodeForm(request.POST or None)
    enrolled = user_has_device(request.user)

    def prove() -> None:
        code, now = form.cleaned_data["code"], timezone.now()
        if enrolled:
            login(request, prove_second_factor(request.user, code=code))
        else:
            login(request, enrol_second_factor(request.user, code=code, now=now))

    if request.method == "POST" and accepted(form, prove):
        return redirect(after(request))
    context = {"form": form, "enrolled": enrolled, "next": request.GET.get("next", "")}
    if not enrolled:
        context |= enrolment(request)
    status = 422 if form.errors else 200
    return render(request, "community/second_factor.html", context, status=status)


def enrolment(request: StaffRequest) -> dict[str, str]:
    """The new device's secret, to be scanned or typed into an app."""
    url = new_device(request.user).config_url
    secret = url.partition("secret=")[2].partition("&")[0]
    code = segno.make(url, error="m")
    return {"secret": secret, "picture": code.svg_data_uri(scale=5, border=2)}


def after(request: StaffRequest) -> str:
    """Where the person was going, if that is on this site."""
    wish = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, {request.get_host()})
    return wish if safe else "desk"
