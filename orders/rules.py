"""Who may order and change orders; a resident's right is holding the order's token."""

from catalog.models import Batch
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_look_after, may_run_town
from orders.models import Order
from orders.states import Channel


def may_order(by: Actor, channel: str, batch: Batch, committee_id: int) -> bool:
    """Anyone through the link; other channels only who looks after the home."""
    if channel == Channel.LINK and by.user is None:
        return True
    return may_look_after(by, committee_id) or may_run_town(by, batch.group_buy.town_id)


def may_touch(by: Actor, order: Order) -> bool:
    """Its owner (the door has checked the token), or who looks after the home."""
    if by.user is None:
        return by.role in {"resident", "system"}
    return may_look_after(by, order.compound.committee_id)


def may_correct(by: Actor, order: Order) -> bool:
    """Voiding, paying, letting in late: never the owner."""
    return may_look_after(by, order.compound.committee_id)
