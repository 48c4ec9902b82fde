"""A late order that staff lets in after closing, with a reason; the lists follow."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_run_town, require
from groupbuy.shared.errors import Refused
from orders.actions import gate
from orders.actions.basket import basket, body_hash
from orders.actions.cancel_order import required
from orders.actions.writing import insert_order, order_row, take
from orders.models import Order, SoldOut, Wish
from orders.queries.homes import find_home
from orders.states import Channel


@transaction.atomic
def let_in_late(
    batch: Batch, *, wish: Wish, reason: str, by: Actor, now: datetime
) -> Order:
    """Town staff adds an order to a closed batch; the caller corrects the paper.

    Raises Refused while the day is open or called off, SoldOut beyond the quota.
    """
    require(may_run_town(by, batch.group_buy.town_id) and by.user is not None)
    said = required(reason)
    if batch.state != Batch.State.CLOSED:
        raise Refused(_("This day is not closed."), code="state")
    home = find_home(
        batch.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
    )
    wanted = basket(batch, wish)
    row = order_row(batch, wish, home, wanted) | {
        "channel": Channel.PROXY,
        "placed_at": now,
        "accepted_until": batch.until_heads,
        "entered_by_id": by.user.pk if by.user else None,
        "late_by_id": by.user.pk if by.user else None,
        "late_reason": said,
    }
    order = insert_order(row, secrets.token_urlsafe(16), body_hash(wish, home))
    if order is None:
        raise RuntimeError("a fresh submit key was taken")
    take(order, wanted)
    try:
        gate.pass_side_door(wanted.items, channel=Channel.PROXY)
    except gate.GateShut as shut:
        raise SoldOut([shut.stock_id], [wanted.titles[shut.stock_id]]) from None
    town_id = batch.group_buy.town_id
    log("let_in_late", order, town_id=town_id, by=by, now=now, reason=said)
    return order
