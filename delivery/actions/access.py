"""Links that open one batch without a sign-in: made with the lists, revoked by staff."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from delivery.actions.store import drop_sheets
from delivery.models import AccessLink
from delivery.queries.links import end_of_links, token_of
from delivery.rules import may_run_link
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import require
from groupbuy.shared import db, tokens
from groupbuy.shared.errors import Refused


def new_link(kind: AccessLink.Kind, batch: Batch, place_id: int) -> AccessLink:
    """An unsaved link to one compound (volunteers) or one supplier."""
    link = AccessLink(
        kind=kind,
        batch=batch,
        seed=secrets.token_hex(16),
        expires_at=end_of_links(batch),
    )
    if kind == AccessLink.Kind.VOLUNTEER:
        link.compound_id = place_id
    else:
        link.supplier_id = place_id
    link.token_hash = tokens.stored(token_of(link))
    return link


def make_links(batch: Batch) -> None:
    """One live link for each compound and supplier that has a paper and none yet."""
    live = AccessLink.objects.filter(batch=batch, revoked_at__isnull=True)
    compounds = set(
        batch.pickup_lists.filter(void_at__isnull=True).values_list(
            "compound_id", flat=True
        )
    ) | set(batch.differences.values_list("compound_id", flat=True))
    suppliers = set(
        batch.supply_orders.filter(void_at__isnull=True).values_list(
            "supplier_id", flat=True
        )
    )
    compounds -= set(live.values_list("compound_id", flat=True))
    suppliers -= set(live.values_list("supplier_id", flat=True))
    kinds = AccessLink.Kind
    AccessLink.objects.bulk_create(
        [new_link(kinds.VOLUNTEER, batch, pk) for pk in sorted(compounds)]
        + [new_link(kinds.SUPPLIER, batch, pk) for pk in sorted(suppliers)]
    )


@transaction.atomic
def revoke_link(link: AccessLink, *, by: Actor, now: datetime) -> AccessLink:
    """End a link that went astray, and its code on paper; returns the one that follows it.

    Stored sheets carry the dead code, so they go too, and the tick makes them anew.
    """
    link = db.locked(AccessLink.objects.filter(pk=link.pk)).get()
    require(may_run_link(by, link))
    if link.revoked_at is not None:
        raise Refused(_("This link has already been replaced."), code="revoked")
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    place_id = (
        link.compound_id or link.supplier_id or 0
    )  # a constraint says: one of both
    fresh = new_link(AccessLink.Kind(link.kind), link.batch, place_id)
    fresh.save()
    drop_sheets(link)
    town_id = link.batch.group_buy.town_id
    log("revoke_link", link, town_id=town_id, by=by, now=now, fresh=fresh.pk)
    return fresh
