"""Links without a sign-in: the token is derived when shown and compared as a hash."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from catalog.models import Batch
from delivery.models import AccessLink
from groupbuy.community.models import User
from groupbuy.community.queries.visible import compounds_of, towns_of
from groupbuy.shared import tokens
from groupbuy.shared.clock import at

PURPOSE = {
    AccessLink.Kind.VOLUNTEER: "volunteer-link",
    AccessLink.Kind.SUPPLIER: "supplier-link",
}
PAGE = {
    AccessLink.Kind.VOLUNTEER: "volunteer",
    AccessLink.Kind.SUPPLIER: "supplier-link",
}


DAY_AFTER = timedelta(hours=24)


def end_of_links(batch: Batch) -> datetime:
    """24 hours after the delivery window closes; then the paper's code opens nothing."""
    return at(batch.delivery_on, batch.window_to) + DAY_AFTER


def token_of(link: AccessLink) -> str:
    return tokens.derived(PURPOSE[AccessLink.Kind(link.kind)], link.seed)


def link_path(link: AccessLink) -> str:
    return reverse(PAGE[AccessLink.Kind(link.kind)], args=[token_of(link)])


def link_url(link: AccessLink) -> str:
    """The whole address, as it goes into a code on paper."""
    return settings.SITE_URL + link_path(link)


def link_by_token(
    kind: AccessLink.Kind, token: str, now: datetime
) -> AccessLink | None:
    """The live link that ``token`` opens; None for a wrong, revoked or expired one."""
    return (
        AccessLink.objects.filter(
            kind=kind,
            token_hash=tokens.stored(token),
            revoked_at__isnull=True,
            expires_at__gt=now,
        )
        .select_related("batch__group_buy__town", "compound__committee", "supplier")
        .first()
    )


def live_links(batch: Batch) -> dict[int, AccessLink]:
    """The links that open ``batch`` now, by id."""
    return AccessLink.objects.filter(batch=batch, revoked_at__isnull=True).in_bulk()


def links_of(user: User) -> QuerySet[AccessLink]:
    """Links this person may replace: volunteers' of the own compounds, suppliers' of the town."""
    return AccessLink.objects.filter(
        Q(compound__in=compounds_of(user))
        | Q(compound__isnull=True, batch__group_buy__town__in=towns_of(user))
    ).select_related("batch__group_buy", "compound")
