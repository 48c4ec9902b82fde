"""A release is used up by the file in hand and by nothing else; a superuser is no second hand."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from delivery.actions.release import confirm_release, take_release
from delivery.models import Sheet
from groupbuy.community.models import staff
from groupbuy.shared.errors import NotAllowed
from tests import factories as make
from tests.delivery.days import LATER, Day
from tests.delivery.paper import content_of
from tests.delivery.release.stories import asked, client_of, let_go, sure, told
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_that_is_not_there_costs_no_new_request(
    day: Day, book, colleague, caplog
):
    release = let_go(day, book, colleague)
    path = Path(release.sheet.file.path)
    content = path.read_bytes()
    path.unlink()
    client = client_of(day.town_staff)
    take = reverse("release-take", args=[release.pk])
    page = reverse("sheet-release", args=[release.sheet_id])

    answer = client.post(take)

    assert answer.url == page
    assert "still counts as not taken" in client.get(page).text
    release.refresh_from_db()
    assert release.taken_at is None
    assert told("fetch_sheet") == []
    assert day.pickup_list.printed_at is None
    assert "cannot be opened" in caplog.text
    path.write_bytes(content)
    assert content_of(client.post(take)) == content
    assert len(told("fetch_sheet")) == 1


def test_pressed_in_two_windows_at_once_it_leaves_once(day: Day, book, colleague):
    release = let_go(day, book, colleague)
    by = sure(day.town_staff)

    def take(_n: int) -> Sheet:
        sheet = take_release(release, by=by, now=LATER + timedelta(minutes=1))
        sheet.file.close()
        return sheet

    outcome = together(4, take)

    assert outcome.faults == []
    assert len(outcome.results) == 1
    assert outcome.refused == {"over": 3}
    assert len(told("fetch_sheet")) == 1


def test_who_makes_accounts_says_yes_to_nothing(day: Day, book):
    release = asked(day, book)
    root = make.make_town_staff(day.town, is_superuser=True)

    with pytest.raises(NotAllowed):
        confirm_release(release, by=staff(root, proved_at=LATER), now=LATER)

    release.refresh_from_db()
    assert release.confirmed_at is None
