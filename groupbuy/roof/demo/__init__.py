"""The demo towns: facts with a source, completed by invented data that says so."""

from datetime import datetime
from typing import Literal

from groupbuy.roof.demo.group_buys import load_group_buys
from groupbuy.roof.demo.history import load_history
from groupbuy.roof.demo.people import load_people
from groupbuy.roof.demo.places import load_places
from groupbuy.roof.demo.supply import load_supply
from groupbuy.roof.demo.today import load_today

EACH = {"full": 40, "small": 6}  # homes a compound that order on one day
EACH_TODAY = {"full": 20, "small": 4}
WISHES = {"full": 17, "small": 3}


def load(now: datetime, size: Literal["full", "small"] = "full") -> None:
    """Load what is not there yet; every step is one transaction and looks first.

    ``small`` (for tests): one or two compounds a town, the same group buys and people.
    """
    load_places(few=size == "small")
    load_supply(now)
    load_people()
    load_group_buys(now)
    load_history(now, each=EACH[size])
    load_today(now, each=EACH_TODAY[size], wishes=WISHES[size])
