"""Thirty days on: the clockwork forgets every word about a home, and one left over is found."""

from datetime import timedelta

import pytest

from catalog.models import Batch
from delivery.actions.shred import shred_due
from delivery.models import Difference, Paperwork, PickupLine, Sheet
from delivery.queries.due import paperwork_to_render
from groupbuy.roof.verify import verify
from groupbuy.roof.verify.kept import KEPT
from orders.actions.erase import erase_due
from orders.actions.forget_heads import forget_heads
from orders.actions.forget_reasons import FORGOTTEN, forget_reasons
from orders.models import Order
from tests.factories import NOON
from tests.roof.verify.test_seeded_corruption import day  # noqa: F401

LONG_AFTER = NOON + timedelta(days=33)


@pytest.fixture
def forgotten(day: Batch) -> Batch:  # noqa: F811 - pytest hands it over by its name
    erase_due(now=LONG_AFTER)
    forget_reasons(now=LONG_AFTER)
    forget_heads(now=LONG_AFTER)
    shred_due(LONG_AFTER)
    return day


def found() -> set[str]:
    return {finding.rule for finding in verify(now=LONG_AFTER, rules=KEPT).broken}


def test_before_the_clockwork_came_by_everything_is_overdue(day: Batch) -> None:  # noqa: F811
    assert found() == {rule.name for rule in KEPT}


def test_the_clockwork_forgets_it_all(forgotten: Batch) -> None:
    assert found() == set()
    assert not Sheet.objects.filter(kind="doors").exists()
    assert set(Difference.objects.values_list("reason", flat=True)) == {""}
    late = set(Order.objects.values_list("late_reason", flat=True))
    assert late == {"", FORGOTTEN}, "that it was let in late is still known"


@pytest.mark.parametrize(
    "words",
    [
        {"note": "打13800000000"},
        {"room": "502"},
        {"unit": "2"},
        {"home_key": "7/3//502"},
    ],
)
def test_a_word_left_on_a_list_is_found(
    forgotten: Batch, words: dict[str, str]
) -> None:
    PickupLine.objects.filter(pk=PickupLine.objects.first().pk).update(**words)

    assert found() == {"list_lines_forgotten"}


def test_each_of_the_others_is_found_alone(forgotten: Batch) -> None:
    Order.objects.filter(late_reason="").update(ended_reason="搬走了")
    assert found() == {"order_reasons_forgotten"}
    assert forget_reasons(now=LONG_AFTER) == 1
    Paperwork.objects.update(problem="□ = 𠮷")
    assert found() == {"paper_problems_forgotten"}
    Difference.objects.update(reason="魏阿姨住院了")
    assert found() == {"paper_problems_forgotten", "difference_reasons_forgotten"}
    leave = {"batch": forgotten, "version": 1, "file": "x", "made_at": NOON}
    Sheet.objects.create(kind="supply_excel", **leave)
    assert "personal_sheets_shredded" not in found()
    Sheet.objects.create(kind="lists_excel", **leave)
    assert "personal_sheets_shredded" in found()


def test_a_day_that_never_came_on_paper_is_not_printed_after_its_homes_are_forgotten(
    forgotten: Batch,
) -> None:
    assert paperwork_to_render(NOON).filter(batch=forgotten).exists()
    assert not paperwork_to_render(LONG_AFTER).exists()
