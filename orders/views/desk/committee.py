"""The committee's page: its compounds, one day's orders by building, and the cash."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Batch
from groupbuy.community.models import Compound, staff
from groupbuy.community.requests import StaffRequest, staff_only
from groupbuy.shared.errors import Refused
from orders.actions.mark_paid import mark_paid
from orders.actions.open_list import open_list
from orders.models import Order
from orders.queries.desk import committee as desk
from orders.queries.orders import visible_to, with_same_home


@staff_only
@require_GET
def committee(request: StaffRequest) -> HttpResponse:
    """All compounds of this person; with only one, that one at once."""
    rows = desk.overview(request.user)
    if len(rows) == 1:
        return redirect("committee-compound", compound_id=rows[0].compound.pk)
    return render(request, "day/committee.html", {"rows": rows})


@staff_only
@require_GET
def compound(request: StaffRequest, compound_id: int) -> HttpResponse:
    """One compound's orders by building; ``?day=`` picks the batch, else the open one."""
    place = mine(request, compound_id)
    batches = desk.compound_batches(place)
    batch = chosen(batches, request.GET.get("day", ""))
    context = {
        "compound": place,
        "batches": batches,
        "batch": batch,
        "is_closed": batch is not None and batch.state == Batch.State.CLOSED,
    }
    if batch is not None:
        orders = list(desk.compound_orders(batch, place))
        context |= orders_of(batch, place, orders)
        homes = len({order.home_key for order in orders})
        by, now = staff(request.user), timezone.now()
        page, where = "committee-compound", place.pk
        open_list(page, batch, homes=homes, by=by, now=now, compound_id=where)
    return render(request, "day/compound.html", context)


def mine(request: StaffRequest, compound_id: int) -> Compound:
    return get_object_or_404(
        desk.compounds_with_committee(request.user), pk=compound_id
    )


def chosen(batches: list[Batch], day: str) -> Batch | None:
    asked = [batch for batch in batches if str(batch.pk) == day]
    return next(iter(asked or batches), None)


def orders_of(batch: Batch, place: Compound, orders: list[Order]) -> dict[str, object]:
    return {
        "buildings": desk.by_building(orders),
        "money": desk.compound_money(batch, place),
        "give_back": desk.to_give_back(batch, place),
    }


@staff_only
@require_POST
def take_money(request: StaffRequest, order_id: int) -> HttpResponse:
    """One tap: paid. The row comes back, the sums with it."""
    order = get_object_or_404(mine_to_settle(request), pk=order_id)
    sentence = ""
    try:
        mark_paid(order, by=staff(request.user), now=timezone.now())
    except Refused as refusal:
        sentence = str(refusal.sentence)
    if not request.htmx:
        there = reverse("committee-compound", args=[order.compound_id])
        return redirect(f"{there}?day={order.batch_id}#order-{order.pk}")
    money = desk.compound_money(order.batch, order.compound)
    context = {"order": order, "sentence": sentence, "money": money, "is_update": True}
    status = 409 if sentence else 200
    return render(request, "day/order_row.html", context, status=status)


def mine_to_settle(request: StaffRequest) -> QuerySet[Order]:
    orders = with_same_home(visible_to(request.user)).prefetch_related("lines__stock")
    return orders.select_related("compound__committee", "batch__group_buy")
