"""Finding orders, and one order's page: contents, history, and what may still be done."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from catalog.models import Batch, Stock
from catalog.queries.visible import stock_of
from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, staff_only
from orders.actions.open_list import open_found
from orders.models import Order
from orders.queries.desk.find import MOST, found
from orders.queries.desk.history import order_history
from orders.queries.orders import visible_to, with_same_home
from orders.states import OrderState
from orders.views.desk.forms import ReasonForm


@staff_only
@require_GET
def find_order(request: StaffRequest) -> HttpResponse:
    """By compound and room, the last four of a phone, or the order number; of those that
    hold one ``package`` of a day, if it is named."""
    text = request.GET.get("q", "").strip()[:60]
    stock = named_package(request)
    orders = found(request.user, text, stock)
    open_found(orders, by=staff(request.user), now=timezone.now())
    context = {"q": text, "stock": stock, "orders": orders, "most": MOST}
    return render(request, "day/find.html", context)


def named_package(request: StaffRequest) -> Stock | None:
    package = request.GET.get("package", "")
    if not package:
        return None
    pk = int(package) if package.isdecimal() else 0
    return get_object_or_404(stock_of(request.user), pk=pk)


@staff_only
@require_GET
def order(request: StaffRequest, order_id: int) -> HttpResponse:
    return order_page(request, whole_order(request, order_id))


def whole_order(request: StaffRequest, order_id: int) -> Order:
    """The order if its home is this person's to look after; else 404."""
    return get_object_or_404(whole(visible_to(request.user)), pk=order_id)


def whole(orders: QuerySet[Order]) -> QuerySet[Order]:
    return (
        with_same_home(orders)
        .select_related(
            "compound__committee", "batch__group_buy__town", "entered_by", "late_by"
        )
        .prefetch_related("lines__stock__supplier")
    )


def order_page(
    request: StaffRequest,
    order: Order,
    *,
    void: ReasonForm | None = None,
    phone: str = "",
) -> HttpResponse:
    """``void`` is a refused form as it was typed (409); ``phone`` is shown this once."""
    context = {
        "order": order,
        "lines": order.lines.all(),
        "history": order_history(order),
        "void": void or ReasonForm(),
        "phone": phone,
        "is_standing": order.state == OrderState.STANDING,
        "can_change": can_change(order),
        "is_open": order.batch.state == Batch.State.OPEN,
    }
    refused = void is not None and void.errors
    return render(request, "day/order.html", context, status=409 if refused else 200)


def can_change(order: Order) -> bool:
    """Whether the buttons are shown at all; the verbs decide."""
    return (
        order.state == OrderState.STANDING
        and order.batch.state == Batch.State.OPEN
        and timezone.now() < order.batch.until_last
    )
