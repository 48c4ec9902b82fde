"""The committee's call list and which buildings have handed in, for one batch."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Batch
from groupbuy.community.models import Committee, Household, staff
from groupbuy.community.queries.people import runs_a_town
from groupbuy.community.queries.visible import committees_of
from groupbuy.community.requests import StaffRequest, staff_only
from orders.actions.heads.calls import mark_called, unmark_called
from orders.actions.open_list import open_list
from orders.queries.heads.call_list import call_list as homes_to_call
from orders.queries.heads.handed_in import batches_with_heads
from orders.queries.heads.handed_in import handed_in as states
from orders.queries.late_homes import late_homes


@staff_only
@require_safe
def handed_in(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Every building with a head: what came, from when to when, what still waits."""
    batch = get_object_or_404(batches_with_heads(request.user), pk=batch_id)
    late, by, now = late_homes(batch, request.user), staff(request.user), timezone.now()
    open_list("handed-in", batch, homes=len(late), by=by, now=now)
    context = {
        "batch": batch,
        "compounds": states(batch, request.user),
        "late": late,
        "may_let_in": runs_a_town(request.user),
        "committees": committees_of(request.user)
        .filter(compounds__pk__in=batch.group_buy.places.values("compound"))
        .distinct()
        .order_by("code"),
    }
    return render(request, "heads/handed_in_page.html", context)


def committees(request: StaffRequest, batch: Batch) -> QuerySet[Committee]:
    """The person's, of the batch's town: who sees several towns cannot mix them."""
    return committees_of(request.user).filter(town=batch.group_buy.town_id)


@staff_only
@require_safe
def call_list(request: StaffRequest, batch_id: int, committee_id: int) -> HttpResponse:
    batch = get_object_or_404(batches_with_heads(request.user), pk=batch_id)
    committee = get_object_or_404(committees(request, batch), pk=committee_id)
    found, now = homes_to_call(batch, committee), timezone.now()
    by, part = staff(request.user), f"committee {committee.pk}"
    open_list("call-list", batch, homes=len(found.homes), by=by, now=now, part=part)
    context = {"batch": batch, "committee": committee, "list": found, "now": now}
    return render(request, "heads/call_list.html", context)


@staff_only
@require_POST
def called(request: StaffRequest, batch_id: int, household_id: int) -> HttpResponse:
    """One tap: called; with ``undo``, not called after all."""
    batch = get_object_or_404(batches_with_heads(request.user), pk=batch_id)
    homes = Household.objects.select_related("building__compound")
    mine = committees(request, batch)
    home = get_object_or_404(
        homes, pk=household_id, building__compound__committee__in=mine
    )
    verb = unmark_called if "undo" in request.POST else mark_called
    verb(batch, home, by=staff(request.user), now=timezone.now())
    committee_id = home.building.compound.committee_id
    response = redirect("call-list", batch_id=batch.pk, committee_id=committee_id)
    response["Location"] += f"#home-{home.pk}"
    return response
