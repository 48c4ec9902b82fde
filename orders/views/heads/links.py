"""The committee's page of building heads: a link for each, shown, drawn, taken back."""

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groupbuy.community.actions.add_building import add_building
from groupbuy.community.actions.head_links import make_head_link, revoke_head_link
from groupbuy.community.models import Compound, HeadLink, staff
from groupbuy.community.queries.head_links import head_link_url, head_links_of
from groupbuy.community.queries.visible import buildings_of, compounds_of
from groupbuy.community.requests import StaffRequest, staff_only, told
from orders.queries.heads.links import buildings_with_links


@staff_only
@require_safe
def links(request: StaffRequest, compound_id: int) -> HttpResponse:
    """Every building with its links; ``?code=`` draws one of them, to be printed."""
    compound = mine(request, compound_id)
    context = {
        "compound": compound,
        "buildings": buildings_with_links(compound),
        "code": drawn(request, compound),
    }
    return render(request, "heads/links.html", context)


def mine(request: StaffRequest, compound_id: int) -> Compound:
    found = compounds_of(request.user).select_related("committee")
    return get_object_or_404(found, pk=compound_id)


def drawn(request: StaffRequest, compound: Compound) -> dict[str, object] | None:
    """The link asked for, with its picture."""
    wish = request.GET.get("code", "")
    live = HeadLink.objects.filter(
        building__compound=compound, revoked_at__isnull=True
    ).select_related("building")
    link = live.filter(pk=wish).first() if wish.isdecimal() else None
    if link is None:
        return None
    url = head_link_url(link)
    picture = segno.make(url, micro=False, error="m").svg_data_uri(scale=6, border=4)
    return {"link": link, "url": url, "picture": picture}


@staff_only
@require_POST
def make(request: StaffRequest, building_id: int) -> HttpResponse:
    found = buildings_of(request.user).select_related("compound__committee")
    building = get_object_or_404(found, pk=building_id)
    name, by = request.POST.get("name", ""), staff(request.user)
    told(
        request,
        lambda: make_head_link(building, name=name, by=by, now=timezone.now()),
        _("The link is made. Send it to the head, and to nobody else."),
    )
    return back(building.compound_id, building.pk)


@staff_only
@require_POST
def revoke(request: StaffRequest, head_link_id: int) -> HttpResponse:
    link = get_object_or_404(head_links_of(request.user), pk=head_link_id)
    by = staff(request.user)
    told(
        request,
        lambda: revoke_head_link(link, by=by, now=timezone.now()),
        _("The link is revoked: it opens nothing any more."),
    )
    return back(link.building.compound_id, link.building_id)


@staff_only
@require_POST
def add(request: StaffRequest, compound_id: int) -> HttpResponse:
    """A building by its name, in a compound without a roster."""
    compound = mine(request, compound_id)
    name, by = request.POST.get("name", ""), staff(request.user)
    told(
        request,
        lambda: add_building(compound, name=name, by=by, now=timezone.now()),
        _("The building is here now. Make a link for its head."),
    )
    return redirect("heads", compound_id=compound.pk)


def back(compound_id: int, building_id: int) -> HttpResponse:
    response = redirect("heads", compound_id=compound_id)
    response["Location"] += f"#building-{building_id}"
    return response
