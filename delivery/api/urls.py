from django.urls import path

from delivery.api.papers import (
    OnePickupList,
    OneSupplyOrder,
    PickupLists,
    SupplyOrders,
)

urlpatterns = [
    path("pickup-lists/", PickupLists.as_view(), name="api-pickup-lists"),
    path(
        "pickup-lists/<int:list_id>/", OnePickupList.as_view(), name="api-pickup-list"
    ),
    path("supply-orders/", SupplyOrders.as_view(), name="api-supply-orders"),
    path(
        "supply-orders/<int:order_id>/",
        OneSupplyOrder.as_view(),
        name="api-supply-order",
    ),
]
