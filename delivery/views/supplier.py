"""The supplier's page, by its own link: what to bring where, and "received". No resident."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from delivery.actions.handoffs import acknowledge
from delivery.models import AccessLink, Handoff, Sheet, SupplyOrder, holder
from delivery.queries.links import link_by_token
from delivery.queries.supply import loads, totals, with_lines
from delivery.states import SheetKind
from delivery.views.files import file_response

View = Callable[..., HttpResponse]


def with_link(view: View) -> View:
    """Turns the token of the address into its live link, or 404; kept by no cache."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        link = link_by_token(AccessLink.Kind.SUPPLIER, token, timezone.now())
        if link is None:
            raise Http404
        return view(request, link, token, **kwargs)

    return never_cache(opened)


def current_order(link: AccessLink) -> SupplyOrder | None:
    """The order that counts now, with its lines; None when everything was taken off."""
    current = link.batch.supply_orders.filter(
        supplier=link.supplier_id, void_at__isnull=True
    )
    return next(iter(with_lines(current.values_list("pk", flat=True))), None)


def handoff_of(order: SupplyOrder) -> Handoff:
    return get_object_or_404(
        Handoff.objects.select_related("batch__group_buy"),
        batch=order.batch_id,
        supplier=order.supplier_id,
        version=order.version,
    )


def papers(order: SupplyOrder) -> dict[str, Sheet]:
    sheets = Sheet.objects.filter(
        batch=order.batch_id, supplier=order.supplier_id, version=order.version
    )
    return {sheet.kind: sheet for sheet in sheets}


@with_link
@require_GET
def supplier(request: HttpRequest, link: AccessLink, token: str) -> HttpResponse:
    """Grand total first, then gate by gate."""
    order = current_order(link)
    context: dict[str, object] = {
        "batch": link.batch,
        "supplier": link.supplier,
        "token": token,
        "order": order,
    }
    if order is not None:
        context |= {
            "totals": totals(order),
            "stops": loads(order),
            "handoff": handoff_of(order),
            "sheets": papers(order),
        }
    return render(request, "delivery/supplier.html", context)


@with_link
@require_GET
def paper(
    request: HttpRequest, link: AccessLink, token: str, kind: str
) -> HttpResponse:
    """The same as PDF or Excel."""
    order = current_order(link)
    kinds = {"pdf": SheetKind.SUPPLY, "excel": SheetKind.SUPPLY_EXCEL}
    found = papers(order).get(kinds[kind]) if order and kind in kinds else None
    if found is None:
        raise Http404
    return file_response(found)


@with_link
@require_POST
def received(request: HttpRequest, link: AccessLink, token: str) -> HttpResponse:
    """The supplier has the version that its page showed."""
    order = current_order(link)
    if order is None:
        raise Http404
    handoff = handoff_of(order)
    if request.POST.get("version") != str(order.version):
        return redirect("supplier-link", token=token)
    acknowledge(handoff, by=holder(link), now=timezone.now())
    return redirect("supplier-link", token=token)
