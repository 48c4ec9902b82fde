from django.urls import path

from orders.api.orders import MyOrder, PlaceOrder

urlpatterns = [
    path(
        "batches/<int:batch_id>/orders/", PlaceOrder.as_view(), name="api-place-order"
    ),
    path("order/", MyOrder.as_view(), name="api-order"),
]
