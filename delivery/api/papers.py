"""Doors for a town's own machines: pickup lists and supply orders, read only.

Reading data is not printing: a machine may read a list again at any time, so a GET here
marks nothing, and until people print the list a correction still replaces it (``void_at``,
and a list with a higher ``version``). Whoever makes paper from these data must look again
before using it; only of a list with ``printed_at`` all later changes are ``differences``.
"""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from delivery.actions.fetch_sheet import read_list
from delivery.api.doors import KeyDoor
from delivery.api.serializers import (
    PapersQuery,
    PickupListDetailSerializer,
    PickupListPageSerializer,
    SupplyOrderDetailSerializer,
    SupplyOrderPageSerializer,
)
from delivery.queries.by_key import pickup_lists_of, supply_orders_of
from delivery.queries.supply import with_lines
from groupbuy.community.models import AccessKey
from groupbuy.shared.api.documented import documented
from groupbuy.shared.api.paging import page_of


class PickupLists(KeyDoor):
    scope = AccessKey.Scope.PICKUP_LISTS

    @documented(
        id="pickup_lists",
        says="The current pickup lists of the key's town, the newest day first.",
        asks=PapersQuery,
        answers={200: (PickupListPageSerializer, "A page of lists, without lines.")},
        refuses=[400, 401, 403],
    )
    def get(self, request: Request) -> Response:
        asked = PapersQuery.of(request)
        found = pickup_lists_of(self.key).filter(void_at__isnull=True)
        if asked["batch"]:
            found = found.filter(batch=asked["batch"])
        return Response(PickupListPageSerializer(page_of(found, asked["page"])).data)


class OnePickupList(KeyDoor):
    scope = AccessKey.Scope.PICKUP_LISTS

    @documented(
        id="pickup_list",
        says="One pickup list with all its lines and later corrections.",
        more=(
            "Reading is not printing: as long as `printed_at` is null, a correction replaces"
            " the whole list (`void_at` is set, another list has a higher `version`). After"
            " printing, every change is one of the numbered `differences`."
        ),
        answers={200: (PickupListDetailSerializer, "The list.")},
        refuses=[401, 403, 404],
    )
    def get(self, request: Request, list_id: int) -> Response:
        found = get_object_or_404(pickup_lists_of(self.key), pk=list_id)
        read_list(found, key=self.key, now=timezone.now())
        return Response(PickupListDetailSerializer(found).data)


class SupplyOrders(KeyDoor):
    scope = AccessKey.Scope.SUPPLY_ORDERS

    @documented(
        id="supply_orders",
        says="The current supply orders of the key's town, the newest day first.",
        asks=PapersQuery,
        answers={200: (SupplyOrderPageSerializer, "A page of orders, without lines.")},
        refuses=[400, 401, 403],
    )
    def get(self, request: Request) -> Response:
        asked = PapersQuery.of(request)
        found = supply_orders_of(self.key).filter(void_at__isnull=True)
        if asked["batch"]:
            found = found.filter(batch=asked["batch"])
        return Response(SupplyOrderPageSerializer(page_of(found, asked["page"])).data)


class OneSupplyOrder(KeyDoor):
    scope = AccessKey.Scope.SUPPLY_ORDERS

    @documented(
        id="supply_order",
        says="One supply order: its grand total, then gate by gate.",
        answers={200: (SupplyOrderDetailSerializer, "The order.")},
        refuses=[401, 403, 404],
    )
    def get(self, request: Request, order_id: int) -> Response:
        visible = get_object_or_404(supply_orders_of(self.key), pk=order_id)
        [found] = with_lines([visible.pk])
        return Response(SupplyOrderDetailSerializer(found).data)
