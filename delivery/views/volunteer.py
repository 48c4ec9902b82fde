"""The volunteers' page: works on any phone without a sign-in, by the code on the sheet.

The token in the address is the key. A wrong, revoked or expired one finds nothing, and no
page of these is kept by a cache.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from delivery.actions.arrivals import building_done, hand_over, mark_arrived
from delivery.actions.reveal_phone import reveal_phone
from delivery.models import AccessLink, PickupList, Sheet
from delivery.queries.homes import counted
from delivery.queries.links import link_by_token
from delivery.queries.volunteer import building_homes, corrections, overview
from delivery.states import COMPOUND_KINDS
from groupbuy.community.models import VOLUNTEER
from orders.models import Order

View = Callable[..., HttpResponse]


def with_link(view: View) -> View:
    """Turns the token of the address into its live link, or 404."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        link = link_by_token(AccessLink.Kind.VOLUNTEER, token, timezone.now())
        if link is None or link.compound is None:
            raise Http404
        return view(request, link, token, **kwargs)

    return never_cache(opened)


def current_list(link: AccessLink) -> PickupList | None:
    return link.batch.pickup_lists.filter(
        compound=link.compound, void_at__isnull=True
    ).first()


def sheets_of(link: AccessLink, one: PickupList | None) -> dict[str, Sheet]:
    """The stored sheets of the current list, by kind."""
    if one is None:
        return {}
    sheets = link.batch.sheets.filter(compound=link.compound, version=one.version)
    return {sheet.kind: sheet for sheet in sheets}


@with_link
@require_GET
def volunteer(request: HttpRequest, link: AccessLink, token: str) -> HttpResponse:
    """Everything of one compound and day: gates, buildings, sheets, corrections."""
    one = current_list(link)
    context = {
        "link": link,
        "token": token,
        "batch": link.batch,
        "compound": link.compound,
        "pickup_list": one,
        "sheets": sheets_of(link, one),
        "gates": overview(link.batch, link.compound),
        "differences": corrections(link.batch, link.compound),
        "sheet_kinds": [(kind.value, kind.label) for kind in COMPOUND_KINDS],
    }
    return render(request, "delivery/volunteer.html", context)


@with_link
@require_GET
def building(request: HttpRequest, link: AccessLink, token: str) -> HttpResponse:
    return building_page(request, link, token, request.GET.get("b", ""))


def building_page(
    request: HttpRequest,
    link: AccessLink,
    token: str,
    name: str,
    *,
    phone: dict[str, object] | None = None,
) -> HttpResponse:
    """One building door by door; at most one number is on it, the one just asked for."""
    homes = building_homes(link.batch, link.compound, name)
    if not homes:
        raise Http404
    context = {
        "link": link,
        "token": token,
        "batch": link.batch,
        "compound": link.compound,
        "name": name,
        "homes": homes,
        "codes": sorted(counted(here.home for here in homes).items()),
        "pickup_list": current_list(link),
        "pieces": sum(here.home.pieces for here in homes),
        "is_done": all(here.reached_at or here.is_off for here in homes),
        "differences": [
            d
            for d in corrections(link.batch, link.compound)
            if d.order_line.order.building == name
        ],
        "phone": phone,
        "print_now": "print" in request.GET,
    }
    return render(request, "delivery/building.html", context)


@with_link
@require_POST
def arrived(
    request: HttpRequest, link: AccessLink, token: str, gate_id: int
) -> HttpResponse:
    """One tap: the goods stand at this gate."""
    gate = get_object_or_404(link.compound.gates.select_related("compound"), pk=gate_id)
    mark_arrived(link.batch, gate, by=VOLUNTEER, now=timezone.now())
    return redirect("volunteer", token=token)


@with_link
@require_POST
def done(request: HttpRequest, link: AccessLink, token: str) -> HttpResponse:
    """One tap: every home of this building has its goods."""
    name = request.POST.get("b", "")
    building_done(link.batch, link.compound, name, by=VOLUNTEER, now=timezone.now())
    return redirect(reverse("volunteer", args=[token]) + "#buildings")


def order_of(link: AccessLink, order_id: int) -> Order:
    return get_object_or_404(
        link.batch.orders.select_related("compound", "batch__group_buy"),
        pk=order_id,
        compound=link.compound,
    )


@with_link
@require_POST
def home_done(
    request: HttpRequest, link: AccessLink, token: str, order_id: int
) -> HttpResponse:
    """One home has its goods."""
    order = order_of(link, order_id)
    hand_over(order, by=VOLUNTEER, now=timezone.now())
    query = urlencode({"b": order.building})
    page = reverse("volunteer-building", args=[token])
    return redirect(f"{page}?{query}#o{order.pk}")


@with_link
@require_POST
def phone(
    request: HttpRequest, link: AccessLink, token: str, order_id: int
) -> HttpResponse:
    """One number, on this answer only; the next one asked for replaces it."""
    order = order_of(link, order_id)
    number = reveal_phone(order, by=VOLUNTEER, now=timezone.now())
    shown = {"order": order.pk, "number": number}
    return building_page(request, link, token, order.building, phone=shown)
