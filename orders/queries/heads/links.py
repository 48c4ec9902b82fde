"""The committee's page of heads: every building of a compound with its living links."""

from django.db.models import Prefetch, QuerySet

from groupbuy.community.models import Building, Compound, HeadLink, Membership


def buildings_with_links(compound: Compound) -> QuerySet[Building]:
    """``live_links`` and ``heads`` (memberships with an account) at hand; three queries."""
    live = HeadLink.objects.filter(revoked_at__isnull=True)
    heads = Membership.objects.filter(role=Membership.Role.HEAD, is_active=True)
    return compound.buildings.prefetch_related(
        Prefetch("head_links", live.order_by("id"), to_attr="live_links"),
        Prefetch("membership_set", heads.select_related("user"), to_attr="heads"),
    )
