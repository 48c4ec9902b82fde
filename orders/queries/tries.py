"""Homes asked for in vain: whoever asks too often hears neither yes nor no any more.

A refusal can tell a stranger that a home exists ("do you mean 502?") or that it has ordered
("more than one home may have"). So those are counted, by the browser, by the home and by the
telephone number, never by the address: a carrier hides thousands of homes behind one. Only
misses count and only look-ups stop: an order that can be taken is always taken, so nobody
can lock a home's owner out. Somebody who takes a new browser, another number and another
home each time is not stopped; what they learn stands on the letterboxes, or costs an order.

Tokens in addresses (``/o/``, ``/b/``, ``/v/``, ``/s/``) are not counted at all: of 2^160 a
guesser would find none, and counting would let strangers shut out who holds a right one.
"""

from collections.abc import Hashable

from groupbuy.shared import tokens
from groupbuy.shared.errors import Refused
from groupbuy.shared.misses import Misses
from orders.models import NoSuchHome, OverLimit, TooManyTries, Wish

MOST = 20  # an 80-year-old who tries every way to write a room is not a robber
MINUTES = 10
MISSES = Misses(most=MOST, seconds=MINUTES * 60)


def check_tries(wish: Wish, *, browser: str) -> None:
    """Before a look-up that costs nothing. Raises TooManyTries."""
    if MISSES.are_many(_who(wish, browser)):
        raise TooManyTries(MINUTES)


def told(refusal: Refused, wish: Wish, *, browser: str) -> Refused:
    """The refusal as it may be told: one that gives something away is counted first."""
    if not isinstance(refusal, NoSuchHome | OverLimit):
        return refusal
    keys = [*_who(wish, browser), _home(wish)]
    is_one_too_many = MISSES.are_many(keys)
    MISSES.add(keys)
    return TooManyTries(MINUTES) if is_one_too_many else refusal


def _who(wish: Wish, browser: str) -> list[Hashable]:
    """Hashed: a number stays in memory no longer than its request."""
    names = {"browser": browser, "phone": wish.phone}
    return [
        (name, tokens.derived("tries", value)) for name, value in names.items() if value
    ]


def _home(wish: Wish) -> Hashable:
    return ("home", wish.compound_id, wish.building, wish.unit, wish.room)
