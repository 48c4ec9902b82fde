"""Doors for one order: place it, read it, change it, cancel it. One verb each.

Neither session nor cookie is looked at, so there is nothing for CSRF to protect.
"""

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.queries.public import published_batch
from groupbuy.community.models import RESIDENT
from groupbuy.shared.api.documented import documented
from groupbuy.shared.errors import Refused
from orders.actions.cancel_order import cancel_order
from orders.actions.change_order import change_order
from orders.actions.place_order import place_order
from orders.api.doors import OrderDoor, OwnOrderDoor, told, wish
from orders.api.serializers import (
    ChangedOrderSerializer,
    NewOrderSerializer,
    OrderSerializer,
    PlacedSerializer,
    RefusalSerializer,
)
from orders.queries.tries import told as told_of


class PlaceOrder(OrderDoor):
    @documented(
        id="place_order",
        says="Order for one home: all of it or nothing.",
        more="Sending it again with the same `submit_key` and body gives the same order,"
        " even after the cutoff.",
        takes=NewOrderSerializer,
        answers={
            201: (PlacedSerializer, "The order, new."),
            200: (PlacedSerializer, "This key's order, as it stands now."),
        },
        refuses=[404, 409],
        conflict=RefusalSerializer,
    )
    def post(self, request: Request, batch_id: int) -> Response:
        now = timezone.now()
        sent = NewOrderSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        batch = published_batch(batch_id)
        if batch is None:
            raise Http404
        asked, key = wish(sent.validated_data), sent.validated_data["submit_key"]
        try:
            placed = place_order(
                batch, wish=asked, submit_key=key, by=RESIDENT, now=now
            )
        except Refused as refusal:
            raise told_of(refusal, asked, browser="") from None
        body = told(placed.order) | {"token": placed.token}
        return Response(body, 201 if placed.is_new else 200)


class MyOrder(OwnOrderDoor):
    @documented(
        id="order",
        says="The order that the token opens.",
        answers={200: (OrderSerializer, "The order.")},
        refuses=[401],
    )
    def get(self, request: Request) -> Response:
        return Response(told(self.order))

    @documented(
        id="change_order",
        says="Make the order what the body says: packages, home and words.",
        more="Packages that the body leaves out are given back.",
        takes=ChangedOrderSerializer,
        answers={200: (OrderSerializer, "The order as it is now.")},
        refuses=[401, 409],
        conflict=RefusalSerializer,
    )
    def put(self, request: Request) -> Response:
        now = timezone.now()
        sent = ChangedOrderSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = wish(sent.validated_data, self.order)
        try:
            changed = change_order(self.order, wish=asked, by=RESIDENT, now=now)
        except Refused as refusal:
            raise told_of(refusal, asked, browser=self.order.number) from None
        return Response(told(changed))

    @documented(
        id="cancel_order",
        says="Give the whole order back. It stays readable, as `cancelled`.",
        answers={200: (OrderSerializer, "The order, cancelled.")},
        refuses=[401, 409],
        conflict=RefusalSerializer,
    )
    def delete(self, request: Request) -> Response:
        order = cancel_order(self.order, by=RESIDENT, now=timezone.now())
        return Response(told(order))
