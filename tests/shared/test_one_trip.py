"""Several statements as one act: all of it, or nothing and the name of what was not possible."""

import pytest
from django.db import IntegrityError, transaction

from catalog.models import Stock
from groupbuy.shared.one_trip import Step, Stopped, in_one_trip
from tests.factories import make_batch

pytestmark = pytest.mark.django_db(transaction=True)
MORE = "UPDATE catalog_stock SET reserved = reserved + %s WHERE code = %s AND is_open"
RESERVED = Step(
    ("reserved",),
    "SELECT reserved FROM catalog_stock WHERE code = 'A' AND quota > %s",
    [0],
)


def more(code: str, pieces: int = 2) -> Step:
    return Step(("more", code), MORE, [pieces, code])


def test_all_steps_are_written_and_the_answer_knows_of_all_but_the_last() -> None:
    make_batch(codes="AB")
    assert in_one_trip([more("A"), more("B", 3)], RESERVED) == 2
    assert list(Stock.objects.order_by("code").values_list("reserved", flat=True)) == [
        2,
        3,
    ]


def test_a_step_that_changes_nothing_undoes_those_before_it() -> None:
    make_batch(codes="AB")
    Stock.objects.filter(code="B").update(is_open=False)

    with pytest.raises(Stopped) as stop:
        in_one_trip([more("A"), more("B"), more("C")], RESERVED)

    assert stop.value.name == ("more", "B")
    assert Stock.objects.get(code="A").reserved == 0


def test_within_an_open_transaction_a_stop_undoes_only_the_act() -> None:
    make_batch(codes="A")
    with transaction.atomic():
        in_one_trip([more("A")], RESERVED)
        with pytest.raises(Stopped):
            in_one_trip([more("A"), more("Z")], RESERVED)
        in_one_trip([more("A")], RESERVED)
    assert Stock.objects.get(code="A").reserved == 4


def test_a_broken_constraint_is_no_stop() -> None:
    make_batch(codes="A")
    with pytest.raises(IntegrityError):
        in_one_trip([more("A", 99_999)], RESERVED)
    assert Stock.objects.get(code="A").reserved == 0
