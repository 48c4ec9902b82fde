"""A wish made exact: merged lines of this batch, within limits, with its total."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.models import Batch
from groupbuy.community.models import Actor
from groupbuy.shared.errors import Refused
from groupbuy.shared.text import plain, typed
from orders.models import Order, OverLimit, TooLate, Wish
from orders.queries.homes import Home
from orders.queries.shelf import Shelf, shelves
from orders.states import Channel

MOST_OF_ONE = 999


@dataclass(frozen=True)
class Basket:
    """Quantities by stock id, the rows as read, and what it comes to in cents."""

    items: dict[int, int]
    shelf: dict[int, Shelf]

    @property
    def total_cents(self) -> int:
        return sum(self.shelf[pk].price_cents * q for pk, q in self.items.items())

    @property
    def pieces(self) -> int:
        return sum(self.items.values())

    @property
    def titles(self) -> dict[int, str]:
        return {pk: shelf.title for pk, shelf in self.shelf.items()}


def basket(batch: Batch, wish: Wish) -> Basket:
    """Raises Refused for an empty basket, OverLimit, or a package of another batch."""
    items = {pk: q for pk, q in sorted(wish.items.items()) if q}
    if not items:
        raise Refused(
            _("Please choose at least one package."), field="items", code="empty"
        )
    if not all(0 < q <= MOST_OF_ONE for q in items.values()):
        raise Refused(_("Please write a whole number."), field="items", code="quantity")
    shelf = shelves(batch.pk, items)
    if len(shelf) != len(items):
        raise Refused(
            _("That package is not part of this day."), field="items", code="foreign"
        )
    over = [pk for pk, q in items.items() if q > shelf[pk].limit]
    if over:
        raise OverLimit(over, [shelf[pk].title for pk in over])
    return Basket(items, shelf)


def until(batch: Batch, channel: str) -> datetime:
    """The cutoff of this channel; heads, proxies and carts share the heads' one."""
    return batch.until_link if channel == Channel.LINK else batch.until_heads


def deadline(order: Order, by: Actor) -> datetime:
    """Until when ``by`` may change or cancel: staff until the day's last cutoff, all others
    (heads with an account, too) until that of the order's channel."""
    if by.user is not None and not by.is_head:
        return order.batch.until_last
    return until(order.batch, order.channel)


def check_in_time(batch: Batch, deadline: datetime, *, now: datetime) -> None:
    """Raises TooLate: ``now`` is the door's clock on arrival, not when a lock came free."""
    if now >= deadline or batch.state != Batch.State.OPEN:
        raise TooLate


def body_hash(wish: Wish, home: Home) -> str:
    """What makes two forms the same: the home, the packages and the words."""
    body = [home.key, sorted(wish.items.items()), *words(wish).values()]
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()


def words(wish: Wish) -> dict[str, str | bool]:
    """The free text of a wish, without anything invisible. Raises Refused when too long."""
    name, note, phone = typed(wish.name), typed(wish.note), plain(wish.phone)
    for text, most, field in (
        (name, 20, "name"),
        (note, 60, "note"),
        (phone, 20, "phone"),
    ):
        if len(text) > most:
            raise Refused(
                _("Please keep this under %(most)s characters.") % {"most": most},
                field=field,
                code="too_long",
            )
    return {
        "name": name,
        "note": note,
        "phone": phone,
        "name_in_feed": wish.name_in_feed,
    }
