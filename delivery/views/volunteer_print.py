"""Printing from the volunteers' page: a tap marks the list, then paper opens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from delivery.actions.fetch_sheet import fetch_sheet, print_building
from delivery.actions.print_sheet import print_sheet
from delivery.queries.sheets import to_print, waits_for_print
from delivery.queries.volunteer import building_homes
from delivery.views.files import file_response
from delivery.views.volunteer import Key, with_key


@with_key
@require_POST
def print_list(request: HttpRequest, key: Key) -> HttpResponse:
    """Mark the list as printed; then the sheet of a ``kind``, or building ``b`` of the page."""
    one = key.current_list()
    kind, name = request.POST.get("kind", ""), request.POST.get("b", "")
    homes = len(building_homes(key.batch, key.compound, name))
    if to_print(key.sheets(), one, kind) is None and not homes:
        raise Http404  # nothing is marked for a building to which nothing comes
    by, now = key.holder, timezone.now()
    if one is not None:  # a compound with late orders only has no list
        print_sheet(one, by=by, now=now)
    if name:
        print_building(key.batch, key.compound, homes=homes, by=by, now=now)
        page = reverse("volunteer-building", args=[key.token])
        return redirect(f"{page}?{urlencode({'b': str(name), 'print': '1'})}")
    return redirect("volunteer-sheet", token=key.token, kind=kind)


@with_key
@require_GET
def sheet(request: HttpRequest, key: Key, kind: str) -> HttpResponse:
    """One stored sheet, once its list is marked as printed; before, back to the page."""
    found = to_print(key.sheets(), key.current_list(), kind)
    if found is None:
        raise Http404
    if waits_for_print(found):
        return redirect("volunteer", token=key.token)
    fetch_sheet(found, by=key.holder, now=timezone.now())
    return file_response(found)
