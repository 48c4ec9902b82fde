"""The staff's button beside the clockwork, and what they hear when it is in trouble."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from groupbuy.community.models import User
from groupbuy.community.queries.pulse import books
from groupbuy.community.queries.visible import towns_of
from groupbuy.community.requests import StaffRequest, town_staff_only
from groupbuy.roof.alarms import alarms, whom_to_call
from groupbuy.roof.tick import tick


@never_cache
@login_required
@require_POST
def close_due_now(request: HttpRequest) -> HttpResponse:
    """Do now what is due, as the clockwork would; for town staff."""
    if not isinstance(request.user, User) or not towns_of(request.user).exists():
        raise Http404
    report = tick(now=timezone.now())
    if report.failed:
        messages.error(request, _("Something could not be done. Please call for help."))
    else:
        messages.success(request, _("Everything that is due has been done."))
    return redirect("batches")


@town_staff_only
@require_GET
def site_state(request: StaffRequest) -> HttpResponse:
    """For a slot on staff's pages: nothing, or what is wrong and whom to call."""
    told = alarms(books(timezone.now()))
    context = {"alarms": told, "whom": whom_to_call()}
    return render(request, "desk/site_state.html", context)


def healthz(request: HttpRequest) -> HttpResponse:
    """Up, and the database answers; of the books one word: good, broken or unchecked."""
    word = books(timezone.now()).word
    return HttpResponse(f"ok\nbooks {word}\n", content_type="text/plain")
