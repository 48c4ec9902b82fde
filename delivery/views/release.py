"""A document of many homes: asked for, let go by a second person, taken once."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from delivery.actions.release import ask_release, confirm_release, take_release
from delivery.forms import WholeDayForm
from delivery.models import Release, Sheet
from delivery.queries.batches import sheets_of
from delivery.queries.releases import releases_of, waiting, who_else
from delivery.queries.scope import homes_on
from delivery.queries.sheets import SUPPLIER_KINDS
from delivery.rules import may_confirm
from delivery.views.files import file_response
from groupbuy.community.models import staff
from groupbuy.community.requests import (
    StaffRequest,
    accepted,
    in_person,
    staff_only,
    to_proof,
    town_staff_only,
)
from groupbuy.community.rules import has_proved
from groupbuy.shared.errors import Refused
from orders.actions.erase import kept_until


@staff_only
def sheet_release(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """Where a document's release stands; POST asks for it, with a reason."""
    stored = sheets_of(request.user).exclude(kind__in=SUPPLIER_KINDS)
    sheet = get_object_or_404(stored, pk=sheet_id)
    by, now = in_person(request), timezone.now()
    if request.method == "POST" and not has_proved(by, now):
        return to_proof(request.path)
    form = WholeDayForm(request.POST if request.method == "POST" else None)

    def verb() -> None:
        ask_release(sheet, reason=form.cleaned_data["reason"], by=by, now=now)

    colleagues = who_else(request.user, sheet.batch)
    if form.is_bound and colleagues and accepted(form, verb):
        return redirect("sheet-release", sheet_id=sheet.pk)
    context = where_it_stands(request, sheet, now) | {
        "form": form,
        "colleagues": colleagues,
    }
    status = 409 if form.is_bound else 200
    return render(request, "delivery/release.html", context, status=status)


def where_it_stands(
    request: StaffRequest, sheet: Sheet, now: datetime
) -> dict[str, object]:
    """One's own request, colleagues' to say yes to, and when it was last taken."""
    asked = waiting(request.user, sheet.batch, now).filter(sheet=sheet)
    others = [one for one in asked if may_confirm(staff(request.user), one)]
    taken = releases_of(request.user).filter(sheet=sheet, taken_at__isnull=False)
    return {
        "sheet": sheet,
        "batch": sheet.batch,
        "homes": homes_on(sheet),
        "until": kept_until(sheet.batch),
        "mine": asked.filter(asked_by=request.user).first(),
        "others": others,
        "is_asked": any(one.confirmed_at is None for one in others),
        "taken": taken.order_by("taken_at").last(),
    }


@town_staff_only
@require_POST
def confirm(request: StaffRequest, release_id: int) -> HttpResponse:
    """A colleague's yes."""
    release = get_object_or_404(releases_of(request.user), pk=release_id)
    if not may_confirm(staff(request.user), release):
        raise Http404
    try:
        confirm_release(release, by=in_person(request), now=timezone.now())
        messages.success(request, _("Your colleague may take it now."))
    except Refused as refusal:
        return refused(request, release, refusal)
    return redirect("batch", batch_id=release.sheet.batch_id)


@staff_only
@require_POST
def take(request: StaffRequest, release_id: int) -> HttpResponse:
    """The file itself is the answer: an address would open a second time."""
    mine = releases_of(request.user).filter(asked_by=request.user)
    release = get_object_or_404(mine, pk=release_id)
    try:
        sheet = take_release(release, by=in_person(request), now=timezone.now())
    except Refused as refusal:
        return refused(request, release, refusal)
    return file_response(sheet)


def refused(request: StaffRequest, release: Release, refusal: Refused) -> HttpResponse:
    """Back to where it stands, by way of the password if that is what was missing."""
    there = redirect("sheet-release", sheet_id=release.sheet_id)
    if refusal.code == "proof":
        return to_proof(there.url)
    messages.error(request, refusal.sentence)
    return there
