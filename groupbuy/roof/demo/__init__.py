"""The demo towns: facts with a source, completed by invented data that says so."""

from datetime import datetime, timedelta
from typing import Literal

from delivery.actions.build_lists import build_due
from groupbuy.roof.demo.group_buys import load_group_buys
from groupbuy.roof.demo.heads import load_heads
from groupbuy.roof.demo.history import load_history
from groupbuy.roof.demo.people import load_people
from groupbuy.roof.demo.places import load_places
from groupbuy.roof.demo.supply import load_supply
from groupbuy.roof.demo.today import load_today
from orders.actions.close_batch import close_due

EACH = {"full": 40, "small": 6}  # homes a compound that order on one day
EACH_TODAY = {"full": 20, "small": 4}
WISHES = {"full": 17, "small": 3}
KNOWN_FOR = timedelta(days=10)  # suppliers and group buys are older than any order


def load(now: datetime, size: Literal["full", "small"] = "full") -> None:
    """Load what is not there yet; every step is one transaction and looks first.

    ``small`` (for tests): one or two compounds a town, the same group buys and people.
    Called again on a later day it closes what is due and lives through what was missed.
    """
    since = now - KNOWN_FOR
    load_places(few=size == "small")
    load_supply(since)
    load_people()
    load_group_buys(now, since=since)
    close_due(now=now)
    build_due(now)
    load_history(now, each=EACH[size])
    load_today(now, each=EACH_TODAY[size], wishes=WISHES[size])
    load_heads(now)
