"""The volunteers' guide: one page in large type, the same for every compound."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "guides/volunteers.html")
