"""A building's addresses, each of them twice: by link and by account; included by ``orders.urls``."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from orders.views.heads import start


def both_ways(
    page: str, view: Callable[..., HttpResponse], name: str
) -> list[URLPattern]:
    """``head-<name>`` for the link, ``building-<name>`` for the account; see ``Door.url``."""
    end = f"-{name}" if name else ""
    return [
        path(f"b/<str:token>/{page}", view, name=f"head{end}"),
        path(f"desk/buildings/<int:building_id>/{page}", view, name=f"building{end}"),
    ]


heads_urls: list[URLPattern] = [*both_ways("", start.start, "")]
