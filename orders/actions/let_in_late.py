"""A late order that town staff lets in, with a reason; after closing the lists follow."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.actions.log import log
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_run_town, require
from groupbuy.shared import tokens
from groupbuy.shared.db import locked
from groupbuy.shared.errors import Refused
from orders.actions import gate
from orders.actions.basket import Basket, basket, body_hash
from orders.actions.cancel_order import required
from orders.actions.hand_in_chain import (
    link_lines,
    revision_of,
    settle_lines,
    submit_key,
    wish_of,
)
from orders.actions.writing import insert_order, order_row, take
from orders.models import Chain, Order, SoldOut, Wish
from orders.queries.chains import Work, work_of
from orders.queries.homes import find_home
from orders.reading.fold import Wanted, key
from orders.states import Channel


@transaction.atomic
def let_in_late(
    batch: Batch,
    *,
    wish: Wish,
    reason: str,
    by: Actor,
    now: datetime,
    channel: str = Channel.PROXY,
    submit_key: str = "",
) -> Order:
    """Town staff adds an order after the heads' cutoff, or after closing: then the caller
    corrects the paper.

    Raises Refused before that, for a day called off and for a key used before; SoldOut
    beyond the quota.
    """
    require(may_run_town(by, batch.group_buy.town_id) and by.user is not None)
    said = required(reason)
    _check_late(batch, now)
    home = find_home(
        batch.group_buy, wish.compound_id, wish.building, wish.unit, wish.room
    )
    wanted = basket(batch, wish)
    row = order_row(batch, wish, home, wanted) | {
        "channel": channel,
        "placed_at": now,
        "accepted_until": batch.until_heads,
        "entered_by_id": by.user.pk if by.user else None,
        "late_by_id": by.user.pk if by.user else None,
        "late_reason": said,
    }
    order = insert_order(row, submit_key or tokens.new_key(), body_hash(wish, home))
    if order is None:
        raise Refused(_("This has been let in before."), code="state")
    take(order, wanted)
    _pass(batch, wanted, channel)
    town_id = batch.group_buy.town_id
    log("let_in_late", order, town_id=town_id, by=by, now=now)
    return order


@transaction.atomic
def let_in_chain_home(
    chain: Chain, home_key: str, *, reason: str, by: Actor, now: datetime
) -> Order:
    """What a late chain says of one home: a new order, or what it wants more than it has.

    Raises Refused when nothing is left to let in, or when the home wants less.
    """
    work = work_of(locked(Chain.objects.filter(pk=chain.pk)).get())
    wanted = next((w for w in work.fold.homes if key(w.home) == home_key), None)
    if wanted is None or not work.chain.refused.get(home_key, {}).get("late"):
        raise Refused(_("There is nothing late for this home."), code="state")
    order = let_in_late(
        work.chain.batch,
        wish=replace(wish_of(work, wanted), items=_more(work, wanted)),
        reason=reason,
        by=by,
        now=now,
        channel=Channel.HEAD,
        submit_key=submit_key(work.chain, wanted, revision_of(work, wanted)),
    )
    link_lines(work, wanted, [order])
    del work.chain.refused[home_key]
    work.chain.save(update_fields=["refused"])
    settle_lines(work_of(work.chain))
    return order


def _more(work: Work, wanted: Wanted) -> dict[int, int]:
    """By stock id, what is wanted beside what is held. Raises Refused for less."""
    codes = wanted.items.keys() | wanted.held.keys()
    more = {c: wanted.items.get(c, 0) - wanted.held.get(c, 0) for c in sorted(codes)}
    if any(number < 0 for number in more.values()) or not any(more.values()):
        sentence = _("This home wants less than it has. Change or withdraw its order.")
        raise Refused(sentence, code="less")
    return {work.stock[code].pk: number for code, number in more.items() if number}


def _check_late(batch: Batch, now: datetime) -> None:
    if batch.state == Batch.State.CALLED_OFF:
        raise Refused(_("This day was called off."), code="state")
    if batch.state == Batch.State.OPEN and now < batch.until_heads:
        raise Refused(_("This day is not closed."), code="state")


def _pass(batch: Batch, wanted: Basket, channel: str) -> None:
    """By the gate while the day is open, by the side door after."""
    passed = gate.pass_side_door
    if batch.state == Batch.State.OPEN:
        passed = gate.pass_gate
    try:
        passed(wanted.items, channel=channel)
    except gate.GateShut as shut:
        titles = [wanted.titles[shut.stock_id]]
        raise SoldOut([shut.stock_id], titles) from None
