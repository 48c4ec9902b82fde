"""The office takes back what a volunteer tapped by mistake and asked it to mend."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from catalog.models import Batch
from delivery.actions.take_back import building_not_done, take_back_arrival
from delivery.forms import TapForm
from delivery.views.batches import batch_or_404, compound_or_404
from groupbuy.community.models import Compound, staff
from groupbuy.community.requests import StaffRequest, staff_only


def asked(
    request: StaffRequest, batch_id: int, compound_id: int
) -> tuple[Batch, Compound]:
    one = batch_or_404(request, batch_id)
    return one, compound_or_404(request, one, compound_id)


@staff_only
@require_POST
def gate_not_arrived(
    request: StaffRequest, batch_id: int, compound_id: int, gate_id: int
) -> HttpResponse:
    one, compound = asked(request, batch_id, compound_id)
    gate = get_object_or_404(compound.gates.select_related("compound"), pk=gate_id)
    take_back_arrival(one, gate, by=staff(request.user), now=timezone.now())
    return redirect("batch-compound", batch_id=batch_id, compound_id=compound_id)


@staff_only
@require_POST
def not_done(request: StaffRequest, batch_id: int, compound_id: int) -> HttpResponse:
    one, compound = asked(request, batch_id, compound_id)
    form = TapForm(request.POST)
    if form.is_valid():
        by, now = staff(request.user), timezone.now()
        building_not_done(one, compound, **form.tap, by=by, now=now)
    return redirect("batch-compound", batch_id=batch_id, compound_id=compound_id)
