"""想要: one tap says that something sold out is wished for."""

from django.http import Http404, HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog.models import Batch, Stock
from groupbuy.shared.web.foreign import foreign
from orders.actions.leave_demand import leave_demand
from orders.queries.page import served_compound, shared_group_buy
from orders.views.device import device, keep_device
from orders.views.help import help_for
from orders.views.link import link_path


@csrf_exempt
@never_cache
@require_POST
def want(request: HttpRequest, token: str, stock_id: int) -> HttpResponseBase:
    """Leave a wish, once a phone.

    The button stands on a page that is cached for everybody, so it can carry no CSRF token.
    Instead a POST that the browser marks as another site's is refused, and the phone's name
    is a SameSite cookie, which no other site's form brings along: the worst a foreign page
    could do is a wish of a nameless phone, which anyone can leave without it.
    """
    if foreign(request):
        return HttpResponseForbidden()
    group_buy = shared_group_buy(token)
    if group_buy is None:
        raise Http404
    stock = get_object_or_404(
        Stock, pk=stock_id, batch__group_buy=group_buy, batch__state=Batch.State.OPEN
    )
    compound = served_compound(group_buy, request.POST.get("c", ""))
    phone = device(request)
    leave_demand(
        stock,
        device=phone,
        compound_id=compound.pk if compound else None,
        now=timezone.now(),
    )
    response = render(
        request,
        "residents/link/wanted.html",
        {
            "stock": stock,
            "back": link_path(token, compound.pk if compound else None),
            "help": help_for(group_buy, compound),
        },
    )
    keep_device(request, response, phone)
    return response
