"""Changing an order until its cutoff: the same form as for ordering, already filled in."""

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from groupbuy.community.models import RESIDENT
from groupbuy.shared.errors import Refused
from orders.actions.change_order import change_order
from orders.forms import OrderForm, field_of
from orders.models import Order, TooLate
from orders.queries.mine import mine
from orders.queries.page import cards_of, served_compounds
from orders.views.mine import held, order_page
from orders.views.origin import csrf_lost, vouched, voucher
from orders.views.sheet import FRONT, Sheet, step_of, with_choices

CHANGE = "residents/mine/change.html"


@csrf_exempt  # checked below, so that a lost cookie costs one more tap, not the form
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_order_change(request: HttpRequest, number: str) -> HttpResponseBase:
    order, token = held(request, number)
    now = timezone.now()
    if not mine([order], now=now)[0].can_change:
        return order_page(request, order, now=now, token=token, refusal=TooLate())
    sheet = change_sheet(request, order, now=now)
    if step_of(request.POST, onward="save") != "save":
        return sheet.page(CHANGE, order=order)
    if csrf_lost(request) and not vouched(request, sheet.key):
        sheet.again = voucher(sheet.key)
        return sheet.page(CHANGE, order=order)
    return saved(sheet, order, token)


def saved(sheet: Sheet, order: Order, token: str) -> HttpResponseBase:
    """Write the change; what is refused comes back with everything as typed."""
    if sheet.home() is None:
        return sheet.page(CHANGE, 422, order=order)
    try:
        change_order(order, wish=sheet.form.wish(), by=RESIDENT, now=sheet.now)
    except TooLate as refusal:
        return order_page(
            sheet.request,
            order,
            now=sheet.now,
            token=token,
            status=409,
            refusal=refusal,
        )
    except Refused as refusal:
        sheet.refuse(refusal)
        return sheet.page(CHANGE, 409, order=order)
    return redirect(f"{reverse('my-order', args=[order.number])}?changed=1")


def change_sheet(request: HttpRequest, order: Order, *, now: datetime) -> Sheet:
    """The order as a form; its own pieces count as available to it."""
    own = dict(order.lines.values_list("stock", "quantity"))
    cards = cards_of(order.batch, own)
    compounds = list(served_compounds(order.batch.group_buy))
    if request.method == "POST":
        form = OrderForm(with_choices(request.POST), cards=cards, compounds=compounds)
    else:
        told = {name: getattr(order, name) for name in FRONT if name != "compound"}
        told |= {"compound": order.compound_id, "name_in_feed": order.name_in_feed}
        told |= {field_of(card): card.own or "" for card in cards}
        form = OrderForm(initial=told, cards=cards, compounds=compounds)
    key = f"change-{order.pk}"
    return Sheet(request, order.batch.group_buy, order.batch, now, form, compounds, key)
