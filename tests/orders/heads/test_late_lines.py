"""A line that came too late says what can be done now, at the line and on staff's page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from orders.queries.late_homes import late_homes
from tests import factories as make
from tests.orders.actions.chain_scene import HeadOf


@pytest.fixture
def late(street, noon) -> HeadOf:
    """501 and 502 have what they said; after the cutoff 501 takes it back, 502 adds."""
    lady = HeadOf(street.batch, street.building)
    lady.paste("501 A1", "502 A1")
    lady.hand_in()
    street.batch.until_link = street.batch.until_heads + timedelta(hours=2)
    street.batch.save()
    noon.move_to(street.batch.until_heads + timedelta(minutes=1))
    after = street.batch.until_heads + timedelta(minutes=1)
    lady.paste("3号501 不要了", "502 A2", now=after)
    lady.accept(1)
    lady.tap("501", "502")
    with translation.override("en"):
        lady.hand_in(now=after)
    return lady


def test_the_head_reads_at_the_line_that_staff_can_still_withdraw(street, late) -> None:
    for page in ("", "done/"):
        text = street.client.get(street.page("paste") + page).text
        assert text.count("still withdraw the order") == 1, page
        assert text.count("only the town can let this in") == 1, page


@pytest.mark.parametrize("who", ["town", "committee"])
def test_staff_get_the_way_to_the_order_at_that_line(street, late, who) -> None:
    committee = street.compound.committee
    user = make.make_town_staff(committee.town) if who == "town" else street.committee
    client = street.signed_in(user)
    text = client.get(reverse("handed-in", args=[street.batch.pk])).text
    (taken_back,) = street.batch.orders.filter(room="501")
    page = reverse("desk-order", args=[taken_back.pk])
    assert f'href="{page}"' in text
    assert "Nothing any more" in text
    assert "Stays ordered until staff withdraw it" in text
    assert ("Let it in…" in text) is (who == "town")
    assert "Void it" in client.get(page).text
    void = reverse("desk-order-void", args=[taken_back.pk])
    client.post(void, {"reason": "群里说不要了"})
    text = client.get(reverse("handed-in", args=[street.batch.pk])).text
    assert "Nothing any more" not in text


@pytest.mark.parametrize("homes", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    street, late, homes, django_assert_num_queries
) -> None:
    for room in ("101", "601")[: homes - 1]:
        make.make_order(street.batch, home=f"3-{room}", channel="head")
    with django_assert_num_queries(5):
        late_homes(street.batch, street.committee)
