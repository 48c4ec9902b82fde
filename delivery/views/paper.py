"""Sheets, one compound's paper and one supplier's: shown, printed, handed off, re-linked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.queries.visible import suppliers_of
from delivery.actions.access import revoke_link
from delivery.actions.fetch_sheet import fetch_sheet
from delivery.actions.handoffs import acknowledge, send_handoff
from delivery.actions.print_sheet import print_sheet
from delivery.models import AccessLink, Handoff, Sheet
from delivery.queries.batches import lists_of, sheets_of, supply_of
from delivery.queries.links import links_of
from delivery.queries.paper import (
    compound_rows,
    difference_sheets,
    differences_of,
    homes_changed,
    live_link,
    phone_looks,
    supplier_rows,
)
from delivery.queries.sheets import to_print, waits_for_print
from delivery.queries.volunteer import overview
from delivery.states import COMPOUND_KINDS, SheetKind
from delivery.views.batches import batch_or_404, compound_or_404
from delivery.views.files import file_response
from groupbuy.community.models import staff
from groupbuy.community.requests import (
    StaffRequest,
    in_person,
    staff_only,
    to_proof,
    told,
    town_staff_only,
)
from groupbuy.community.rules import has_proved
from groupbuy.shared.errors import Refused
from orders.actions.open_list import open_list

PRINTED = [(kind.value, kind.label) for kind in COMPOUND_KINDS]


@staff_only
@require_GET
def sheet(request: StaffRequest, sheet_id: int) -> HttpResponse:
    """One stored document, for who may see its compound; the rest for the town.

    A list comes by GET only once it is printed; before, the page with the button comes.
    """
    found = get_object_or_404(sheets_of(request.user), pk=sheet_id)
    if not waits_for_print(found):
        try:
            fetch_sheet(found, by=in_person(request), now=timezone.now())
            return file_response(found)
        except Refused as refusal:  # the page's button asks what it is needed for
            if refusal.code == "proof":
                return to_proof(request.path, back=page_of(found))
            if refusal.code == "second":
                return redirect("sheet-release", sheet_id=found.pk)
            messages.info(request, refusal.sentence)
    return redirect(page_of(found))


def page_of(sheet: Sheet) -> str:
    """The page that offers this document."""
    if sheet.compound_id:
        return reverse("batch-compound", args=[sheet.batch_id, sheet.compound_id])
    return reverse("batch", args=[sheet.batch_id])


@staff_only
@require_GET
def batch_compound(
    request: StaffRequest, batch_id: int, compound_id: int
) -> HttpResponse:
    """One compound's list: print it, give volunteers their link, see how far they are."""
    one = batch_or_404(request, batch_id)
    paper = compound_rows(request.user, one).get(compound_id)
    mine = [
        d for d in differences_of(request.user, one) if d.compound_id == compound_id
    ]
    if paper is None and not mine:
        compound_or_404(request, one, compound_id)
        return redirect("batch", batch_id=one.pk)
    compound = paper.pickup_list.compound if paper else mine[0].compound
    by, now, homes = staff(request.user), timezone.now(), homes_changed(mine)
    where = {"compound_id": compound.pk}
    open_list("batch-compound", one, homes=homes, by=by, now=now, **where)
    context = {
        "batch": one,
        "compound": compound,
        "paper": paper,
        "link": live_link(one, compound=compound),
        "looks": phone_looks(one, compound),
        "gates": overview(one, compound),
        "differences": mine,
        "difference_sheets": difference_sheets(one, mine),
        "sheet_kinds": PRINTED,
    }
    return render(request, "delivery/compound.html", context)


@staff_only
@require_POST
def print_list(request: StaffRequest, batch_id: int, compound_id: int) -> HttpResponse:
    """The list counts as printed, and the sheet asked for opens."""
    one = lists_of(request.user).filter(batch=batch_id, compound=compound_id).first()
    sheets = sheets_of(request.user).filter(batch=batch_id, compound=compound_id)
    wanted = to_print(sheets, one, request.POST.get("kind", SheetKind.DOORS))
    if one is None and wanted is None:
        raise Http404
    if wanted is None:
        messages.info(request, _("The sheets are still being made."))
        return redirect("batch-compound", batch_id=batch_id, compound_id=compound_id)
    by, now = in_person(request), timezone.now()
    if not has_proved(by, now):  # before the list counts as printed
        messages.info(request, _("Afterwards please press the button once more."))
        return to_proof(reverse("batch-compound", args=[batch_id, compound_id]))
    if one is not None:  # a compound with late orders only has no list
        print_sheet(one, by=by, now=now)
    return redirect("sheet", sheet_id=wanted.pk)


@town_staff_only
@require_GET
def batch_supplier(
    request: StaffRequest, batch_id: int, supplier_id: int
) -> HttpResponse:
    """One supplier's order: its link with a code, its papers, and whether it has it."""
    one = batch_or_404(request, batch_id)
    found = supplier_rows(request.user, one)
    paper = next((p for p in found if p.order.supplier_id == supplier_id), None)
    if paper is None:
        own = suppliers_of(request.user).filter(town=one.group_buy.town_id)
        get_object_or_404(own, pk=supplier_id)
        return redirect("batch", batch_id=one.pk)
    link = live_link(one, supplier_id=supplier_id)
    context = {"batch": one, "paper": paper, "link": link}
    return render(request, "delivery/supplier_desk.html", context)


@town_staff_only
@require_POST
def handoff_sent(
    request: StaffRequest, batch_id: int, supplier_id: int
) -> HttpResponse:
    """Staff has sent link or file; the supplier's answer comes by its own page."""
    handoff = handoff_of(request, batch_id, supplier_id)
    told(
        request,
        lambda: send_handoff(handoff, by=staff(request.user), now=timezone.now()),
        _("Noted as sent."),
    )
    return redirect("batch-supplier", batch_id=batch_id, supplier_id=supplier_id)


@town_staff_only
@require_POST
def handoff_received(
    request: StaffRequest, batch_id: int, supplier_id: int
) -> HttpResponse:
    """The supplier said so on the telephone."""
    handoff = handoff_of(request, batch_id, supplier_id)
    told(
        request,
        lambda: acknowledge(handoff, by=staff(request.user), now=timezone.now()),
        _("Noted as received."),
    )
    return redirect("batch-supplier", batch_id=batch_id, supplier_id=supplier_id)


def handoff_of(request: StaffRequest, batch_id: int, supplier_id: int) -> Handoff:
    """The one of the supplier's current order."""
    order = get_object_or_404(
        supply_of(request.user), batch=batch_id, supplier=supplier_id
    )
    return get_object_or_404(
        Handoff, batch=batch_id, supplier=supplier_id, version=order.version
    )


@staff_only
@require_POST
def new_link(request: StaffRequest, link_id: int) -> HttpResponse:
    """Revoke a link and make another; the codes on printed sheets end with it."""
    link = get_object_or_404(links_of(request.user), pk=link_id)
    told(
        request,
        lambda: revoke_link(link, by=staff(request.user), now=timezone.now()),
        _("The old link is dead. This is the new one; send it to whom it is for."),
    )
    if link.kind == AccessLink.Kind.SUPPLIER:
        return redirect("batch-supplier", link.batch_id, link.supplier_id)
    return redirect("batch-compound", link.batch_id, link.compound_id)
