"""Pages that stand by themselves: the front door, and what is done with personal data."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orders.queries.page import sample_group_buys


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What this is. Real towns' links go round in their own groups and are not listed."""
    samples = sample_group_buys(now=timezone.now())
    return render(request, "residents/pages/home.html", {"samples": samples})


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    return render(request, "residents/pages/privacy.html")
