"""What the doors of an order share: whose it is, and what a refusal adds."""

from collections import Counter
from typing import Any, cast

from django.db.models import Prefetch, prefetch_related_objects
from rest_framework.request import Request
from rest_framework.response import Response

from groupbuy.shared.api.doors import PrivateDoor
from groupbuy.shared.api.header import HeldToken
from groupbuy.shared.phones import phone_number
from orders.api.serializers import OrderSerializer
from orders.models import NoSuchHome, Order, OrderLine, OverLimit, SoldOut, Wish
from orders.queries.orders import order_by_token


class OrderToken(HeldToken):
    """``Authorization: Order <token>``: the order's owner; ``request.auth`` is the order."""

    keyword = "Order"

    def opens(self, token: str) -> Order | None:
        return order_by_token(token)


class OrderDoor(PrivateDoor):
    """A refusal names the packages or homes it is about."""

    def handle_exception(self, exc: Exception) -> Response:
        response = super().handle_exception(exc)
        if isinstance(exc, SoldOut | OverLimit):
            response.data["stocks"] = sorted(exc.stock_ids)
        if isinstance(exc, NoSuchHome):
            words = ("building", "unit", "room")
            response.data["nearest"] = [
                dict(zip(words, home, strict=True)) for home in exc.nearest
            ]
        return response


class OwnOrderDoor(OrderDoor):
    """For whoever holds the order's token; ``order`` is what it opens."""

    authentication_classes = [OrderToken]
    order: Order

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.order = cast("Order", request.auth)


def told(order: Order) -> dict[str, Any]:
    """The order with its lines: one query more, however many lines."""
    lines = OrderLine.objects.select_related("stock")
    prefetch_related_objects([order], Prefetch("lines", lines))
    return OrderSerializer(order).data


def wish(sent: dict[str, Any], old: Order | None = None) -> Wish:
    """From a valid body. What it leaves out stays as ``old`` has it. Raises Refused."""
    items: Counter[int] = Counter()
    for line in sent["items"]:
        items[line["stock"]] += line["quantity"]
    kept = "phone" not in sent and old is not None
    return Wish(
        compound_id=sent["compound"],
        building=sent["building"],
        unit=sent["unit"],
        room=sent["room"],
        items=dict(items),
        name=sent["name"],
        phone=old.phone if kept and old else phone_number(sent["phone"]),
        note=sent["note"],
        name_in_feed=sent["name_in_feed"],
        bring_to_door=old.bring_to_door if old else False,
    )
