"""However many clockworks open it, a group buy has each day once. (Row 49.)"""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.open_batch import open_batch
from catalog.models import Batch, GroupBuy
from groupbuy.shared.clock import at
from tests import factories
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("today", "delivered"),
    [
        (date(2024, 2, 28), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 1, 1)),
    ],
)
def test_eight_openers_at_once_make_one_day(today: date, delivered: date) -> None:
    compound = factories.make_compound()
    group_buy = factories.make_group_buy(compounds=[compound], starts_on=today)
    factories.make_offer(group_buy, "A")
    noon = at(today, time(12))

    outcome = together(
        8, lambda _n: open_batch(GroupBuy.objects.get(pk=group_buy.pk), now=noon)
    )

    assert outcome.faults == []
    (opened,) = [batch for batch in outcome.results if batch]
    assert opened.delivery_on == delivered
    assert Batch.objects.get().stock.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_batch(
            group_buy,
            "A",
            delivery_on=delivered,
            state="closed",
            closed_at=noon + timedelta(days=1),
        )
