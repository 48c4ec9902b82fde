"""A release is used up by the file in hand and by nothing else; a superuser is no second hand."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.release import ask_release, confirm_release, take_release
from delivery.models import Release, Sheet
from delivery.states import SheetKind
from groupbuy.community.models import LogEntry, staff
from groupbuy.shared.errors import NotAllowed
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day
from tests.delivery.paper import content_of, stored
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def evening(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("delivery.queries.scope.MANY_HOMES", 1)  # a day has two
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def day() -> Day:
    return built_day()


def asked(day: Day) -> Release:
    book = stored(day, SheetKind.LISTS_EXCEL)
    by = staff(day.town_staff.user, proved_at=LATER)
    return ask_release(book, reason="核对退款", by=by, now=LATER)


def let_go(day: Day) -> Release:
    colleague = staff(make.make_town_staff(day.town), proved_at=LATER)
    return confirm_release(asked(day), by=colleague, now=LATER)


def taken() -> int:
    return LogEntry.objects.filter(verb="fetch_sheet").count()


def test_a_file_that_is_not_there_costs_no_new_request(day: Day, caplog):
    release = let_go(day)
    path = Path(release.sheet.file.path)
    content = path.read_bytes()
    path.unlink()
    client = Client()
    client.force_login(day.town_staff.user)
    client.cookies["lang"] = "en"
    take = reverse("release-take", args=[release.pk])
    page = reverse("sheet-release", args=[release.sheet_id])

    answer = client.post(take)

    assert answer.url == page
    assert "still counts as not taken" in client.get(page).text
    release.refresh_from_db()
    assert release.taken_at is None
    assert taken() == 0
    assert day.pickup_list.printed_at is None
    assert "cannot be opened" in caplog.text
    path.write_bytes(content)
    assert content_of(client.post(take)) == content
    assert taken() == 1


def test_pressed_in_two_windows_at_once_it_leaves_once(day: Day):
    release = let_go(day)
    by = staff(day.town_staff.user, proved_at=LATER)

    def take(_n: int) -> Sheet:
        sheet = take_release(release, by=by, now=LATER + timedelta(minutes=1))
        sheet.file.close()
        return sheet

    outcome = together(4, take)

    assert outcome.faults == []
    assert len(outcome.results) == 1
    assert outcome.refused == {"over": 3}
    assert taken() == 1


def test_who_makes_accounts_says_yes_to_nothing(day: Day):
    release = asked(day)
    root = make.make_town_staff(day.town, is_superuser=True)

    with pytest.raises(NotAllowed):
        confirm_release(release, by=staff(root, proved_at=LATER), now=LATER)

    release.refresh_from_db()
    assert release.confirmed_at is None
