"""The staff's button beside the clockwork."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from groupbuy.community.models import User
from groupbuy.community.queries.visible import towns_of
from groupbuy.roof.tick import tick


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
