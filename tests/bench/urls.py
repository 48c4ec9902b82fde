"""The product, and beside it the least that a page can cost behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

TEN_KB = ("<!doctype html><title>bare</title>" + "团" * 3400).encode()[: 10 * 1024]


def bare(_request: HttpRequest) -> HttpResponse:
    """10 KB of bytes that are already there."""
    return HttpResponse(TEN_KB)


urlpatterns = [path("bare/", bare), path("", include("groupbuy.urls"))]
