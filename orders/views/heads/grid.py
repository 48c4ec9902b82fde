"""The grid: a building's rooms × packages; only rows that somebody touched are saved."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from orders.actions.heads.save_grid import save_grid
from orders.queries.heads.days import Day, batch_for
from orders.views.heads.door import Door, building_page
from orders.views.heads.sheet import GridSheet
from orders.views.help import help_for


@building_page
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, door: Door, batch_id: int) -> HttpResponse:
    """GET shows; POST saves, or adds a room, or fills in last time's."""
    batch = batch_for(door.building, batch_id)
    if batch is None:
        raise Http404
    now = timezone.now()
    sent = request.POST if request.method == "POST" else None
    first = request.GET.get("home", "")
    sheet = GridSheet(batch, door.building, sent, first=first)
    day = Day(batch, [], now)
    if sent is not None and not filled_in(sheet):
        count = len(sheet.changed())
        save(sheet, door, day)
        if not sheet.faulty and not sheet.is_adding:
            return redirect(f"{door.url('grid', batch_id=batch.pk)}?saved={count}")
    return page(request, door, sheet, day)


def filled_in(sheet: GridSheet) -> bool:
    """Whether a button only filled in the page: a room added, last time's amounts."""
    data = sheet.data or QueryDict()
    for row in sheet.rows:
        if row.key == data.get("same"):
            row.same_again()
    return "same" in data or "add" in data


def save(sheet: GridSheet, door: Door, day: Day) -> None:
    refused = save_grid(
        sheet.batch,
        sheet.building,
        entries=sheet.entries(),
        channel=door.channel,
        by=door.actor,
        now=day.now,
    )
    sheet.refuse(refused)


def page(request: HttpRequest, door: Door, sheet: GridSheet, day: Day) -> HttpResponse:
    door.opens("grid", sheet.batch, homes=len(sheet.rows), now=day.now)
    saved = request.GET.get("saved", "")
    context = door.context(day.now) | {
        "sheet": sheet,
        "batch": sheet.batch,
        "day": day,
        "saved": saved if saved.isdecimal() and len(saved) < 4 else "",
        "help": help_for(sheet.batch.group_buy, door.building.compound),
    }
    status = 409 if sheet.faulty else 200
    return render(request, "heads/grid.html", context, status=status)
