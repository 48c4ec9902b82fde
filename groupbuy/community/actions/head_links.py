"""Giving a building head a link, and taking it away."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Building, HeadLink
from groupbuy.community.queries.head_links import token_of
from groupbuy.community.rules import may_look_after, require
from groupbuy.shared import db, tokens
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import typed


@transaction.atomic
def make_head_link(
    building: Building, *, name: str, by: Actor, now: datetime
) -> HeadLink:
    """A new live link to this building; ``name`` tells two heads' links apart.

    Raises Refused where a live link of the building has this name already.
    """
    building = db.locked(Building.objects.filter(pk=building.pk)).get()
    committee = building.compound.committee
    require(may_look_after(by, committee.pk))
    called = typed(name)
    if len(called) > 20:
        raise Refused(_("Please keep the name under 20 characters."), field="name")
    if building.head_links.filter(name=called, revoked_at__isnull=True).exists():
        raise Refused(
            _("There is a link of this name already: revoke it, or give another name."),
            field="name",
        )
    link = HeadLink(building=building, name=called, seed=secrets.token_hex(16))
    link.token_hash = tokens.stored(token_of(link))
    link.made_by, link.made_at = by.user, now
    link.save()
    log("make_head_link", link, town_id=committee.town_id, by=by, now=now)
    return link


@transaction.atomic
def revoke_head_link(link: HeadLink, *, by: Actor, now: datetime) -> HeadLink:
    """From now on the link opens nothing. Raises Refused if it was revoked before."""
    committee = link.building.compound.committee
    require(may_look_after(by, committee.pk))
    living = HeadLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
    if not living.update(revoked_at=now):
        raise Refused(_("This link was revoked before."), code="revoked")
    link.revoked_at = now
    log("revoke_head_link", link, town_id=committee.town_id, by=by, now=now)
    return link
