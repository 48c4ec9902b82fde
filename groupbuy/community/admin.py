"""Stock admin for superusers: accounts and roles; everything else is only looked at.

No list of homes is here: who reads one leaves a line (``Opening``), and nothing here does.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from groupbuy.community.models import (
    AccessKey,
    Building,
    Committee,
    Compound,
    Gate,
    Heartbeat,
    LogEntry,
    Membership,
    Opening,
    Town,
    User,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at: whatever a verb looks after is changed by verbs, or the log would lie."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["building"]


@admin.register(User)
class StaffAccountAdmin(UserAdmin):
    """Who signs in, and for which town or committee."""

    inlines = [MembershipInline]
    list_display = ["username", "first_name", "is_active", "is_superuser"]


@admin.register(Town)
class TownAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "hotline", "margin_ceiling_percent", "is_sample"]


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "town", "phone"]
    list_filter = ["town"]
    search_fields = ["name", "code"]


@admin.register(Compound)
class CompoundAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "committee", "has_roster"]
    list_filter = ["committee__town"]
    list_select_related = ["committee"]
    search_fields = ["name", "initials"]


@admin.register(Gate)
class GateAdmin(ReadOnlyAdmin):
    list_display = ["name", "compound", "address", "is_default"]
    list_select_related = ["compound"]


@admin.register(Building)
class BuildingAdmin(ReadOnlyAdmin):
    list_display = ["name", "compound", "gate"]
    list_select_related = ["compound", "gate"]


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "town", "user", "actor", "verb", "subject", "subject_id"]
    list_filter = ["town", "verb"]
    list_select_related = ["town", "user"]


@admin.register(Opening)
class OpeningAdmin(ReadOnlyAdmin):
    list_display = ["at", "town", "user", "actor", "page", "batch_id", "homes"]
    list_filter = ["town", "page"]
    list_select_related = ["town", "user"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "at", "note"]


@admin.register(AccessKey)
class AccessKeyAdmin(ReadOnlyAdmin):
    """The key itself is not here: only its hash was ever stored, and that is not shown."""

    list_display = ["name", "town", "scope", "revoked_at"]
    exclude = ["token_hash"]
