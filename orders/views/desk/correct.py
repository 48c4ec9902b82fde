"""What staff do to one order, each through its verb: change, cancel, void, take money, call."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groupbuy.community.models import staff
from groupbuy.community.requests import StaffRequest, accepted, staff_only, told
from orders.actions.cancel_order import cancel_order, void_order
from orders.actions.change_order import change_order
from orders.actions.mark_paid import mark_paid
from orders.actions.show_phone import show_phone
from orders.models import Order
from orders.queries.desk.find import choices
from orders.views.desk.find import can_change, order_page, whole_order
from orders.views.desk.forms import ChangeForm, ReasonForm

AS_IT_IS = (
    "compound",
    "building",
    "unit",
    "room",
    "name",
    "note",
    "bring_to_door",
)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, order_id: int) -> HttpResponse:
    """Quantities and address. A refusal names its field, and the nearest homes on a miss."""
    order = whole_order(request, order_id)
    form = change_form(request, order)

    def verb() -> None:
        change_order(
            order, wish=form.wish(), by=staff(request.user), now=timezone.now()
        )

    if request.method == "POST" and accepted(form, verb):
        messages.success(request, _("The order is changed."))
        return redirect("desk-order", order_id=order.pk)
    context = {"order": order, "form": form, "can": can_change(order)}
    status = 409 if form.errors else 200
    return render(request, "day/change.html", context, status=status)


def change_form(request: StaffRequest, order: Order) -> ChangeForm:
    compounds, stock = choices(request.user, order)
    return ChangeForm(
        request.POST if request.method == "POST" else None,
        order=order,
        compounds=compounds,
        stock=stock,
        initial={name: getattr(order, name) for name in AS_IT_IS},
    )


@staff_only
@require_POST
def cancel(request: StaffRequest, order_id: int) -> HttpResponse:
    """The household asked for it, before the cutoff."""
    order = whole_order(request, order_id)
    told(
        request,
        lambda: cancel_order(order, by=staff(request.user), now=timezone.now()),
        _("The order is cancelled. Its packages are back in stock."),
    )
    return redirect("desk-order", order_id=order.pk)


@staff_only
@require_POST
def void(request: StaffRequest, order_id: int) -> HttpResponse:
    """A false or double order, with the reason why."""
    order = whole_order(request, order_id)
    form = ReasonForm(request.POST)

    def verb() -> None:
        void_order(
            order, by=staff(request.user), now=timezone.now(), **form.cleaned_data
        )

    if accepted(form, verb):
        sentence = _("The order is void. Its packages are back in stock.")
        messages.success(request, sentence)
        return redirect("desk-order", order_id=order.pk)
    return order_page(request, order, void=form)


@staff_only
@require_POST
def paid(request: StaffRequest, order_id: int) -> HttpResponse:
    order = whole_order(request, order_id)
    told(
        request,
        lambda: mark_paid(order, by=staff(request.user), now=timezone.now()),
        _("Noted: the money is settled."),
    )
    return redirect("desk-order", order_id=order.pk)


@staff_only
@require_POST
def phone(request: StaffRequest, order_id: int) -> HttpResponse:
    """The number, for this one look; the log keeps who looked."""
    order = whole_order(request, order_id)
    number = show_phone(order, by=staff(request.user), now=timezone.now())
    return order_page(request, order, phone=number)
