"""A document of many homes leaves by two people's hands, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from delivery.actions.print_sheet import print_all
from delivery.actions.release import (
    ASKED_FOR,
    OPEN_FOR,
    ask_release,
    confirm_release,
    take_release,
)
from delivery.actions.shred import shred_due
from delivery.models import Release
from groupbuy.community.models import Actor, Membership, staff
from groupbuy.community.rules import PROOF_HOLDS
from groupbuy.shared.errors import NotAllowed, Refused
from tests import factories as make
from tests.delivery.days import LATER, Day
from tests.delivery.paper import content_of
from tests.delivery.release.stories import asked, client_of, let_go, sure, told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=2)


def test_a_town_of_two_asks_says_yes_and_takes_it_once(day: Day, book, colleague):
    one, other = client_of(day.town_staff), client_of(colleague)
    batch = reverse("batch", args=[day.batch.pk])
    page = reverse("sheet-release", args=[book.pk])

    pressed = one.post(reverse("print-all", args=[day.batch.pk]), {"kind": book.kind})
    assert pressed.url == page
    assert "李四" in one.get(page).text, "whom to tell"
    assert one.post(page, {"reason": "核对退款"}).url == page
    release = Release.objects.get()

    assert "核对退款" in other.get(batch).text
    assert "Waits for a yes" in other.get(batch).text
    seen = other.get(page).text
    assert "Yes, let it go" in seen
    assert "<summary>I need it, too" in seen, "one green button, not two"
    other.post(reverse("release-confirm", args=[release.pk]))
    assert "Waits for a yes" not in other.get(batch).text
    assert "<summary>" not in other.get(page).text.partition("<main")[2]

    take = reverse("release-take", args=[release.pk])
    assert take in one.get(page).text
    first, second = one.post(take), one.post(take)
    assert content_of(first).startswith(b"%PDF")
    assert second.url == page
    assert "took it, " in one.get(page).text
    assert "✓ Taken " in other.get(batch).text
    [taken] = told("fetch_sheet")
    assert taken.user == day.town_staff.user
    assert taken.data == {
        "homes": 2,
        "until": "2022-05-12",
        "sheet": book.pk,
        "kind": "lists_excel",
        "release": release.pk,
        "confirmed_by": colleague.user.pk,
    }
    [question], [yes] = told("ask_release"), told("confirm_release")
    assert (question.user, question.reason) == (day.town_staff.user, "核对退款")
    assert (yes.user, yes.data["release"]) == (colleague.user, release.pk)
    assert day.pickup_list.printed_at == LATER, "from then on only differences"
    history = other.get(batch).text
    for words in ("asked for a list of many", "said yes to a list", "took out a list"):
        assert words in history


def test_nobody_says_yes_to_themselves(day: Day, book):
    release = asked(day, book)

    with pytest.raises(NotAllowed):
        confirm_release(release, by=sure(day.town_staff), now=LATER)
    release.confirmed_by, release.confirmed_at = day.town_staff.user, LATER
    with pytest.raises(IntegrityError), transaction.atomic():
        release.save()
    assert "Yes, let it go" not in client_of(day.town_staff).get(
        reverse("sheet-release", args=[book.pk])
    ).text  # fmt: skip


def test_only_the_same_town_s_staff_say_yes(day: Day, book):
    release = asked(day, book)
    strangers = [
        make.make_town_staff(make.make_town()),
        day.committee_staff.user,
        make.make_user(),
    ]

    for user in strangers:
        with pytest.raises(NotAllowed):
            confirm_release(release, by=staff(user, proved_at=LATER), now=LATER)
    assert told("confirm_release") == []


def test_without_the_yes_it_is_not_taken_by_any_address(day: Day, book):
    print_all(day.batch, by=day.town_staff, now=LATER, reason="贴单元门")
    release = asked(day, book)
    client = client_of(day.town_staff)
    page = reverse("sheet-release", args=[book.pk])

    assert client.get(reverse("sheet", args=[book.pk])).url == page
    assert client.post(reverse("release-take", args=[release.pk])).url == page
    assert told("fetch_sheet") == []


def test_a_yes_is_for_whoever_asked(day: Day, book, colleague):
    release = let_go(day, book, colleague)

    with pytest.raises(NotAllowed):
        take_release(release, by=colleague, now=LATER)
    take = reverse("release-take", args=[release.pk])
    assert client_of(colleague).post(take).status_code == 404
    assert told("fetch_sheet") == []


@pytest.mark.parametrize(
    ("said", "taken", "fits"),
    [
        (ASKED_FOR - SOON, ASKED_FOR - SOON, True),
        (ASKED_FOR, None, False),
        (SOON, SOON + OPEN_FOR - SOON, True),
        (SOON, SOON + OPEN_FOR, False),
    ],
)
def test_a_question_and_a_yes_lapse(day: Day, book, colleague, said, taken, fits):
    def at(actor: Actor, after: timedelta) -> dict[str, object]:
        by = staff(actor.user, proved_at=LATER + after)
        return {"by": by, "now": LATER + after}

    def whole() -> None:
        release = confirm_release(asked(day, book), **at(colleague, said))
        take_release(release, **at(day.town_staff, taken)).file.close()

    if fits:
        whole()
    else:
        with pytest.raises(Refused) as refusal:
            whole()
        assert refusal.value.code == "over"
    assert len(told("fetch_sheet")) == fits


def test_all_three_show_who_they_are(day: Day, book, colleague):
    old = LATER - PROOF_HOLDS - SOON
    release = asked(day, book)
    stale = staff(colleague.user, proved_at=old)
    for verb, by in (
        (lambda by: ask_release(book, reason="x", by=by, now=LATER), day.town_staff),
        (lambda by: confirm_release(release, by=by, now=LATER), stale),
    ):
        with pytest.raises(Refused) as refusal:
            verb(by)
        assert refusal.value.code == "proof"

    release = confirm_release(release, by=colleague, now=LATER)
    with pytest.raises(Refused) as refusal:
        take_release(release, by=staff(day.town_staff.user, proved_at=old), now=LATER)
    assert refusal.value.code == "proof"


def test_the_right_is_looked_at_anew_when_it_is_taken(day: Day, book, colleague):
    release = let_go(day, book, colleague)
    client = client_of(day.town_staff)
    Membership.objects.filter(user=day.town_staff.user).update(is_active=False)

    take = reverse("release-take", args=[release.pk])
    assert client.post(take).status_code == 404
    with pytest.raises(NotAllowed):
        take_release(release, by=sure(day.town_staff), now=LATER)
    assert told("fetch_sheet") == []


def test_a_question_needs_its_reason_and_is_asked_once(day: Day, book, colleague):
    client = client_of(day.town_staff)
    page = reverse("sheet-release", args=[book.pk])

    assert client.post(page, {"reason": " "}).status_code == 409
    for _ in range(2):
        client.post(page, {"reason": "核对退款"})

    assert Release.objects.count() == len(told("ask_release")) == 1


def test_what_is_shredded_leaves_no_question_behind(day: Day, book):
    asked(day, book)

    shred_due(LATER + timedelta(days=40))

    assert not Release.objects.exists()
    assert len(told("ask_release")) == 1


def test_where_nobody_could_say_yes_nobody_asks_in_vain(day: Day, book):
    client = client_of(day.town_staff)
    page = reverse("sheet-release", args=[book.pk])

    shown = client.get(page).text
    answer = client.post(page, {"reason": "核对退款"})

    assert f"Besides you nobody in {day.town.name} can say yes." in shown
    assert 'name="reason"' not in shown
    assert answer.status_code == 409
    assert not Release.objects.exists()
