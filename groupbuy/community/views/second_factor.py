"""Enrolling a phone, and its code after the password."""

from functools import partial

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from groupbuy.community.actions.second_factor import (
    enrol_second_factor,
    forget_phone,
    new_device,
    prove_second_factor,
    renew_recovery_codes,
)
from groupbuy.community.forms import CodeForm
from groupbuy.community.queries.people import has_phone, recovery_codes_left
from groupbuy.community.requests import (
    CODE_AT,
    PAGES_TAKE,
    StaffRequest,
    accepted,
    proof,
    told,
)


@never_cache
@login_required
@require_http_methods([*PAGES_TAKE])
def second_factor(request: StaffRequest) -> HttpResponse:
    """Asks for the phone's code, or a recovery code; who has no phone yet is shown how."""
    if may_enrol(request):
        return enrol(request)
    form = CodeForm(request.POST or None)

    def prove() -> None:
        code = form.cleaned_data["code"]
        device = prove_second_factor(request.user, code=code, now=timezone.now())
        keep_proof(request, device)

    if request.method == "POST" and accepted(form, prove):
        if is_by_recovery_code(request):
            return redirect("recovery-codes")
        return redirect(after(request))
    status = 422 if form.errors else 200
    context = {"form": form, "enrolled": True}
    return render(request, "community/second_factor.html", context, status=status)


def keep_proof(request: StaffRequest, device: Device) -> None:
    """This sign-in was proved by the device, just now."""
    login(request, device)
    request.session[CODE_AT] = timezone.now().timestamp()


def may_enrol(request: StaffRequest) -> bool:
    """No phone yet; after a lost one only who came in by a recovery code."""
    person = request.user
    first = not recovery_codes_left(person)
    return not has_phone(person) and (first or proof(request) is not None)


def enrol(request: StaffRequest) -> HttpResponse:
    """The phone by its first code; then, this once, the codes for the day it is lost."""
    form = CodeForm(request.POST or None)
    codes: list[str] = []

    def keep() -> None:
        code = form.cleaned_data["code"]
        enrolled = enrol_second_factor(
            request.user, code=code, proved_by=proof(request), now=timezone.now()
        )
        keep_proof(request, enrolled.device)
        codes.extend(enrolled.codes)

    if request.method == "POST" and accepted(form, keep):
        shown = {"codes": codes, "next": after(request)}
        return render(request, "community/recovery_codes.html", shown)
    status = 422 if form.errors else 200
    context = {"form": form, "enrolled": False, **enrolment(request)}
    return render(request, "community/second_factor.html", context, status=status)


@never_cache
@login_required
@require_http_methods([*PAGES_TAKE])
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """How many are left; a press makes ten new ones, shown this once."""
    if proof(request) is None:
        raise Http404  # nobody's who came in by the password alone
    context: dict[str, object] = {"next": reverse("desk")}
    if request.method == "POST":
        context["codes"] = renew_recovery_codes(request.user, now=timezone.now())
    else:
        context["left"] = recovery_codes_left(request.user)
        context["by_code"] = is_by_recovery_code(request)
    return render(request, "community/recovery_codes.html", context)


@never_cache
@login_required
@require_POST
def phone_lost(request: StaffRequest) -> HttpResponse:
    """Whoever came in by a recovery code adds another phone."""
    forget = partial(
        forget_phone, request.user, proved_by=proof(request), now=timezone.now()
    )
    told(request, forget, _("The lost phone opens nothing any more."))
    return redirect("second-factor")


def is_by_recovery_code(request: StaffRequest) -> bool:
    return isinstance(proof(request), StaticDevice)


def enrolment(request: StaffRequest) -> dict[str, object]:
    """The new device's secret, to be scanned or typed into an app."""
    url = new_device(request.user).config_url
    secret = url.partition("secret=")[2].partition("&")[0]
    code = segno.make(url, error="m")
    return {"secret": secret, "picture": code.svg_data_uri(scale=5, border=2)}


def after(request: StaffRequest, name: str = "next") -> str:
    """Where the person was going, if that is on this site."""
    wish = request.GET.get(name, "")
    safe = url_has_allowed_host_and_scheme(wish, {request.get_host()})
    return wish if safe else reverse("desk")
