"""One row of today's table: each small form is one verb, answered by the row itself.

With htmx the row comes back alone; without, the whole page does, at the row. Refused: the
sentence stands beside the field and what was typed is still in it.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.actions.stock import pause_offer, restock, resume_offer, set_held
from catalog.models import Stock
from catalog.queries.visible import stock_of
from groupbuy.community.forms import StaffForm
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, town_staff_only
from groupbuy.shared.errors import Refused
from orders.queries.desk.today import holders, table_of
from orders.views.desk.forms import HeldForm, QuotaForm
from orders.views.desk.today import Row, fresh_row, page

CHANGED = "day-changed"  # the event that makes the numbers on top refresh at once


@town_staff_only
@require_POST
def save_quota(request: StaffRequest, stock_id: int) -> HttpResponse:
    """A new quota, or +10, +50."""
    stock = get_object_or_404(stock_of(request.user), pk=stock_id)
    row = fresh_row(stock, saved=_("Saved"))
    row.quota = QuotaForm(request.POST, auto_id=f"%s-{stock.pk}")

    def verb() -> None:
        restock(stock, by=staff(request.user), now=timezone.now(), **row.quota.wanted())

    return answer(request, row, row.quota, verb)


@town_staff_only
@require_POST
def save_held(request: StaffRequest, stock_id: int) -> HttpResponse:
    """How much of the quota only building heads may take."""
    stock = get_object_or_404(stock_of(request.user), pk=stock_id)
    row = fresh_row(stock, saved=_("Saved"))
    row.held = HeldForm(request.POST, auto_id=f"%s-{stock.pk}")

    def verb() -> None:
        held = row.held.cleaned_data["held"]
        set_held(stock, held=held, by=staff(request.user), now=timezone.now())

    return answer(request, row, row.held, verb)


@town_staff_only
@require_POST
def pause(request: StaffRequest, stock_id: int) -> HttpResponse:
    return steer(request, stock_id, pause_offer, _("Paused"))


@town_staff_only
@require_POST
def resume(request: StaffRequest, stock_id: int) -> HttpResponse:
    return steer(request, stock_id, resume_offer, _("On sale again"))


def steer(
    request: StaffRequest, stock_id: int, verb: Callable[..., Stock], saved: str
) -> HttpResponse:
    """One tap on a row; a refusal stands in it (409)."""
    stock = get_object_or_404(stock_of(request.user), pk=stock_id)
    row = fresh_row(stock, saved=saved)
    try:
        verb(stock, by=staff(request.user), now=timezone.now())
    except Refused as refusal:
        row.refusal = str(refusal.sentence)
        return show_refused(request, row)
    return show(request, row)


def answer(
    request: StaffRequest, row: Row, form: StaffForm, verb: Callable[[], object]
) -> HttpResponse:
    """Runs the verb if the form reads well; a refusal comes back in the row (409)."""
    if accepted(form, verb):
        return show(request, fresh_row(row.stock, saved=row.saved))
    return show_refused(request, row)


def show(request: StaffRequest, row: Row) -> HttpResponse:
    if not request.htmx:
        there = reverse("today-batch", args=[row.stock.batch_id])
        return redirect(f"{there}#row-{row.stock.pk}")
    row = fresh_row(as_now(row.stock), saved=row.saved)
    response = render(request, "day/row.html", {"row": row})
    response["HX-Trigger"] = CHANGED
    return response


def show_refused(request: StaffRequest, row: Row) -> HttpResponse:
    row.stock, row.saved = as_now(row.stock), ""
    if row.quota.has_error("quota", "below_reserved"):
        row.holders = holders(row.stock)
    if not request.htmx:
        return page(request, row.stock.batch, row=row, status=409)
    return render(request, "day/row.html", {"row": row}, status=409)


def as_now(stock: Stock) -> Stock:
    return table_of(stock.batch).get(pk=stock.pk)
