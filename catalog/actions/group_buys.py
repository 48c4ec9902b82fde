"""The template of every day: a group buy's terms, its places, its offers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.publish import kept_complete
from catalog.models import GroupBuy, Offer, ServedPlace
from catalog.rules import may_change_group_buy
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor, Building, Compound
from groupbuy.community.rules import require
from groupbuy.shared.errors import NotAllowed, Refused
from groupbuy.shared.tokens import new_key


@transaction.atomic
def save_group_buy(group_buy: GroupBuy, *, by: Actor, now: datetime) -> GroupBuy:
    """New terms, for the next batch; the open one keeps its own.

    Raises Refused for a title twice, and when a published group buy would miss something.
    """
    require(may_change_group_buy(by, group_buy))
    same = GroupBuy.objects.filter(town=group_buy.town_id, title=group_buy.title)
    if same.exclude(pk=group_buy.pk).exists():
        sentence = _("There is a group buy of this title already.")
        raise Refused(sentence, field="title")
    group_buy.token = group_buy.token or new_key()
    with kept_complete(group_buy):
        group_buy.save()
    log("save_group_buy", group_buy, town_id=group_buy.town_id, by=by, now=now)
    return group_buy


@transaction.atomic
def save_places(
    group_buy: GroupBuy,
    *,
    compounds: Collection[Compound],
    buildings: Collection[Building],
    by: Actor,
    now: datetime,
) -> GroupBuy:
    """Serve these whole compounds, and of others these single buildings; no place else.

    A building of a whole compound is served anyway and not listed again. Raises NotAllowed
    for a place of another town.
    """
    require(may_change_group_buy(by, group_buy))
    places = _rows(group_buy, compounds, buildings)
    if any(p.compound.committee.town_id != group_buy.town_id for p in places):
        raise NotAllowed
    with kept_complete(group_buy):
        group_buy.places.all().delete()
        ServedPlace.objects.bulk_create(places)
    town_id, count = group_buy.town_id, len(places)
    log("save_places", group_buy, town_id=town_id, by=by, now=now, places=count)
    return group_buy


def _rows(
    group_buy: GroupBuy,
    compounds: Collection[Compound],
    buildings: Collection[Building],
) -> list[ServedPlace]:
    whole = {compound.pk for compound in compounds}
    parts = [b for b in buildings if b.compound_id not in whole]
    return [
        *(ServedPlace(group_buy=group_buy, compound=c) for c in compounds),
        *(
            ServedPlace(group_buy=group_buy, compound=b.compound, building=b)
            for b in parts
        ),
    ]


@transaction.atomic
def save_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """A new line, or changed price, limit or quota, from the next batch on.

    Raises Refused for a code twice and NotAllowed for another town's package; when the
    group buy is published, also for an offer that misses something.
    """
    group_buy = offer.group_buy
    require(may_change_group_buy(by, group_buy))
    if offer.package.supplier.town_id != group_buy.town_id:
        raise NotAllowed
    same = group_buy.offers.filter(code=offer.code)
    if same.exclude(pk=offer.pk).exists():
        raise Refused(_("This code is taken. Please use another letter."), field="code")
    if offer.held_for_heads > offer.daily_quota:
        sentence = _("At most the whole quota of %(quota)s can be kept.")
        numbers = {"quota": offer.daily_quota}
        raise Refused(sentence % numbers, field="held_for_heads")
    with kept_complete(group_buy):
        offer.save()
    price = offer.price_cents
    town_id = group_buy.town_id
    log("save_offer", offer, town_id=town_id, by=by, now=now, price_cents=price)
    return offer


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Leave the line out of new batches; its code stays taken, old orders stay readable."""
    require(may_change_group_buy(by, offer.group_buy))
    Offer.objects.filter(pk=offer.pk, withdrawn_at=None).update(withdrawn_at=now)
    town_id = offer.group_buy.town_id
    log("withdraw_offer", offer, town_id=town_id, by=by, now=now)
    offer.refresh_from_db()
    return offer


@transaction.atomic
def restore_offer(offer: Offer, *, by: Actor, now: datetime) -> Offer:
    """Take a withdrawn line into new batches again, complete as any other."""
    require(may_change_group_buy(by, offer.group_buy))
    with kept_complete(offer.group_buy):
        Offer.objects.filter(pk=offer.pk).update(withdrawn_at=None)
    town_id = offer.group_buy.town_id
    log("restore_offer", offer, town_id=town_id, by=by, now=now)
    offer.refresh_from_db()
    return offer
