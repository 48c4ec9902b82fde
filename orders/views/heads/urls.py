"""A building's addresses, each of them twice: by link and by account; included by ``orders.urls``."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from orders.views.heads import grid, start


def both_ways(
    page: str, view: Callable[..., HttpResponse], name: str
) -> list[URLPattern]:
    """``head-<name>`` for the link, ``building-<name>`` for the account; see ``Door.url``."""
    end = f"-{name}" if name else ""
    return [
        path(f"b/<str:token>/{page}", view, name=f"head{end}"),
        path(f"desk/buildings/<int:building_id>/{page}", view, name=f"building{end}"),
    ]


heads_urls: list[URLPattern] = [
    path("desk/buildings/", start.buildings, name="buildings"),
    *both_ways("", start.start, ""),
    *both_ways("orders/<int:batch_id>/", start.orders, "orders"),
    *both_ways("grid/<int:batch_id>/", grid.grid, "grid"),
]
