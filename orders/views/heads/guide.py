"""A head's guide: one page in large type, the same for every town."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "guides/heads.html")
