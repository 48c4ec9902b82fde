"""Thumbs that press "hand in" six times at once, and two phones that paste together."""

from groupbuy.community.models import Actor, Building, head
from groupbuy.roof.verify import verify
from groupbuy.roof.verify.chains import CHAINS
from groupbuy.roof.verify.orders import ORDERS
from groupbuy.roof.verify.stock import STOCK
from orders.actions.chain_lines import keep_typed, mark
from orders.actions.hand_in_chain import HandedIn, hand_in_chain
from orders.actions.paste_chain import paste_chain
from orders.models import Chain, Order
from orders.queries.chains import work_of
from tests.factories import NOON
from tests.races.conftest import Rush
from tests.races.together import Outcome, together

BOOKS = (*STOCK, *ORDERS, *CHAINS)
FIRST = "\n".join(f"{101 + n} A1" for n in range(8))
SECOND = "\n".join(f"{101 + n} A2" for n in range(4))  # four changed, four gone


def who() -> Actor:
    return head([Building.objects.get().pk])


def paste(rush: Rush, text: str) -> Chain:
    place = Building.objects.select_related("compound__committee").get()
    return paste_chain(rush.batch, place, text=text, by=who(), now=NOON)


def hand_in(_n: int) -> list[HandedIn]:
    return hand_in_chain(Chain.objects.latest("pk"), by=who(), now=NOON)


def clean(outcome: Outcome) -> bool:
    return outcome.faults == [] and verify(now=NOON, rules=BOOKS).broken == []


def test_six_hand_ins_at_once_are_one(rush: Rush) -> None:
    paste(rush, FIRST)
    assert clean(together(6, hand_in))
    assert Order.objects.count() == 8
    assert rush.row("A").reserved == 8
    assert Chain.objects.get().refused == {}


def test_changes_and_cancellations_happen_once(rush: Rush) -> None:
    paste(rush, FIRST)
    hand_in(0)
    chain = paste(rush, SECOND)
    ticks = [mark(wanted) for wanted in work_of(chain).fold.taps]
    keep_typed(chain, typed_rows={}, agreed=ticks, by=who())
    assert len(ticks) == 8

    assert clean(together(6, hand_in))

    assert Order.objects.filter(state="standing").count() == 4
    assert rush.row("A").reserved == 8
    assert Order.objects.count() == 8
    assert Chain.objects.latest("pk").refused == {}


def test_the_same_paste_from_two_phones_is_kept_once(rush: Rush) -> None:
    outcome = together(4, lambda _n: paste(rush, FIRST).pk)
    assert clean(outcome)
    assert len(set(outcome.results)) == Chain.objects.count() == 1
