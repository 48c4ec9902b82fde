"""Suppliers, their papers, and stopping one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.suppliers import (
    drop_paper,
    resume_supplier,
    save_paper,
    save_supplier,
    suspend_supplier,
)
from catalog.forms.suppliers import PaperForm, ReasonForm, SupplierForm
from catalog.models import Supplier, SupplierPaper
from catalog.queries.supply import supplier_rows
from catalog.queries.visible import suppliers_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, town_staff_only
from groupbuy.shared.clock import day_of


@town_staff_only
def suppliers(request: StaffRequest) -> HttpResponse:
    """All suppliers of the person's towns; whose papers end soon stands out."""
    rows = supplier_rows(request.user, on=day_of(timezone.now()))
    return render(request, "supply/suppliers.html", {"rows": rows})


@town_staff_only
def new_supplier(request: StaffRequest) -> HttpResponse:
    form = SupplierForm(request.POST or None, user=request.user)

    def save() -> None:
        save_supplier(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        return redirect("supplier", form.instance.pk)
    status = 422 if form.errors else 200
    return render(request, "supply/supplier_new.html", {"form": form}, status=status)


@town_staff_only
def supplier(request: StaffRequest, supplier_id: int) -> HttpResponse:
    """One supplier: its facts, its papers, its packages."""
    shown = get_object_or_404(suppliers_of(request.user), pk=supplier_id)
    form = SupplierForm(request.POST or None, instance=shown, user=request.user)

    def save() -> None:
        save_supplier(form.instance, by=staff(request.user), now=timezone.now())

    if request.method == "POST" and accepted(form, save):
        messages.success(request, _("Saved."))
        return redirect("supplier", shown.pk)
    return page(request, supplier_id, form=form)


@town_staff_only
@require_POST
def new_paper(request: StaffRequest, supplier_id: int) -> HttpResponse:
    shown = get_object_or_404(suppliers_of(request.user), pk=supplier_id)
    form = PaperForm(request.POST, instance=SupplierPaper(supplier=shown))

    def save() -> None:
        save_paper(form.instance, by=staff(request.user), now=timezone.now())

    if accepted(form, save):
        return redirect("supplier", shown.pk)
    return page(request, supplier_id, paper_form=form)


@town_staff_only
@require_POST
def drop(request: StaffRequest, paper_id: int) -> HttpResponse:
    papers = SupplierPaper.objects.filter(supplier__in=suppliers_of(request.user))
    paper = get_object_or_404(papers, pk=paper_id)
    supplier_id = paper.supplier_id
    drop_paper(paper, by=staff(request.user), now=timezone.now())
    return redirect("supplier", supplier_id)


@town_staff_only
@require_POST
def suspend(request: StaffRequest, supplier_id: int) -> HttpResponse:
    shown = get_object_or_404(suppliers_of(request.user), pk=supplier_id)
    form = ReasonForm(request.POST)

    def stop() -> None:
        reason = form.cleaned_data["reason"]
        suspend_supplier(
            shown, reason=reason, by=staff(request.user), now=timezone.now()
        )

    if accepted(form, stop):
        messages.success(request, _("Suspended. Its packages are paused."))
        return redirect("supplier", shown.pk)
    return page(request, supplier_id, reason_form=form)


@town_staff_only
@require_POST
def resume(request: StaffRequest, supplier_id: int) -> HttpResponse:
    shown = get_object_or_404(suppliers_of(request.user), pk=supplier_id)
    resume_supplier(shown, by=staff(request.user), now=timezone.now())
    messages.success(request, _("Its packages are in the next batch again."))
    return redirect("supplier", shown.pk)


def page(
    request: StaffRequest,
    supplier_id: int,
    *,
    form: SupplierForm | None = None,
    paper_form: PaperForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    """The supplier's page; a refused form stands on it as it was typed (422)."""
    on = day_of(timezone.now())
    rows = supplier_rows(request.user, on=on, only=supplier_id)
    shown: Supplier = rows[0].supplier
    context = {
        "row": rows[0],
        "supplier": shown,
        "form": form or SupplierForm(instance=shown, user=request.user),
        "paper_form": paper_form or PaperForm(),
        "reason_form": reason_form or ReasonForm(),
        "packages": shown.packages.order_by("name"),
        "today": on,
    }
    wrong = [f for f in (form, paper_form, reason_form) if f is not None and f.errors]
    status = 422 if wrong else 200
    return render(request, "supply/supplier.html", context, status=status)
