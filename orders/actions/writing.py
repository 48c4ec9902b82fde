"""Writing one order down: the row, its lines, the home's use. Shared by every way in."""

import hashlib
from typing import Any

from catalog.models import Batch
from groupbuy.shared import db, tokens
from orders.actions import gate
from orders.actions.basket import Basket, words
from orders.models import Order, OrderLine, Wish
from orders.queries.homes import Home
from orders.states import OrderState

NUMBERS = 4  # tries to find an order number that nobody has

_DEFAULTS: dict[str, Any] = {
    "state": OrderState.STANDING,
    "paid_cents": 0,
    "late_by_id": None,
    "late_reason": "",
    "ended_reason": "",
    "revision": 1,
}


def order_token(submit_key: str) -> str:
    """Derived from the key, so that a retry after a lost reply finds its order again."""
    return tokens.derived("order", submit_key)


def order_number(submit_key: str, attempt: int) -> str:
    """Nine digits, easy to say on the phone; not countable and no secret."""
    seed = tokens.derived("order-number", f"{submit_key}:{attempt}")
    return f"{int(hashlib.sha256(seed.encode()).hexdigest(), 16) % 10**9:09d}"


def order_row(batch: Batch, wish: Wish, home: Home, wanted: Basket) -> dict[str, Any]:
    """The columns that follow from the wish and its home."""
    building_sort, room_sort = home.sorts
    return {
        **_DEFAULTS,
        "batch_id": batch.pk,
        "compound_id": home.compound.pk,
        "in_building_id": home.in_building.pk if home.in_building else None,
        "building": home.building,
        "unit": home.unit,
        "room": home.room,
        "building_sort": building_sort,
        "room_sort": room_sort,
        "home_key": home.key,
        "bring_to_door": home.bring_to_door or wish.bring_to_door,
        "total_cents": wanted.total_cents,
        "pieces": wanted.pieces,
        **words(wish),
    }


def of_form(submit_key: str) -> dict[str, str]:
    """What the database keeps of a form: it makes the order unique, and opens it."""
    return {
        "submit_hash": tokens.stored(submit_key),
        "token_hash": tokens.stored(order_token(submit_key)),
    }


def insert_order(row: dict[str, Any], submit_key: str, body: str) -> Order | None:
    """The new order's row; None when another request holds the same submit key."""
    secret = of_form(submit_key) | {"body_hash": body}
    for attempt in range(NUMBERS):
        values = row | secret | {"number": order_number(submit_key, attempt)}
        pk = db.insert(Order, values)
        if pk is not None:
            return Order(pk=pk, **values)
        if Order.objects.filter(submit_hash=secret["submit_hash"]).exists():
            return None
    raise RuntimeError("four order numbers in a row were taken")


def take(order: Order, wanted: Basket) -> None:
    """Write the lines and count them as the home's. Raises OverLimit."""
    db.insert_many(
        OrderLine,
        [
            {"order_id": order.pk, "stock_id": pk, "quantity": quantity}
            for pk, quantity in wanted.items.items()
        ],
    )
    moves = [
        gate.HomeMove(pk, order.home_key, quantity, wanted.shelf[pk].limit)
        for pk, quantity in wanted.items.items()
    ]
    gate.take_home_use(moves, wanted.titles)
