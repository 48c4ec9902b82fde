"""Ordering: one form, one look over it, done. Nothing typed is ever lost."""

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
from orders.actions.place_order import Placed, place_order
from orders.models import Order, TooLate
from orders.queries.homes import Home
from orders.queries.orders import order_by_token, orders_by_tokens
from orders.queries.page import (
    Phase,
    current,
    phase,
    served_compound,
)
from orders.states import OrderState
from orders.views.device import (
    RememberedHome,
    forget_home,
    keep_helped,
    keep_order,
    order_tokens,
    remember_home,
)
from orders.views.fresh_form import FORM, fresh_form
from orders.views.link import link_path, published
from orders.views.mine import order_page
from orders.views.neighbour import helped_orders, too_many
from orders.views.origin import csrf_lost, vouched, voucher
from orders.views.quick import quick_order
from orders.views.refused import INVALID, refused
from orders.views.sheet import Sheet, fresh_sheet, sent_sheet, step_of


@csrf_exempt  # checked below, so that a lost cookie costs one more tap, not the form
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET mints the submit key and the CSRF token; POST goes on by its ``step``."""
    now = timezone.now()
    if request.method == "POST":
        return sent(request, token, now=now)
    return fresh_form(request, token) or form(request, token, now=now)


def form(request: HttpRequest, token: str, *, now: datetime) -> HttpResponseBase:
    """The form with what this phone remembers; to the link where nothing can be ordered."""
    group_buy = published(token)
    batch = current(list(group_buy.batches.order_by("-delivery_on")[:4]))
    if batch is None or phase(group_buy, batch, now=now) is not Phase.OPEN:
        compound = served_compound(group_buy, request.GET.get("c", ""))
        return redirect(link_path(token, compound.pk if compound else None))
    return form_step(fresh_sheet(request, group_buy, batch, now=now))


def sent(request: HttpRequest, token: str, *, now: datetime) -> HttpResponseBase:
    """A plain order at once; everything else, and every refusal, at leisure."""
    quick = quick_order(request, token, now=now)
    if isinstance(quick, HttpResponseBase):
        return quick
    sheet = sent_sheet(request, published(token), now=now)
    if quick is None:
        return answered(sheet)
    sheet.form.leave_stock_to_the_verb()
    return (
        refused(sheet, quick) if sheet.is_well_filled() else sheet.page(FORM, INVALID)
    )


def answered(sheet: Sheet) -> HttpResponseBase:
    """Only ``place`` writes, so only ``place`` needs the CSRF check."""
    request = sheet.request
    step = step_of(request.POST, onward="review")
    if step != "place":
        return review_step(sheet) if step == "review" else form_step(sheet)
    if csrf_lost(request) and not vouched(request, sheet.key):
        sheet.again = voucher(sheet.key)
        return review_step(sheet)
    return place_step(sheet)


def form_step(sheet: Sheet) -> HttpResponseBase:
    """The form as it is, nothing judged yet."""
    return sheet.page(FORM)


def review_step(sheet: Sheet) -> HttpResponseBase:
    if not sheet.is_open:
        return refused(sheet, TooLate())
    home = home_to_bring_to(sheet)
    if home is None:
        return sheet.page(FORM, INVALID)
    return sheet.page(
        "residents/order/review.html",
        home=home,
        carried=sheet.carried(home),
        already=orders_of_this_phone(sheet, home),
    )


def home_to_bring_to(sheet: Sheet) -> Home | None:
    """The home meant; None, with the sentence in its place, also where it is one too many."""
    home = sheet.home()
    if home is None or not sheet.form.is_for_neighbour:
        return home
    helped = helped_orders(sheet.request, sheet.batch.pk)
    if refusal := too_many(helped, home):
        sheet.refuse(refusal)
        return None
    return home


def orders_of_this_phone(sheet: Sheet, home: Home) -> list[Order]:
    """This home's standing orders of the day whose token this very phone holds.

    Nobody else learns that a home has ordered: without the token the words are the same.
    """
    return [
        held
        for held in orders_by_tokens(order_tokens(sheet.request))
        if held.batch_id == sheet.batch.pk
        and held.home_key == home.key
        and held.state == OrderState.STANDING
    ]


def place_step(sheet: Sheet) -> HttpResponseBase:
    """Order; or say beside the field, or on a page of its own, why not."""
    sheet.form.leave_stock_to_the_verb()
    if not may_be_placed(sheet):
        return sheet.page(FORM, INVALID)
    try:
        placed = place_order(
            sheet.batch,
            wish=sheet.form.wish(),
            submit_key=sheet.key,
            by=RESIDENT,
            now=sheet.now,
        )
    except Refused as refusal:
        return refused(sheet, refusal)
    return remembered(sheet, placed, done(sheet, placed))


def may_be_placed(sheet: Sheet) -> bool:
    """Whether home and stock exist the verb decides; how many neighbours a phone helps, we."""
    if sheet.form.is_for_neighbour:
        return home_to_bring_to(sheet) is not None
    return sheet.is_well_filled()


def done(sheet: Sheet, placed: Placed) -> HttpResponseBase:
    """To the order's own page; a phone without cookies gets it right here."""
    if sheet.request.COOKIES:
        mine = reverse("my-order", args=[placed.order.number])
        return redirect(f"{mine}?new=1")
    whole = order_by_token(placed.token) or placed.order
    return order_page(
        sheet.request, whole, now=sheet.now, token=placed.token, is_new=True
    )


def remembered(
    sheet: Sheet, placed: Placed, response: HttpResponseBase
) -> HttpResponseBase:
    """What the phone keeps: the order always, the home only as long as that is ticked.

    A neighbour's home it neither learns nor puts in the place of its own.
    """
    keep_order(sheet.request, response, placed.token)
    told = sheet.form.cleaned_data
    if sheet.form.is_for_neighbour:
        keep_helped(sheet.request, response, placed.order.number)
    elif told["remember"]:
        names = ("compound", "building", "unit", "room", "name", "phone")
        home = RememberedHome(**{name: told[name] for name in names})
        remember_home(sheet.request, response, home)
    else:
        forget_home(response)
    return response
