"""Today: every open batch of the person's towns, its numbers and its one editable table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.models import Batch, Stock
from catalog.queries.visible import batches_of
from groupbuy.community.forms import StaffForm
from groupbuy.community.requests import StaffRequest, town_staff_only
from orders.queries.desk.history import batch_history
from orders.queries.desk.today import Holders, day_numbers, open_batches, table_of
from orders.views.desk.forms import CutoffForm, HeldForm, NoticeForm, QuotaForm

STOP_POLLING = 286  # htmx: the answer is swapped in, and nobody asks again


@dataclass
class Row:
    """One row of the table: the stock as it is, and what somebody is typing about it."""

    stock: Stock
    quota: QuotaForm
    held: HeldForm
    saved: str = ""
    refusal: str = ""
    holders: Holders | None = (
        None  # who would be hit, where the quota was refused for it
    )


@town_staff_only
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """The open batch with the nearest cutoff; the others are tabs."""
    batch = open_batches(request.user).first()
    if batch is None:
        return render(request, "day/nothing_open.html")
    return page(request, batch)


@town_staff_only
@require_GET
def today_batch(request: StaffRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    if batch.state != Batch.State.OPEN:
        return redirect("batch", batch_id=batch.pk)
    return page(request, batch)


@town_staff_only
@require_GET
def live(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Numbers only, swapped in piece by piece: no field that somebody types in is touched."""
    batch = get_object_or_404(batches_of(request.user), pk=batch_id)
    ended = batch.state != Batch.State.OPEN
    context = {
        "batch": batch,
        "numbers": day_numbers(batch, timezone.now()),
        "stocks": table_of(batch),
        "ended": ended,
        "is_update": True,
    }
    return render(
        request, "day/live.html", context, status=STOP_POLLING if ended else 200
    )


def page(
    request: StaffRequest,
    batch: Batch,
    *,
    row: Row | None = None,
    typed: Mapping[str, StaffForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page of one batch; ``row`` and ``typed`` were refused, they stay as typed."""
    context = {
        "batch": batch,
        "tabs": open_batches(request.user),
        "numbers": day_numbers(batch, timezone.now()),
        "rows": rows_of(batch, row),
        "cutoff": cutoff_form(batch),
        "notice": notice_form(batch),
        "history": batch_history(batch),
        **(typed or {}),
    }
    return render(request, "day/today.html", context, status=status)


def rows_of(batch: Batch, typed: Row | None) -> list[Row]:
    kept = {typed.stock.pk: typed} if typed else {}
    return [kept.get(stock.pk) or fresh_row(stock) for stock in table_of(batch)]


def fresh_row(stock: Stock, *, saved: str = "") -> Row:
    auto_id = f"%s-{stock.pk}"
    return Row(
        stock=stock,
        quota=QuotaForm(initial={"quota": stock.quota}, auto_id=auto_id),
        held=HeldForm(initial={"held": stock.held}, auto_id=auto_id),
        saved=saved,
    )


def cutoff_form(batch: Batch) -> CutoffForm:
    return CutoffForm(
        initial={
            "until_link": timezone.localtime(batch.until_link),
            "until_heads": timezone.localtime(batch.until_heads),
        }
    )


def notice_form(batch: Batch) -> NoticeForm:
    return NoticeForm(initial={"notice": batch.notice})
