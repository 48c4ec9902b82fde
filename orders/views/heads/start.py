"""A head's first page, and the list of what a building has ordered for one day."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groupbuy.community.queries.visible import buildings_headed_by
from orders.queries.heads.days import (
    Day,
    batch_for,
    days_in,
    here,
    standing,
    to_give_back,
)
from orders.queries.heads.totals import totals
from orders.views.heads.door import Door, building_page
from orders.views.help import help_for


@building_page
@require_safe
def start(request: HttpRequest, door: Door) -> HttpResponse:
    """Which days are open, until when, what was handed in; the next round of each."""
    now = timezone.now()
    shown = here(door.building, now=now)
    for day in days_in(shown):
        door.opens("building", day.batch, homes=len(day.orders), now=now)
    context = door.context(now) | {"shown": shown}
    if shown:
        context["help"] = help_for(shown[0].group_buy, door.building.compound)
    return render(request, "heads/start.html", context)


@building_page
@require_safe
def orders(request: HttpRequest, door: Door, batch_id: int) -> HttpResponse:
    """All of the building that stands, room by room; the link's orders without a name."""
    batch = batch_for(door.building, batch_id)
    if batch is None:
        raise Http404
    now = timezone.now()
    day = Day(batch, standing(door.building, [batch]), now)
    door.opens("orders", batch, homes=len(day.orders), now=now)
    context = door.context(now) | {
        "day": day,
        "batch": batch,
        "totals": totals(day.orders),
        "give_back": to_give_back(door.building, batch),
        "help": help_for(batch.group_buy, door.building.compound),
    }
    return render(request, "heads/orders.html", context)


@never_cache
@login_required
@require_safe
def buildings(request: HttpRequest) -> HttpResponse:
    """A head's buildings; with only one, that one at once."""
    found = buildings_headed_by(request.user)  # type: ignore[arg-type]  # signed in
    headed = list(found.select_related("compound"))
    if not headed:
        raise Http404
    if len(headed) == 1:
        return redirect("building", building_id=headed[0].pk)
    return render(request, "heads/buildings.html", {"buildings": headed})
