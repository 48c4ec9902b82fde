"""Who may order and change orders; a resident's right is holding the order's token."""

from catalog.models import Batch
from groupbuy.community.models import Actor
from groupbuy.community.rules import may_look_after, may_run_town
from orders.models import Order
from orders.queries.homes import Home
from orders.states import BY_HEADS, Channel


def may_order(by: Actor, channel: str, batch: Batch, home: Home) -> bool:
    """Anyone through the link; other channels a head for the own building's homes, and who
    looks after the home."""
    if by.is_head:
        return channel in BY_HEADS and _is_at_home(by, home)
    if channel == Channel.LINK and by.user is None:
        return True
    return may_look_after(by, home.compound.committee_id) or may_run_town(
        by, batch.group_buy.town_id
    )


def may_touch(by: Actor, order: Order) -> bool:
    """Its owner (the door has checked the token), a head for what heads and proxies
    ordered in the own building, or who looks after the home."""
    if by.is_head:
        return order.channel in BY_HEADS and order.in_building_id in by.buildings
    if by.user is None:
        return by.role in {"resident", "system"}
    return may_look_after(by, order.compound.committee_id)


def may_move_to(by: Actor, home: Home) -> bool:
    """Changing an order's home: a head stays within the own buildings."""
    return not by.is_head or _is_at_home(by, home)


def may_take_money(by: Actor, order: Order) -> bool:
    """Who looks after the home, and a head for what heads and proxies ordered there."""
    if by.is_head:
        return may_touch(by, order)
    return may_correct(by, order)


def may_correct(by: Actor, order: Order) -> bool:
    """Voiding, letting in late: never the owner, never a head."""
    return not by.is_head and may_look_after(by, order.compound.committee_id)


def _is_at_home(by: Actor, home: Home) -> bool:
    return home.in_building is not None and home.in_building.pk in by.buildings
