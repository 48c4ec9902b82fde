"""Forgetting building heads: the name on a link goes with the link, and links end by themselves.

What was gathered for an emergency is destroyed when it is over (突发事件应对法, article 85):
half a year after a town's last delivery nobody needs to open a building any more.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import SYSTEM, HeadLink
from groupbuy.shared.clock import day_of
from orders.actions.erase import KEPT_DAYS

QUIET_DAYS = 180


def forget_heads(*, now: datetime) -> int:
    """Erase names of links revoked 30 days ago; end the links of towns that went quiet."""
    today = day_of(now)
    revoked = HeadLink.objects.exclude(name="").filter(
        revoked_at__date__lte=today - timedelta(days=KEPT_DAYS)
    )
    return revoked.update(name="") + _end_quiet(now)


def _end_quiet(now: datetime) -> int:
    before = day_of(now) - timedelta(days=QUIET_DAYS)
    lately = Batch.objects.filter(
        group_buy__town=OuterRef("building__compound__committee__town"),
        delivery_on__gte=before,
    )
    quiet = HeadLink.objects.filter(
        ~Exists(lately), revoked_at__isnull=True, made_at__date__lt=before
    )
    links = list(quiet.select_related("building__compound__committee"))
    for link in links:
        link.name, link.revoked_at = "", now
        link.save(update_fields=["name", "revoked_at"])
        town_id = link.building.compound.committee.town_id
        log("revoke_head_link", link, town_id=town_id, by=SYSTEM, now=now)
    return len(links)
