"""What was asked for and not yet taken, as one person may see it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from catalog.models import Batch
from delivery.models import Release
from delivery.queries.batches import sheets_of
from groupbuy.community.models import Membership, User

TAKEN_SHOWN = timedelta(hours=12)


def releases_of(user: User) -> QuerySet[Release]:
    """Of documents that this person may see."""
    found = Release.objects.filter(sheet__in=sheets_of(user))
    return found.select_related(
        "sheet__batch__group_buy", "sheet__compound", "asked_by", "confirmed_by"
    )


def waiting(user: User, batch: Batch, now: datetime) -> QuerySet[Release]:
    """Neither taken nor over."""
    found = releases_of(user).filter(sheet__batch=batch)
    return found.filter(taken_at__isnull=True, until__gt=now)


def recent_releases(user: User, batch: Batch, now: datetime) -> QuerySet[Release]:
    """Those that wait, and those taken a while ago: that it was taken is seen, too."""
    found = releases_of(user).filter(sheet__batch=batch)
    waits = Q(taken_at__isnull=True, until__gt=now)
    return found.filter(waits | Q(taken_at__gt=now - TAKEN_SHOWN))


def who_else(user: User, batch: Batch) -> list[str]:
    """Names of the colleagues who could say yes."""
    town = User.objects.filter(
        memberships__town=batch.group_buy.town_id,
        memberships__role=Membership.Role.TOWN_STAFF,
        memberships__is_active=True,
        is_active=True,
        is_superuser=False,
    )
    others = town.exclude(pk=user.pk).order_by("first_name", "username").distinct()
    return [one.get_full_name() or one.get_username() for one in others]
