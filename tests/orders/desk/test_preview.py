"""The phone's frame beside a group buy: the residents' page itself, for a draft, too."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.actions.open_batch import open_batch
from catalog.models import Batch, GroupBuy, Offer, Stock
from groupbuy.community.models import User
from groupbuy.shared.web import csp
from orders.views.link import PAGES
from tests import factories as make


def framed(day: Any, group_buy: GroupBuy) -> Any:
    PAGES.clear()
    return day.client.get(reverse("group-buy-preview-page", args=[group_buy.pk]))


def test_a_running_group_buy_shows_its_link_and_between_two_days_as_well(
    day: Any,
) -> None:
    group_buy = day.batch.group_buy
    assert "Time left to order" in framed(day, group_buy).text

    make.close(day.batch)
    assert "Ordering has ended for this day" in framed(day, group_buy).text


def test_only_pages_of_this_site_may_frame_it(day: Any) -> None:
    answer = framed(day, day.batch.group_buy)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer[csp.HEADER]
    link = Client().get(reverse("link", args=[day.batch.group_buy.token]))
    assert "frame-ancestors 'none'" in link[csp.HEADER]


def test_a_draft_is_the_page_that_opens_when_it_is_published(day: Any) -> None:
    """The same template with the same rows: published and opened, not a letter differs."""
    draft = make.make_group_buy(day.town, [day.compound], published_at=None)
    make.make_offer(draft, "A", price_cents=4990)
    before = framed(day, draft).text
    assert "49.90" in before
    assert "Time left to order" in before
    assert not Batch.objects.filter(group_buy=draft).exists()

    GroupBuy.objects.filter(pk=draft.pk).update(published_at=make.NOON)
    draft.refresh_from_db()
    open_batch(draft, now=make.NOON)
    assert framed(day, draft).text == before
    assert Stock.objects.filter(batch__group_buy=draft).exists()


def test_a_draft_that_lacks_nearly_everything_is_drawn_all_the_same(day: Any) -> None:
    draft = make.make_group_buy(day.town, [], published_at=None, contact_phone="")
    assert framed(day, draft).status_code == 200

    offer = make.make_offer(draft, "A")
    offer.package.versions.all().delete()
    Offer.objects.filter(pk=offer.pk).update(daily_quota=0)
    page = framed(day, draft).text
    assert offer.package.name in page
    assert "Sold out" in page


def test_a_draft_with_no_day_left_says_that_it_is_not_open_yet(day: Any) -> None:
    draft = make.make_group_buy(
        day.town, [day.compound], published_at=None, rhythm="weekdays", weekdays=[]
    )
    assert "Not open yet" in framed(day, draft).text


def test_no_draft_of_another_town(day: Any, sign_in: Callable[[User], Client]) -> None:
    stranger = sign_in(make.make_town_staff(make.make_town()))
    url = reverse("group-buy-preview-page", args=[day.batch.group_buy.pk])
    assert stranger.get(url).status_code == 404


@pytest.mark.parametrize("codes", ["A", "ABC"])
def test_more_offers_need_no_more_queries(
    day: Any, codes: str, django_assert_num_queries: Any
) -> None:
    draft = make.make_group_buy(day.town, [day.compound], published_at=None)
    for code in codes:
        make.make_offer(draft, code)
    with django_assert_num_queries(11):
        framed(day, draft)
