"""The batch pages of staff: the list, one batch in numbers, and its progress bar."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Batch
from delivery.actions.print_sheet import print_all
from delivery.forms import WholeDayForm
from delivery.models import Difference, Sheet
from delivery.queries.batches import (
    batches_of,
    orders_in,
    places_in,
    sheets_of,
)
from delivery.queries.chart import chart
from delivery.queries.columns import columns
from delivery.queries.paper import (
    CompoundPaper,
    compound_rows,
    difference_sheets,
    differences_of,
    homes_changed,
    supplier_rows,
)
from delivery.queries.progress import progress
from delivery.queries.recent import recent
from delivery.queries.releases import recent_releases
from delivery.queries.scope import needs_reason, needs_second
from delivery.queries.totals import by_committee, homes_of, over_the_day, summed
from delivery.states import SheetKind
from groupbuy.community.models import Compound, staff
from groupbuy.community.queries.people import runs_a_town
from groupbuy.community.queries.visible import compounds_of
from groupbuy.community.requests import (
    StaffRequest,
    accepted,
    in_person,
    staff_only,
    to_proof,
    town_staff_only,
)
from groupbuy.community.rules import has_proved
from orders.actions.erase import kept_until
from orders.actions.open_list import open_list
from orders.queries.desk.history import takings
from orders.queries.desk.openings import openings


def batch_or_404(request: StaffRequest, batch_id: int) -> Batch:
    return get_object_or_404(batches_of(request.user), pk=batch_id)


def compound_or_404(request: StaffRequest, one: Batch, compound_id: int) -> Compound:
    """The person's, of the batch's town: who sees several towns cannot mix them."""
    mine = compounds_of(request.user).filter(committee__town=one.group_buy.town_id)
    return get_object_or_404(mine, pk=compound_id)


@staff_only
@require_GET
def batches(request: StaffRequest) -> HttpResponse:
    """The newest batches of this person's places; ``?page=2`` the ones before."""
    asked = request.GET.get("page", "")
    number = int(asked) if re.fullmatch("[1-9][0-9]{0,4}", asked) else 1
    page = recent(request.user, number)
    context = {"page": page, "runs_town": runs_a_town(request.user)}
    return render(request, "delivery/batches.html", context)


@staff_only
@require_GET
def batch(request: StaffRequest, batch_id: int) -> HttpResponse:
    """One batch: a committee sees its own compounds in it and nothing else."""
    one = batch_or_404(request, batch_id)
    changes = differences_of(request.user, one)
    papers = compound_rows(request.user, one)
    by, now, homes = staff(request.user), timezone.now(), homes_changed(changes)
    open_list("batch", one, homes=homes, by=by, now=now)
    context = {
        "batch": one,
        "papers": papers,
        "suppliers": supplier_rows(request.user, one),
        "differences": changes,
        "difference_sheets": difference_sheets(one, changes),
        "progress": progress(one, now),
        "whole": whole_day_sheets(request, one),
        "runs_town": runs_a_town(request.user),
        "releases": recent_releases(request.user, one, now),
        **in_numbers(request, one, papers, changes),
        **(looked_at(one) if runs_a_town(request.user) else {}),
    }
    return render(request, "delivery/batch.html", context)


def in_numbers(
    request: StaffRequest,
    one: Batch,
    papers: dict[int, CompoundPaper],
    changes: list[Difference],
) -> dict[str, object]:
    """What came in; how many homes that is once the lists are built."""
    places = places_in(request.user, one)
    orders = orders_in(request.user, one, places)
    is_built = getattr(one, "paperwork", None) is not None
    homes = homes_of(orders, papers, changes) if is_built else None
    committees = by_committee(orders, places, homes)
    totals = summed(row.totals for row in committees)
    return {
        "totals": totals,
        "columns": columns(totals),
        "committees": committees,
        "chart": chart(over_the_day(orders)),
    }


def looked_at(one: Batch) -> dict[str, object]:
    """For the town: who took lists of homes, and who had them on the screen."""
    return {"taken": takings(one), "opened": openings(one)}


def whole_day_sheets(request: StaffRequest, one: Batch) -> dict[str, Sheet]:
    """The workbook and the ZIP of the current version, by kind, for town staff."""
    paperwork = getattr(one, "paperwork", None)
    if paperwork is None:
        return {}
    sheets = sheets_of(request.user).filter(
        batch=one,
        version=paperwork.version,
        kind__in=[SheetKind.LISTS_EXCEL, SheetKind.ALL_PDF],
    )
    return {sheet.kind: sheet for sheet in sheets}


@staff_only
@require_GET
def batch_progress(request: StaffRequest, batch_id: int) -> HttpResponse:
    """The bar alone, asked for every two seconds until all is on paper."""
    one = batch_or_404(request, batch_id)
    now = progress(one, timezone.now())
    response = render(
        request, "delivery/progress.html", {"batch": one, "progress": now}
    )
    if request.htmx and not now.goes_on:
        response["HX-Refresh"] = "true"  # the downloads are on the page now
    return response


@town_staff_only
@require_POST
def print_whole_day(request: StaffRequest, batch_id: int) -> HttpResponse:
    """ZIP or workbook leaves the house, and with it every list counts as printed."""
    one = batch_or_404(request, batch_id)
    sheets = whole_day_sheets(request, one)
    pack = sheets.get(request.POST.get("kind", SheetKind.ALL_PDF))
    if pack is None:
        messages.info(request, _("The sheets are still being made."))
        return redirect("batch", batch_id=one.pk)
    by, now = in_person(request), timezone.now()
    if not has_proved(by, now):  # before the lists count as printed
        messages.info(request, _("Afterwards please press the button once more."))
        return to_proof(reverse("batch", args=[one.pk]))
    if needs_second(pack, now):
        return redirect("sheet-release", sheet_id=pack.pk)
    form = WholeDayForm(request.POST if "reason" in request.POST else None)

    def verb(reason: str = "") -> None:
        print_all(one, by=by, now=now, pack=pack, reason=reason)

    if not needs_reason(one):
        verb()
    elif not accepted(form, lambda: verb(form.cleaned_data["reason"])):
        return ask_what_for(request, one, pack, form)
    return redirect("sheet", sheet_id=pack.pk)


def ask_what_for(
    request: StaffRequest, one: Batch, pack: Sheet, form: WholeDayForm
) -> HttpResponse:
    """All homes of a big day leave with a written reason only."""
    context = {"batch": one, "form": form, "pack": pack, "until": kept_until(one)}
    status = 409 if form.is_bound else 200
    return render(request, "delivery/whole_day_reason.html", context, status=status)
