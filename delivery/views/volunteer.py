"""The volunteers' page: works on any phone without a sign-in, by the code on the sheet.

The token in the address is the key. A wrong, revoked or expired one finds nothing, and no
page of these is kept by a cache.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Batch
from delivery.actions.reveal_phone import reveal_phone
from delivery.models import AccessLink, Holder, PickupList, Sheet, holder
from delivery.queries.homes import counted
from delivery.queries.links import link_by_token
from delivery.queries.paper import difference_sheets, homes_changed
from delivery.queries.volunteer import building_homes, corrections, last_tap, overview
from delivery.states import COMPOUND_KINDS
from groupbuy.community.models import Compound
from orders.actions.open_list import open_list
from orders.models import Order
from orders.states import OrderState

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Key:
    """What a live link opens: one compound of one batch."""

    token: str
    batch: Batch
    compound: Compound
    holder: Holder
    until: (
        datetime  # then it opens nothing, and no phone keeps a copy of what it opened
    )

    def current_list(self) -> PickupList | None:
        lists = self.batch.pickup_lists.filter(compound=self.compound)
        return lists.filter(void_at__isnull=True).first()

    def sheets(self) -> QuerySet[Sheet]:
        return self.batch.sheets.filter(compound=self.compound).select_related(
            "compound", "batch__group_buy"
        )

    def sheets_of(self, one: PickupList | None) -> dict[str, Sheet]:
        """The stored sheets of the current list, by kind."""
        if one is None:
            return {}
        stored = self.sheets().filter(version=one.version, kind__in=COMPOUND_KINDS)
        return {sheet.kind: sheet for sheet in stored}

    def opens(self, page: str, *, homes: int, part: str = "") -> None:
        """Notes that a list of homes is on the screen of whoever holds the link."""
        now, link = timezone.now(), self.holder.link_id
        where = {"compound_id": self.compound.pk, "part": part, "link": link}
        open_list(page, self.batch, homes=homes, by=self.holder, now=now, **where)

    def context(self) -> dict[str, object]:
        return {
            "token": self.token,
            "batch": self.batch,
            "compound": self.compound,
            "now": timezone.now(),
            "until": self.until,
        }


def with_key(view: View) -> View:
    """Turns the token of the address into what it opens, or 404."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        link = link_by_token(AccessLink.Kind.VOLUNTEER, token, timezone.now())
        if link is None or link.compound is None:
            raise Http404
        key = Key(token, link.batch, link.compound, holder(link), link.expires_at)
        return view(request, key, **kwargs)

    return never_cache(opened)


@with_key
@require_GET
def volunteer(request: HttpRequest, key: Key) -> HttpResponse:
    """Everything of one compound and day: gates, buildings, sheets, corrections."""
    one = key.current_list()
    changes = corrections(key.batch, key.compound)
    gates = overview(key.batch, key.compound)
    key.opens("volunteer", homes=homes_changed(changes))
    context = key.context() | {
        "pickup_list": one,
        "sheets": key.sheets_of(one),
        "gates": gates,
        "is_finished": all(b.is_done for gate in gates for b in gate.buildings),
        "differences": changes,
        "difference_sheets": difference_sheets(key.batch, changes),
        "sheet_kinds": [(kind.value, kind.label) for kind in COMPOUND_KINDS],
    }
    return render(request, "delivery/volunteer.html", context)


@with_key
@require_GET
def building(request: HttpRequest, key: Key) -> HttpResponse:
    return building_page(request, key, request.GET.get("b", ""))


def building_page(
    request: HttpRequest,
    key: Key,
    name: str,
    *,
    phone: dict[str, object] | None = None,
) -> HttpResponse:
    """One building door by door; at most one number is on it, the one just asked for."""
    homes = building_homes(key.batch, key.compound, name)
    if not homes:
        raise Http404
    key.opens("volunteer-building", homes=len(homes), part=name)
    context = key.context() | {
        "name": name,
        "homes": homes,
        "codes": sorted(counted(here.home for here in homes).items()),
        "pickup_list": key.current_list(),
        "pieces": sum(here.home.pieces for here in homes),
        "is_done": all(here.reached_at or here.is_off for here in homes),
        "last_tap": last_tap(here.reached_at for here in homes),
        "differences": [
            d
            for d in corrections(key.batch, key.compound)
            if d.order_line.order.building == name
        ],
        "phone": phone,
        "print_now": "print" in request.GET,
    }
    return render(request, "delivery/building.html", context)


def order_of(key: Key, order_id: int) -> Order:
    return get_object_or_404(
        key.batch.orders.filter(state=OrderState.STANDING).select_related(
            "compound", "batch__group_buy"
        ),
        pk=order_id,
        compound=key.compound,
    )


@with_key
@require_POST
def phone(request: HttpRequest, key: Key, order_id: int) -> HttpResponse:
    """One number, on this answer only; the next one asked for replaces it."""
    order = order_of(key, order_id)
    number = reveal_phone(order, by=key.holder, now=timezone.now())
    shown = {"order": order.pk, "number": number}
    return building_page(request, key, order.building, phone=shown)
