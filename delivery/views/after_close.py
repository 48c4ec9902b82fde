"""A closed day, corrected by staff: an order taken off, an order let in late."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.models import Batch
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.forms import LateForm, WithdrawForm
from delivery.queries.batches import compounds_served, orders_of
from delivery.views.batches import batch_or_404
from groupbuy.community.models import staff
from groupbuy.community.requests import (
    StaffRequest,
    accepted,
    staff_only,
    town_staff_only,
)
from orders.models import Order


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Take one order off, by its number; what is printed gets a numbered difference."""
    one = batch_or_404(request, batch_id)
    typed = request.POST if request.method == "POST" else None
    form = WithdrawForm(typed, initial={"number": request.GET.get("number", "")})
    number = form.data.get("number", form.initial["number"]).strip().upper()
    order = order_of(request, one, number)
    if order is None and form.is_bound and form.is_valid():
        sentence = _("There is no such order on this day. Please check the number.")
        form.add_error("number", sentence)

    def verb() -> None:
        reason = form.cleaned_data["reason"]
        by, now = staff(request.user), timezone.now()
        if order is not None:
            void_after_close(order, reason=reason, by=by, now=now)

    if form.is_bound and accepted(form, verb):
        messages.success(request, _("The order is off; the lists know it."))
        return redirect("batch", batch_id=one.pk)
    context = {"batch": one, "form": form, "order": order}
    status = 409 if form.errors else 200
    return render(request, "delivery/withdraw.html", context, status=status)


def order_of(request: StaffRequest, one: Batch, number: str) -> Order | None:
    """The standing order of this day that this person may take off."""
    orders = orders_of(request.user).filter(batch=one, number=number)
    return orders.select_related("compound", "batch__group_buy").first()


@town_staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def late(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Let one order in after closing, within what is left of the quota."""
    one = batch_or_404(request, batch_id)
    form = LateForm(
        request.POST if request.method == "POST" else None,
        compounds=compounds_served(request.user, one),
        stock=one.stock.all(),
    )

    def verb() -> None:
        by, now = staff(request.user), timezone.now()
        reason = form.cleaned_data["reason"]
        add_after_close(one, wish=form.wish(), reason=reason, by=by, now=now)

    if form.is_bound and accepted(form, verb):
        messages.success(request, _("The order is in; the lists know it."))
        return redirect("batch", batch_id=one.pk)
    context = {"batch": one, "form": form}
    status = 409 if form.errors else 200
    return render(request, "delivery/late.html", context, status=status)
