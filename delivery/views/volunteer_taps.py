"""What volunteers tap at gate and door, and take back when the thumb was too fast."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from delivery.actions.arrivals import building_done, hand_over, mark_arrived
from delivery.actions.take_back import building_not_done, take_back_arrival
from delivery.actions.taps import settle_taps
from delivery.forms import TapForm
from delivery.models import Tap
from delivery.views.volunteer import Key, order_of, with_key
from orders.models import Order


@with_key
@require_POST
def arrived(request: HttpRequest, key: Key, gate_id: int) -> HttpResponse:
    """One tap: the goods stand at this gate."""
    gate = get_object_or_404(key.compound.gates.select_related("compound"), pk=gate_id)
    mark_arrived(key.batch, gate, by=key.holder, now=timezone.now())
    return redirect("volunteer", token=key.token)


@with_key
@require_POST
def not_arrived(request: HttpRequest, key: Key, gate_id: int) -> HttpResponse:
    """Tapped by mistake, and the question answered: the goods are not here yet."""
    gate = get_object_or_404(key.compound.gates.select_related("compound"), pk=gate_id)
    take_back_arrival(key.batch, gate, by=key.holder, now=timezone.now())
    return redirect("volunteer", token=key.token)


@with_key
@require_POST
def done(request: HttpRequest, key: Key) -> HttpResponse:
    """One tap: every home of this building has its goods."""
    name = request.POST.get("b", "")
    building_done(key.batch, key.compound, name, by=key.holder, now=timezone.now())
    return redirect(reverse("volunteer", args=[key.token]) + "#buildings")


@with_key
@require_POST
def not_done(request: HttpRequest, key: Key) -> HttpResponse:
    """The last tap in this building, as the page showed it, was a mistake."""
    form = TapForm(request.POST)
    if not form.is_valid():
        return redirect("volunteer", token=key.token)
    now, tap = timezone.now(), form.tap
    building_not_done(key.batch, key.compound, **tap, by=key.holder, now=now)
    query = urlencode({"b": tap["building"]})
    return redirect(f"{reverse('volunteer-building', args=[key.token])}?{query}")


@with_key
@require_POST
def home_done(request: HttpRequest, key: Key, order_id: int) -> HttpResponse:
    """One home has its goods."""
    order = order_of(key, order_id)
    hand_over(order, by=key.holder, now=timezone.now())
    return to_home(key, order)


@with_key
@require_POST
def home_not_done(request: HttpRequest, key: Key, order_id: int) -> HttpResponse:
    """One home's tick was a mistake."""
    order, now = order_of(key, order_id), timezone.now()
    tap = Tap(order.pk, reached=False, at=now)
    settle_taps(key.batch, key.compound, [tap], by=key.holder, now=now)
    return to_home(key, order)


def to_home(key: Key, order: Order) -> HttpResponse:
    query = urlencode({"b": order.building})
    page = reverse("volunteer-building", args=[key.token])
    return redirect(f"{page}?{query}#o{order.pk}")
