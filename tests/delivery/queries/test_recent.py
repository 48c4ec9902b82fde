"""The list of batches: what each came to for whom, and a page at a time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Batch, ServedPlace
from delivery.queries.batches import batches_of
from delivery.queries.recent import A_PAGE, recent
from groupbuy.community.models import RESIDENT, User
from orders.actions.cancel_order import cancel_order
from orders.models import Order
from tests import factories as make
from tests.delivery.days import Day, built_day, closed_day
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def came_to(user: User) -> list[tuple[Batch, int, int]]:
    return [(r.batch, r.packages, r.total_cents) for r in recent(user).rows]


def days_before(day: Day, many: int) -> list[Batch]:
    """Earlier days of the same group buy, the newest first."""
    return [
        make.close(
            make.make_batch(
                day.batch.group_buy,
                delivery_on=day.batch.delivery_on - timedelta(days=n + 1),
            )
        )
        for n in range(many)
    ]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_town_reads_all_of_a_day_and_a_committee_its_own() -> None:
    day = built_day()
    far = make.make_compound(town=day.town, name="远方苑")
    make.make_order(day.batch, far, "1-101", items={"A": 5})

    assert came_to(day.town_staff.user) == [(day.batch, 9, 54000)]
    assert came_to(day.committee_staff.user) == [(day.batch, 4, 24000)]


def test_a_package_may_come_to_more_than_fits_into_four_bytes() -> None:
    day = built_day()
    day.batch.stock.filter(code="B").update(reserved=0)
    day.batch.stock.filter(code="A").update(quota=1_000_000, reserved=900_000)

    assert came_to(day.town_staff.user) == [(day.batch, 900_000, 900_000 * 6000)]


def test_who_works_for_a_town_and_a_committee_elsewhere_reads_both() -> None:
    day, other = built_day(), built_day()
    far = make.make_compound(town=other.town, name="远方苑")
    make.make_order(other.batch, far, "1-101", items={"A": 5})
    both = make.make_town_staff(day.town)
    both.memberships.create(
        role="committee_staff", town=other.town, committee=other.committee
    )

    assert came_to(both) == [(other.batch, 4, 24000), (day.batch, 4, 24000)]


def test_what_was_given_back_is_in_nobodys_sum() -> None:
    day = closed_day()
    Batch.objects.filter(pk=day.batch.pk).update(state="open", closed_at=None)
    day.batch.stock.update(is_open=True)
    order = Order.objects.select_related("batch__group_buy").get(pk=day.order.pk)
    cancel_order(order, by=RESIDENT, now=NOON)

    for person in (day.town_staff, day.committee_staff):
        assert came_to(person.user) == [(day.batch, 1, 6000)]


def test_a_committee_counts_the_lines_of_an_older_releases_orders() -> None:
    day = built_day()
    Order.objects.filter(pk=day.order.pk).update(pieces=None)

    assert came_to(day.committee_staff.user) == [(day.batch, 4, 24000)]


def test_a_committee_finds_a_day_that_served_it_once_by_its_orders() -> None:
    day = built_day()
    user = day.committee_staff.user
    far = make.make_compound(town=day.town)
    make.make_order(day.batch, far, "1-101")
    ServedPlace.objects.all().delete()
    assert list(batches_of(user)) == [day.batch]

    day.batch.orders.filter(compound=day.compound).update(
        state="cancelled", ended_at=NOON
    )
    assert list(batches_of(user)) == []
    assert list(batches_of(day.town_staff.user)) == [day.batch]


def test_a_page_ends_where_the_next_begins() -> None:
    day = built_day()
    days = [day.batch, *days_before(day, A_PAGE)]
    client = signed_in(day.town_staff.user)

    def page(number: object) -> list[Batch]:
        shown = client.get(reverse("batches"), {"page": number}).context["page"]
        return [row.batch for row in shown.rows]

    assert page(1) == page("") == page("x") == page("-1") == days[:A_PAGE]
    assert page(2) == days[A_PAGE:]


def test_older_and_newer_days_are_links_only_where_there_are_any() -> None:
    day = built_day()
    client = signed_in(day.town_staff.user)

    def links(number: int) -> list[str]:
        text = client.get(reverse("batches"), {"page": number}).content.decode()
        return [rel for rel in ("prev", "next") if f'rel="{rel}" href="?page=' in text]

    assert links(1) == []
    *_, oldest = days_before(day, A_PAGE - 1)
    assert links(1) == [], "the page is full, and that is all"
    before = oldest.delivery_on - timedelta(days=1)
    make.close(make.make_batch(day.batch.group_buy, delivery_on=before))
    assert (links(1), links(2), links(3)) == (["next"], ["prev"], ["prev"])


@pytest.mark.parametrize("days", [1, 3])
def test_a_committees_list_asks_the_same_for_one_and_three_days(
    days: int, django_assert_num_queries
) -> None:
    day = built_day()
    for batch in days_before(day, days - 1):
        make.make_order(batch, day.compound)
    client = signed_in(day.committee_staff.user)

    with django_assert_num_queries(7):
        client.get(reverse("batches"))
