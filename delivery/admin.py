"""Closing's result, for superusers to look at; no link's secret, no household's line."""

from django.contrib import admin

from delivery.models import (
    AccessLink,
    Arrival,
    Difference,
    Handoff,
    Handover,
    PickupList,
    Release,
    Sheet,
    SupplyOrder,
    TakenBack,
)
from groupbuy.community.admin import ReadOnlyAdmin


@admin.register(PickupList)
class PickupListAdmin(ReadOnlyAdmin):
    list_display = ["batch", "compound", "version", "homes", "packages", "void_at"]
    list_select_related = ["batch__group_buy", "compound"]


@admin.register(SupplyOrder)
class SupplyOrderAdmin(ReadOnlyAdmin):
    list_display = ["batch", "supplier", "version", "packages", "void_at"]
    list_select_related = ["batch__group_buy", "supplier"]


@admin.register(Difference)
class DifferenceAdmin(ReadOnlyAdmin):
    list_display = ["batch", "number", "compound", "delta", "reason", "at"]
    list_select_related = ["batch__group_buy", "compound"]


@admin.register(Handoff)
class HandoffAdmin(ReadOnlyAdmin):
    list_display = ["batch", "supplier", "version", "sent_at", "acknowledged_at"]
    list_select_related = ["batch__group_buy", "supplier"]


@admin.register(AccessLink)
class AccessLinkAdmin(ReadOnlyAdmin):
    list_display = ["kind", "batch", "compound", "supplier", "expires_at", "revoked_at"]
    list_select_related = ["batch__group_buy", "compound", "supplier"]
    exclude = ["seed", "token_hash"]


@admin.register(Arrival)
class ArrivalAdmin(ReadOnlyAdmin):
    list_display = ["batch", "gate", "at"]
    list_select_related = ["batch__group_buy", "gate"]


@admin.register(Handover)
class HandoverAdmin(ReadOnlyAdmin):
    list_display = ["order", "at"]
    list_select_related = ["order"]


@admin.register(TakenBack)
class TakenBackAdmin(ReadOnlyAdmin):
    list_display = ["order", "at"]
    list_select_related = ["order"]


@admin.register(Sheet)
class SheetAdmin(ReadOnlyAdmin):
    list_display = ["batch", "kind", "compound", "supplier", "version", "pages"]
    list_select_related = ["batch__group_buy", "compound", "supplier"]


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ["sheet", "homes", "asked_by", "confirmed_by", "taken_at", "until"]
    list_select_related = ["asked_by", "confirmed_by", "sheet"]
    exclude = ["reason"]
