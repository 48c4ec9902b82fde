"""A building's addresses, each of them twice: by link and by account; included by ``orders.urls``."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from orders.views.heads import call_list, grid, guide, links, paste, start


def both_ways(
    page: str, view: Callable[..., HttpResponse], name: str
) -> list[URLPattern]:
    """``head-<name>`` for the link, ``building-<name>`` for the account; see ``Door.url``."""
    end = f"-{name}" if name else ""
    return [
        path(f"b/<slug:token>/{page}", view, name=f"head{end}"),
        path(f"desk/buildings/<int:building_id>/{page}", view, name=f"building{end}"),
    ]


committee_urls: list[URLPattern] = [
    path("desk/committee/<int:compound_id>/heads/", links.links, name="heads"),
    path("desk/committee/<int:compound_id>/buildings/", links.add, name="building-add"),
    path(
        "desk/committee/buildings/<int:building_id>/link/",
        links.make,
        name="heads-link-make",
    ),
    path(
        "desk/committee/head-links/<int:head_link_id>/revoke/",
        links.revoke,
        name="heads-link-revoke",
    ),
    path("desk/handed-in/<int:batch_id>/", call_list.handed_in, name="handed-in"),
    path(
        "desk/call-list/<int:batch_id>/<int:committee_id>/",
        call_list.call_list,
        name="call-list",
    ),
    path(
        "desk/call-list/<int:batch_id>/homes/<int:household_id>/called/",
        call_list.called,
        name="call-list-called",
    ),
]

heads_urls: list[URLPattern] = [
    *committee_urls,
    path("help/heads/", guide.guide, name="guide-heads"),
    path("desk/buildings/", start.buildings, name="buildings"),
    *both_ways("", start.start, ""),
    *both_ways("orders/<int:batch_id>/", start.orders, "orders"),
    *both_ways("grid/<int:batch_id>/", grid.grid, "grid"),
    *both_ways("paste/<int:batch_id>/", paste.paste, "paste"),
    *both_ways("paste/<int:batch_id>/done/", paste.pasted, "pasted"),
]
