"""Giving a machine a key to one town's papers, and taking it away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from groupbuy.community.actions.log import log
from groupbuy.community.models import AccessKey, Actor, Town
from groupbuy.community.rules import may_run_town, require
from groupbuy.shared import db, tokens
from groupbuy.shared.errors import Refused


@transaction.atomic
def make_access_key(
    town: Town, *, scope: AccessKey.Scope, name: str, by: Actor, now: datetime
) -> str:
    """Returns the new key: the only time it is seen, since only its hash is kept.

    Raises Refused where a living key of the town has this name and scope already.
    """
    db.locked(Town.objects.filter(pk=town.pk)).get()
    require(may_run_town(by, town.pk))
    if not name.strip() or len(name) > 60:
        raise Refused(
            _("Please give the key a name, in up to 60 characters."), field="name"
        )
    living = town.access_keys.filter(scope=scope, name=name, revoked_at__isnull=True)
    if living.exists():
        raise Refused(_("There is a key of this name already."), field="name")
    token = tokens.new_key()
    key = AccessKey.objects.create(
        town=town, scope=scope, name=name, token_hash=tokens.stored(token)
    )
    log("make_access_key", key, town_id=town.pk, by=by, now=now, scope=scope)
    return token


@transaction.atomic
def revoke_access_key(key: AccessKey, *, by: Actor, now: datetime) -> AccessKey:
    """From now on the key opens nothing. Raises Refused if it was revoked before."""
    require(may_run_town(by, key.town_id))
    living = AccessKey.objects.filter(pk=key.pk, revoked_at__isnull=True)
    if not living.update(revoked_at=now):
        raise Refused(_("This key was revoked before."), code="revoked")
    key.revoked_at = now
    log("revoke_access_key", key, town_id=key.town_id, by=by, now=now)
    return key
