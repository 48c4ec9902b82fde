"""Lists of homes leave staff's pages only by the hand of who has just shown who they are."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.fetch_sheet import fetch_sheet
from delivery.actions.print_sheet import print_all
from delivery.queries.links import link_path
from delivery.states import SheetKind
from groupbuy.community.models import LogEntry, Membership, staff
from groupbuy.community.rules import PROOF_HOLDS
from groupbuy.shared.errors import Refused
from tests.delivery.days import LATER, Day, built_day
from tests.delivery.paper import content_of, stored

pytestmark = pytest.mark.django_db
PASSWORD = "feng-wei-1901"
LATE = PROOF_HOLDS + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def evening(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def day() -> Day:
    return built_day()


def signed_in(actor) -> Client:
    actor.user.set_password(PASSWORD)
    actor.user.save()
    client = Client()
    client.force_login(actor.user)
    client.cookies["lang"] = "en"
    return client


def taken() -> int:
    return LogEntry.objects.filter(verb="fetch_sheet").count()


def asked(there: str, **back: str) -> str:
    return reverse("prove-again", query={"next": there} | back)


def test_an_old_sign_in_is_asked_again_and_led_to_the_sheet(day: Day, evening):
    print_all(day.batch, by=day.town_staff, now=LATER)
    address = reverse("sheet", args=[stored(day, SheetKind.DOORS).pk])
    client = signed_in(day.committee_staff)
    evening.shift(LATE)

    answer = client.get(address)
    page = reverse("batch-compound", args=[day.batch.pk, day.compound.pk])
    assert answer.url == asked(address, back=page)
    assert f'href="{page}"' in client.get(answer.url).text, (
        "a way back that asks nothing"
    )
    assert taken() == 0

    back = client.post(answer.url, {"password": PASSWORD})
    assert back.url == address
    assert content_of(client.get(back.url)).startswith(b"%PDF")
    assert taken() == 1


def test_an_old_sign_in_marks_nothing_as_printed(day: Day, evening):
    stored(day, SheetKind.DOORS)
    stored(day, SheetKind.ALL_PDF)
    client = signed_in(day.town_staff)
    evening.shift(LATE)
    page = reverse("batch-compound", args=[day.batch.pk, day.compound.pk])

    one = client.post(f"{page}print/", {"kind": "doors"})
    whole = client.post(reverse("print-all", args=[day.batch.pk]), {"kind": "all_pdf"})

    assert one.url == asked(page)
    assert whole.url == asked(reverse("batch", args=[day.batch.pk]))
    assert "Afterwards please press the button" in client.get(one.url).text
    assert day.pickup_list.printed_at is None


@pytest.mark.parametrize("proved", [None, LATER - LATE, LATER + LATE])
def test_the_verb_itself_refuses_who_has_not_shown_it(day: Day, proved):
    """Whatever door is built in front of it."""
    sheet = stored(day, SheetKind.DOORS)
    by = staff(day.committee_staff.user, proved_at=proved)

    with pytest.raises(Refused) as refusal:
        fetch_sheet(sheet, by=by, now=LATER)

    assert refusal.value.code == "proof"
    assert taken() == 0


def test_volunteers_are_not_asked_their_link_is_their_proof(day: Day, evening):
    stored(day, SheetKind.DOORS)
    page = link_path(day.batch.links.get(kind="volunteer"))
    evening.shift(LATE)
    client = Client()

    client.post(f"{page}print/", {"kind": "doors"})

    assert content_of(client.get(f"{page}sheets/doors/")).startswith(b"%PDF")


def test_the_right_is_looked_at_anew_when_the_file_is_fetched(day: Day):
    """The address of a sheet opens nothing by itself, a minute after the role ended."""
    print_all(day.batch, by=day.town_staff, now=LATER)
    address = reverse("sheet", args=[stored(day, SheetKind.DOORS).pk])
    client = signed_in(day.committee_staff)
    content_of(client.get(address))

    Membership.objects.filter(user=day.committee_staff.user).update(is_active=False)

    assert client.get(address).status_code == 404
    assert taken() == 1


def test_a_link_that_was_taken_back_fetches_nothing_more(day: Day):
    stored(day, SheetKind.DOORS)
    link = day.batch.links.get(kind="volunteer")
    page, client = link_path(link), Client()
    client.post(f"{page}print/", {"kind": "doors"})
    link.revoked_at = LATER
    link.save()

    assert client.get(f"{page}sheets/doors/").status_code == 404
    assert taken() == 0
