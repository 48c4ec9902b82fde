"""Building heads' links: the token is derived when shown and compared as a hash."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from groupbuy.community.models import HeadLink, User
from groupbuy.community.queries.visible import buildings_of
from groupbuy.shared import tokens


def token_of(link: HeadLink) -> str:
    return tokens.derived("head-link", link.seed)


def head_link_path(link: HeadLink) -> str:
    return reverse("head", args=[token_of(link)])


def head_link_url(link: HeadLink) -> str:
    """The whole address, as it is sent to the head or printed as a code."""
    return settings.SITE_URL + head_link_path(link)


def head_link_by_token(token: str) -> HeadLink | None:
    """The live link that ``token`` opens; None for a wrong or revoked one."""
    return (
        HeadLink.objects.filter(
            token_hash=tokens.stored(token), revoked_at__isnull=True
        )
        .select_related("building__compound__committee__town")
        .first()
    )


def head_links_of(user: User) -> QuerySet[HeadLink]:
    """Links this person may see and revoke: those of the buildings looked after."""
    return HeadLink.objects.filter(building__in=buildings_of(user)).select_related(
        "building__compound__committee"
    )
