"""What is many, and what is paper: the day's sheets wait for nobody's second hand."""

from datetime import timedelta

import pytest
from django.urls import reverse

from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_all
from delivery.actions.release import ask_release, confirm_release, take_release
from delivery.models import Release
from delivery.queries.links import end_of_links
from delivery.queries.scope import needs_reason, needs_second
from delivery.states import SheetKind
from groupbuy.community.models import Membership, staff
from groupbuy.shared.errors import NotAllowed
from tests import factories as make
from tests.delivery.days import LATER, Day, closed_day
from tests.delivery.paper import content_of, stored
from tests.delivery.release.stories import client_of, told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=2)


def test_the_day_s_paper_leaves_at_five_with_one_person_up(day: Day, evening):
    """ZIP and sheets, until their codes die: one person, with password and reason."""
    pack, doors = stored(day, SheetKind.ALL_PDF), stored(day, SheetKind.DOORS)
    evening.move_to(end_of_links(day.batch) - SOON)
    client = client_of(day.town_staff)
    print_page = reverse("print-all", args=[day.batch.pk])

    sent = client.post(print_page, {"kind": pack.kind, "reason": "五点装车"})

    assert content_of(client.get(sent.url)).startswith(b"%PDF")
    assert content_of(client.get(reverse("sheet", args=[doors.pk]))).startswith(b"%PDF")
    assert Release.objects.count() == 0
    assert [one.data["sheet"] for one in told("fetch_sheet")] == [doors.pk, pack.pk]


@pytest.mark.parametrize("kind", [SheetKind.ALL_PDF, SheetKind.DOORS])
def test_once_delivered_it_is_no_day_s_paper_any_more(day: Day, evening, kind):
    sheet = stored(day, kind)
    print_all(day.batch, by=day.town_staff, now=LATER, reason="贴单元门")
    evening.move_to(end_of_links(day.batch))
    client = client_of(day.town_staff)

    answer = client.get(reverse("sheet", args=[sheet.pk]))

    assert answer.url == reverse("sheet-release", args=[sheet.pk])
    assert told("fetch_sheet") == []


def test_a_committee_s_old_list_is_let_go_by_the_town(day: Day, evening):
    sheet = stored(day, SheetKind.DOORS)
    print_all(day.batch, by=day.town_staff, now=LATER, reason="贴单元门")
    evening.move_to(end_of_links(day.batch))
    mine, town = client_of(day.committee_staff), client_of(day.town_staff)

    mine.post(reverse("sheet-release", args=[sheet.pk]), {"reason": "有户没收到"})
    release = Release.objects.get()
    town.post(reverse("release-confirm", args=[release.pk]))

    taken = mine.post(reverse("release-take", args=[release.pk]))
    assert content_of(taken).startswith(b"%PDF")


def test_whoever_no_longer_looks_after_the_compound_takes_nothing(day: Day, evening):
    sheet = stored(day, SheetKind.DOORS)
    print_all(day.batch, by=day.town_staff, now=LATER, reason="贴单元门")
    now = end_of_links(day.batch)
    by, other = (
        staff(one.user, proved_at=now) for one in (day.committee_staff, day.town_staff)
    )
    release = ask_release(sheet, reason="有户没收到", by=by, now=now)
    confirm_release(release, by=other, now=now)
    Membership.objects.filter(user=day.committee_staff.user).update(is_active=False)

    with pytest.raises(NotAllowed):
        take_release(release, by=by, now=now)

    assert told("fetch_sheet") == []


def test_few_homes_leave_by_one_hand(day: Day, book, monkeypatch):
    monkeypatch.setattr("delivery.queries.scope.MANY_HOMES", 2)
    client = client_of(day.town_staff)

    sent = client.post(reverse("print-all", args=[day.batch.pk]), {"kind": book.kind})

    assert content_of(client.get(sent.url)).startswith(b"%PDF")


@pytest.mark.parametrize(("reached", "is_many"), [(1, False), (2, True)])
def test_a_whole_town_is_many_however_few_its_homes(monkeypatch, reached, is_many):
    monkeypatch.setattr("delivery.queries.scope.MANY_HOMES", 200)
    day = closed_day()
    second = make.make_compound(make.make_committee(day.town), "银杏里")
    make.make_committee(day.town)  # has no homes yet
    if reached == 2:
        make.make_order(day.batch, second, "1-101")
    build_lists(day.batch, now=LATER)

    assert needs_reason(day.batch) is is_many
    assert needs_second(stored(day, SheetKind.LISTS_EXCEL), LATER) is is_many
