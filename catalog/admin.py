"""Supply, for superusers to look at; town staff work on their own pages."""

from django.contrib import admin

from catalog.models import (
    Batch,
    GroupBuy,
    Offer,
    Package,
    PackageVersion,
    Stock,
    Supplier,
    SupplierPaper,
)
from groupbuy.community.admin import ReadOnlyAdmin


@admin.register(Supplier)
class SupplierAdmin(ReadOnlyAdmin):
    list_display = ["name", "town", "phone", "suspended_at"]
    list_filter = ["town"]


@admin.register(SupplierPaper)
class SupplierPaperAdmin(ReadOnlyAdmin):
    list_display = ["supplier", "kind", "number", "expires_on"]
    list_select_related = ["supplier"]


@admin.register(Package)
class PackageAdmin(ReadOnlyAdmin):
    list_display = ["name", "supplier", "category"]
    list_select_related = ["supplier"]


@admin.register(PackageVersion)
class PackageVersionAdmin(ReadOnlyAdmin):
    list_display = ["package", "number", "weight_grams", "made_at"]
    list_select_related = ["package"]


@admin.register(GroupBuy)
class GroupBuyAdmin(ReadOnlyAdmin):
    list_display = ["title", "town", "rhythm", "published_at", "ended_at"]
    list_filter = ["town"]


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ["group_buy", "code", "package", "price_cents", "daily_quota"]
    list_select_related = ["group_buy", "package"]


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    list_display = ["group_buy", "delivery_on", "state", "until_link", "closed_at"]
    list_filter = ["state"]
    list_select_related = ["group_buy"]


@admin.register(Stock)
class StockAdmin(ReadOnlyAdmin):
    list_display = ["batch", "code", "title", "quota", "reserved", "is_open"]
    list_select_related = ["batch__group_buy"]
