"""The town's places, and bringing them in from a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from groupbuy.community.actions.import_places import IMPORTS, Imported
from groupbuy.community.forms import PlacesFileForm
from groupbuy.community.models import staff
from groupbuy.community.queries.overview import (
    committees_with_counts,
    compounds_with_places,
)
from groupbuy.community.reading.places import SAMPLES, BadRows
from groupbuy.community.requests import StaffRequest, town_staff_only
from groupbuy.shared.errors import Refused


@town_staff_only
def places(request: StaffRequest) -> HttpResponse:
    committees = list(committees_with_counts(request.user))
    totals = {
        name: sum(getattr(c, f"{name}_count") for c in committees)
        for name in ("compound", "building", "home")
    }
    context = {
        "rows": committees,
        "totals": totals,
        "several_towns": len({c.town_id for c in committees}) > 1,
    }
    return render(request, "community/places.html", context)


@town_staff_only
def committee(request: StaffRequest, committee_id: int) -> HttpResponse:
    """One committee: its compounds, their gates and buildings."""
    shown = get_object_or_404(committees_with_counts(request.user), pk=committee_id)
    context = {"committee": shown, "compounds": compounds_with_places(shown)}
    return render(request, "community/committee_places.html", context)


@town_staff_only
def bring_in(request: StaffRequest) -> HttpResponse:
    """A CSV file, all or nothing; every wrong row is named with its reason."""
    files = request.FILES or None
    form = PlacesFileForm(request.POST or None, files, user=request.user)
    bad: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            result = run_import(request, form)
        except BadRows as refusal:
            form.refuse(refusal)
            bad = refusal.rows
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, in_words(result))
            return redirect("places")
    context = {"form": form, "bad": bad}
    status = 422 if form.errors else 200
    return render(request, "community/import.html", context, status=status)


def run_import(request: StaffRequest, form: PlacesFileForm) -> Imported:
    typed = form.cleaned_data
    return IMPORTS[typed["kind"]](
        typed["town"],
        data=typed["file"].read(),
        by=staff(request.user),
        now=timezone.now(),
    )


def in_words(result: Imported) -> str:
    """What the file did, told on the next page."""
    made, changed = sum(result.made.values()), sum(result.changed.values())
    sentence = _("%(rows)s rows read: %(made)s places are new, %(changed)s changed.")
    return sentence % {"rows": result.rows, "made": made, "changed": changed}


@town_staff_only
def sample(request: StaffRequest, kind: str) -> HttpResponse:
    """A small file with every column, to be filled in; with BOM, as spreadsheets like it."""
    if kind not in SAMPLES:
        raise Http404
    response = HttpResponse(
        "\ufeff" + SAMPLES[kind], content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response
