"""A head's first page: the days that are open, and what this building has handed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orders.views.heads.door import Door, building_page


@building_page
@require_safe
def start(request: HttpRequest, door: Door) -> HttpResponse:
    context = {"door": door, "building": door.building, "now": timezone.now()}
    return render(request, "heads/start.html", context)
