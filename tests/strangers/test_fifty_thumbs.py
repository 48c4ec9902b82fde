"""The last package and fifty thumbs, through the form as phones send it. (Row 1.)"""

from collections import Counter

import pytest
import time_machine
from django.http import HttpResponse

from catalog.models import Stock
from orders.models import Order
from tests import factories
from tests.orders.views.phone import Phone
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
THUMBS = 50


def test_one_reads_that_it_is_ordered_and_all_others_what_is_still_there() -> None:
    rooms = [str(101 + number) for number in range(THUMBS)]
    compound = factories.make_compound(buildings={"3": rooms})
    batch = factories.make_batch(factories.make_group_buy(compounds=[compound]))
    Stock.objects.filter(batch=batch, code="A").update(quota=1)

    def ready(room: str) -> Phone:
        place = {"building": "3", "room": room, "phone": "13800138000"}
        return Phone(batch).start("A").tap("review", **place)

    with time_machine.travel(factories.NOON):
        phones = [ready(room) for room in rooms]
        outcome = together(THUMBS, lambda n: phones[n].tap("place").page)

    assert outcome.faults == []
    assert Counter(map(word, outcome.results)) == {"200": 1, "sold_out": THUMBS - 1}
    assert Order.objects.count() == 1
    gone = next(page for page in outcome.results if page.status_code == 409)
    # Nothing is lost: the form goes on, with all that was typed, to what is left.
    assert 'value="13800138000"' in gone.text
    assert 'name="step" value="form"' in gone.text
    with time_machine.travel(factories.NOON):
        loser = next(phone for phone in phones if phone.page.status_code == 409)
        loser.tap("form").tap(
            "review", **{loser.field("A"): "0", loser.field("B"): "1"}
        )
        assert loser.tap("place").page.status_code == 200
    assert Order.objects.filter(lines__stock__code="B").count() == 1


def word(page: HttpResponse) -> str:
    return page.headers.get("X-Refused", str(page.status_code))
