"""A form sent before the cutoff that waits beyond it: in the lists, or refused; never between. (Row 6.)"""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from delivery.actions.build_lists import build_due
from delivery.models import PickupLine
from groupbuy.roof.verify import RULES, verify
from groupbuy.shared.errors import Refused
from orders.actions.close_batch import close_due
from orders.models import Order
from tests.races.conftest import Rush, rush
from tests.shared.web.busy.outage import somebody_holds, waiting_for_locks

__all__ = ["rush"]
pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(
    ("first", "word"), [("order", "accepted"), ("closing", "late")]
)
def test_what_waited_for_a_lock_is_listed_or_refused(
    rush: Rush,
    first: str,
    word: str,
) -> None:
    """Somebody holds the package; the form and the closing wait behind it, in either order."""
    until, said = rush.batch.until_last, []

    def order() -> None:
        try:
            rush.place(now=rush.batch.until_link - timedelta(seconds=0.2))
            said.append("accepted")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    def closing() -> None:
        close_due(now=until + timedelta(minutes=1))
        connection.close()

    acts = [threading.Thread(target=act) for act in (order, closing)]
    with somebody_holds(rush.stock["A"]) as let_go:
        for many, act in enumerate(acts if first == "order" else acts[::-1], start=1):
            act.start()
            waiting_for_locks(many)
        let_go()
        for act in acts:
            act.join(20)

    assert said == [word]
    build_due(until + timedelta(minutes=1))
    listed = PickupLine.objects.filter(order_line__order__in=Order.objects.all())
    assert listed.count() == Order.objects.count() == (word == "accepted")
    rules = tuple(rule for rule in RULES if rule.name != "heartbeat_is_fresh")
    assert verify(now=until + timedelta(minutes=1), rules=rules).broken == []
