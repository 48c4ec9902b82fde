"""Steering a running batch: its cutoffs, its notice, closing now, calling off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.batches import move_cutoff, set_notice
from catalog.models import Batch
from catalog.queries.visible import batches_of, stock_of
from groupbuy.community.forms import StaffForm
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, told, town_staff_only
from orders.actions.call_off import call_off_batch, call_off_offer
from orders.queries.desk import today as day
from orders.views.desk.forms import CutoffForm, NoticeForm, ReasonForm
from orders.views.desk.today import cutoff_form, notice_form, page

CUTOFFS = ("until_link", "until_heads")


@town_staff_only
@require_POST
def save_cutoff(request: StaffRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    form = CutoffForm(request.POST)

    def verb() -> None:
        move_cutoff(
            batch, by=staff(request.user), now=timezone.now(), **form.cleaned_data
        )

    if accepted(form, verb):
        return card(request, batch, "day/cutoff.html", cutoff=cutoff_form(batch))
    return card(request, batch, "day/cutoff.html", cutoff=form)


@town_staff_only
@require_POST
def save_notice(request: StaffRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    form = NoticeForm(request.POST)

    def verb() -> None:
        set_notice(
            batch, by=staff(request.user), now=timezone.now(), **form.cleaned_data
        )

    if accepted(form, verb):
        return card(request, batch, "day/notice.html", notice=notice_form(batch))
    return card(request, batch, "day/notice.html", notice=form)


def card(
    request: StaffRequest, batch: Batch, template: str, **form: StaffForm
) -> HttpResponse:
    """One card alone for htmx, else the page; a refused form with 409, as it was typed."""
    refused = any(one.is_bound for one in form.values())
    if request.htmx:
        context = {"batch": batch, "saved": not refused, **form}
        response = render(request, template, context, status=409 if refused else 200)
        response["HX-Trigger"] = "day-changed"
        return response
    if refused:
        return page(request, batch, typed=form, status=409)
    messages.success(request, _("Saved"))
    return redirect("today-batch", batch_id=batch.pk)


@town_staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def close_now(request: StaffRequest, batch_id: int) -> HttpResponse:
    """First the totals as they would be; then, confirmed, both cutoffs move to this moment.

    The clockwork closes the batch seconds later, as it does every day.
    """
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    if request.method == "POST":
        said = _("Ordering has ended. The lists follow in a moment.")
        told(request, lambda: end_ordering(request, batch), said)
        return redirect("batch", batch_id=batch.pk)
    context = {
        "batch": batch,
        "numbers": day.day_numbers(batch, timezone.now()),
        "suppliers": day.totals_by_supplier(batch),
        "compounds": day.totals_by_compound(batch),
    }
    return render(request, "day/close_now.html", context)


def end_ordering(request: StaffRequest, batch: Batch) -> None:
    """Both cutoffs are this moment; one that has passed stays what it was."""
    now = timezone.now()
    ends = {name: min(getattr(batch, name), now) for name in CUTOFFS}
    move_cutoff(batch, by=staff(request.user), now=now, **ends)


@town_staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: StaffRequest, batch_id: int) -> HttpResponse:
    """The whole day does not take place; the reason is shown to everybody who ordered."""
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    form = reason_form(request)

    def verb() -> None:
        call_off_batch(
            batch, by=staff(request.user), now=timezone.now(), **form.cleaned_data
        )

    if request.method == "POST" and accepted(form, verb):
        messages.success(request, _("This day is called off."))
        return redirect("today")
    numbers = day.day_numbers(batch, timezone.now())
    context = {"batch": batch, "form": form, "numbers": numbers}
    status = 409 if form.errors else 200
    return render(request, "day/call_off.html", context, status=status)


@town_staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def call_off_one(request: StaffRequest, stock_id: int) -> HttpResponse:
    """One package cannot be supplied: it leaves every order of the day."""
    stock = get_object_or_404(stock_of(request.user), pk=stock_id)
    form = reason_form(request)

    def verb() -> None:
        call_off_offer(
            stock, by=staff(request.user), now=timezone.now(), **form.cleaned_data
        )

    if request.method == "POST" and accepted(form, verb):
        messages.success(request, _("The package is called off."))
        return redirect("today-batch", batch_id=stock.batch_id)
    context = {"batch": stock.batch, "stock": stock, "form": form}
    context["concerned"] = day.orders_with(stock).count()
    status = 409 if form.errors else 200
    return render(request, "day/call_off.html", context, status=status)


def reason_form(request: StaffRequest) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None)
