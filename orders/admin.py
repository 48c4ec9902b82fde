"""Demand, for superusers to look at. No name, phone, note or home: those have their own pages."""

from django.contrib import admin

from groupbuy.community.admin import ReadOnlyAdmin
from orders.models import Demand, HomeUse, Order, OrderLine


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ["number", "batch", "compound", "state", "channel", "placed_at"]
    list_filter = ["state", "channel"]
    list_select_related = ["batch__group_buy", "compound"]
    search_fields = ["number"]
    exclude = [
        "name",
        "phone",
        "note",
        "home_key",
        "unit",
        "room",
        "room_sort",
        "submit_hash",
        "body_hash",
        "token_hash",
    ]


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    list_display = ["order", "stock", "quantity"]
    list_select_related = ["order", "stock"]


@admin.register(HomeUse)
class HomeUseAdmin(ReadOnlyAdmin):
    list_display = ["stock", "quantity"]
    list_select_related = ["stock"]
    exclude = ["home_key"]


@admin.register(Demand)
class DemandAdmin(ReadOnlyAdmin):
    list_display = ["stock", "compound", "at"]
    list_select_related = ["stock", "compound"]
    exclude = ["device_hash"]
