"""The staff pages' navigation: each role sees its own pages, no others."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from groupbuy.community.models import User
from groupbuy.community.queries import people

register = template.Library()


@register.inclusion_tag("desk/nav.html", takes_context=True)
def staff_nav(context: dict[str, Any]) -> dict[str, Any]:
    """The pages of this person, the open one marked."""
    request = context["request"]
    pages = [
        {"url": reverse(name), "label": label} for name, label in pages_of(request.user)
    ]
    here = [p for p in pages if request.path.startswith(p["url"])]
    current = max(here, key=lambda p: len(p["url"]), default=None)
    return {"pages": pages, "current": current}


def pages_of(user: User | AnonymousUser) -> list[tuple[str, str]]:
    """URL names and labels, in the order of a day's work."""
    if people.runs_a_town(user):
        return [
            ("today", _("Today")),
            ("batches", _("Batches")),
            ("find-order", _("Orders")),
            ("group-buys", _("Group buys")),
            ("packages", _("Packages")),
            ("suppliers", _("Suppliers")),
            ("places", _("Places")),
            ("committee", _("Committee")),
        ]
    if people.looks_after_homes(user):
        return [
            ("committee", _("Committee")),
            ("batches", _("Batches")),
            ("find-order", _("Orders")),
        ]
    return []


@register.filter
def place_name(user: User | AnonymousUser) -> str:
    return people.place_name(user)


@register.filter
def person_name(user: User | AnonymousUser) -> str:
    """How the signed-in person is called on the page."""
    return (getattr(user, "first_name", "") or user.get_username()) if user else ""
