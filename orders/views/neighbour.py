"""Ordering for a neighbour who has no phone, or no strength for one: the same form, one switch.

The home is the neighbour's, the telephone whoever's the volunteer shall call. What this phone
remembers of its own home stays as it is, and its orders for others are listed apart. A phone
helps ten homes a day; who does it for more is a building head, and has a page made for that.
"""

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from groupbuy.shared.errors import Refused
from orders.forms import NEIGHBOUR
from orders.models import Order
from orders.queries.homes import Home
from orders.queries.orders import orders_by_tokens
from orders.states import OrderState
from orders.views.device import (
    RememberedHome,
    helped_numbers,
    order_tokens,
    remembered_home,
)
from orders.views.labels import building_with_unit

OWN = "own"  # the other side of the switch
MOST_HOMES = 10
HOME = ("building", "unit", "room", "name")


def switched(request: HttpRequest, data: QueryDict) -> QueryDict:
    """The form's data after a tap on the switch; what was typed for somebody else stays."""
    step, is_for_neighbour = data.get("step"), data.get("remember") == NEIGHBOUR
    own = remembered_home(request)
    if step == NEIGHBOUR and not is_for_neighbour:
        data["remember"] = NEIGHBOUR
        if own and is_home(data, own):
            put(data, dict.fromkeys(HOME, ""))
    elif step == OWN and is_for_neighbour:
        data["remember"] = "on" if own else ""
        if own:
            put(data, {name: str(value) for name, value in vars(own).items()})
    return data


def put(data: QueryDict, values: dict[str, str]) -> None:
    for name, value in values.items():
        data[name] = value


def is_home(data: QueryDict, own: RememberedHome) -> bool:
    """Whether the form still shows the home that this phone remembers."""
    buildings = {own.building, building_with_unit(own.building, own.unit)}
    return data.get("building") in buildings and data.get("room") == own.room


def for_neighbour(own: RememberedHome | None, compound: object) -> dict[str, object]:
    """What stands in a neighbour's form before anything is typed: at most whom to call."""
    if own is None:
        return {"remember": NEIGHBOUR, "compound": compound}
    compound = compound or own.compound
    return {"remember": NEIGHBOUR, "compound": compound, "phone": own.phone}


def too_many(orders: list[Order], home: Home) -> Refused | None:
    """Why this phone may not help one home more; ``orders`` are those it helped with today."""
    if len({order.home_key for order in orders} - {home.key}) < MOST_HOMES:
        return None
    says = _("One phone helps %(count)s homes a day. For more, ask the building head.")
    return Refused(says % {"count": MOST_HOMES}, field="room", code="too_many_homes")


def helped_orders(request: HttpRequest, batch_id: int) -> list[Order]:
    """This phone's standing orders for neighbours, of one day."""
    numbers = helped_numbers(request)
    return [
        order
        for order in orders_by_tokens(order_tokens(request))
        if order.number in numbers
        and order.batch_id == batch_id
        and order.state == OrderState.STANDING
    ]
