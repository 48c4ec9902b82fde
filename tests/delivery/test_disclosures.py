"""Every list of homes that leaves is one line in the log; a leak can be traced back to homes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from delivery.actions.after_close import void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_all, print_sheet
from delivery.models import Sheet
from delivery.queries.links import link_path
from delivery.states import SheetKind
from groupbuy.community.models import LogEntry
from orders.actions.erase import erase_due
from tests import factories as make
from tests.api.conftest import make_key
from tests.delivery.days import LATER, Day, built_day, closed_day
from tests.delivery.paper import content_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


def stored(day: Day, kind: SheetKind, version: int = 1) -> Sheet:
    whole = kind in {SheetKind.ALL_PDF, SheetKind.LISTS_EXCEL}
    return Sheet.objects.create(
        batch=day.batch,
        kind=kind,
        compound=None if whole or kind == SheetKind.SUPPLY else day.compound,
        version=version,
        file=ContentFile(b"%PDF", name=f"{kind}.pdf"),
        digest="0" * 64,
        made_at=LATER,
    )


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def fetch(client: Client, sheet: Sheet):
    answer = client.get(reverse("sheet", args=[sheet.pk]))
    if answer.streaming:
        content_of(answer)
    return answer


def disclosures() -> list[LogEntry]:
    return list(LogEntry.objects.filter(data__homes__isnull=False).order_by("pk"))


def test_a_list_taken_by_staff_says_who_how_many_homes_and_until_when():
    day = built_day()
    sheet = stored(day, SheetKind.DOORS)
    client = signed_in(day.committee_staff)
    fetch(client, sheet)
    assert disclosures() == [], "the page with the button came, no list"
    print_sheet(day.pickup_list, by=day.committee_staff, now=LATER)

    fetch(client, sheet)

    [taken] = disclosures()
    assert (taken.verb, taken.user, taken.at) == (
        "fetch_sheet",
        day.committee_staff.user,
        LATER,
    )
    assert taken.data == {
        "homes": 2,
        "until": "2022-05-12",
        "sheet": sheet.pk,
        "kind": "doors",
    }


def test_a_list_taken_by_a_volunteer_says_by_which_link():
    day = built_day()
    stored(day, SheetKind.DOORS)
    page = link_path(day.batch.links.get(kind="volunteer"))
    client = Client()
    client.post(f"{page}print/", {"kind": "doors"})
    content_of(client.get(f"{page}sheets/doors/"))
    client.post(f"{page}print/", {"b": "12"})

    whole, building = disclosures()
    assert (whole.actor, whole.data["homes"]) == ("volunteer", 2)
    assert whole.data["link"] == building.data["link"] == day.volunteer.link_id
    assert (building.data["homes"], building.data["compound"]) == (1, day.compound.pk)


def test_a_machines_reading_says_by_which_key(client):
    day = built_day()
    key = make_key(day.town, "pickup_lists")
    address = reverse("api-pickup-list", args=[day.pickup_list.pk])

    answer = client.get(address, headers={"Authorization": key})

    assert answer.status_code == 200
    [read] = disclosures()
    assert (read.verb, read.actor, read.user) == ("read_list", "key", None)
    assert read.data["key"] == day.town.access_keys.get().pk
    assert read.data["homes"] == 2


def test_a_suppliers_order_tells_of_nobody():
    day = built_day()
    fetch(signed_in(day.town_staff), stored(day, SheetKind.SUPPLY))

    assert disclosures() == []


def test_the_batch_page_shows_the_town_who_took_lists():
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    fetch(signed_in(day.committee_staff), stored(day, SheetKind.DOORS))
    address = reverse("batch", args=[day.batch.pk]) + "?lang=en"

    told = signed_in(day.town_staff).get(address).text
    hidden = signed_in(day.committee_staff).get(address).text

    assert "took out a list of homes" in told
    assert "2 homes" in told
    assert "took out a list of homes" not in hidden


@pytest.fixture
def big() -> Day:
    """201 homes."""
    day = closed_day()
    for room in range(199):
        make.make_order(day.batch, day.compound, f"12-{1000 + room}")
    build_lists(day.batch, now=LATER)
    return day


def test_a_big_day_leaves_with_a_reason_only(big: Day, evening):
    pack = stored(big, SheetKind.ALL_PDF)
    client = signed_in(big.town_staff)
    ask: Callable = lambda **more: client.post(  # noqa: E731 - said three times
        reverse("print-all", args=[big.batch.pk]), {"kind": "all_pdf", **more}
    )

    asked, empty, long = ask(), ask(reason=" "), ask(reason="贴" * 201)
    assert (asked.status_code, empty.status_code, long.status_code) == (200, 409, 409)
    assert "贴" * 201 in long.text, "nothing typed is lost"
    assert big.pickup_list.printed_at is None
    assert ask(reason="楼组长要贴单元门").url == reverse("sheet", args=[pack.pk])
    assert fetch(client, pack).status_code == 200
    assert LogEntry.objects.get(verb="print_all").reason == "楼组长要贴单元门"
    assert disclosures()[-1].data["homes"] == 201


def test_the_reason_is_of_one_person_and_for_ten_minutes(big: Day, evening):
    pack = stored(big, SheetKind.ALL_PDF)
    print_all(big.batch, by=big.town_staff, now=LATER, reason="抽查")
    colleague = make.make_town_staff(big.town)
    other = Client()
    other.force_login(colleague)

    assert fetch(other, pack).status_code == 302
    evening.shift(timedelta(minutes=11))
    assert fetch(signed_in(big.town_staff), pack).status_code == 302
    assert disclosures() == []


def test_one_compounds_list_is_daily_work_however_long(big: Day):
    print_sheet(big.pickup_list, by=big.committee_staff, now=LATER)

    answer = fetch(signed_in(big.committee_staff), stored(big, SheetKind.DOORS))

    assert answer.status_code == 200
    assert disclosures()[-1].data["homes"] == 201


def who(sheet: object, capsys, **more) -> str:
    call_command("who_was_on", str(sheet), reason="群里看到", **more)
    return capsys.readouterr().out


def test_who_was_on_a_leaked_sheet(capsys):
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    sheet = stored(day, SheetKind.DOORS)
    fetch(signed_in(day.committee_staff), sheet)
    day.other.phone = ""
    day.other.save()

    told = who(sheet.pk, capsys)

    assert "品质苑\t3-502\t13800138000\n" in told
    assert "品质苑\t12-201\n" in told
    assert "2 orders, 1 with a phone" in told
    assert day.committee_staff.user.username in told, "who took it"
    asked = LogEntry.objects.get(verb="who_was_on")
    assert (asked.reason, asked.data["homes"]) == ("群里看到", 2)
    assert asked.data["asked_by"]
    assert "13800138000" not in str(asked.data)
    assert who("品质苑/2022-04-12", capsys).startswith("# 品质苑")


def test_a_sheet_is_of_its_own_version():
    """The second list does not tell of the home that was taken off before it."""
    day = built_day()
    first = stored(day, SheetKind.DOORS)
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)
    second = stored(day, SheetKind.DOORS, version=2)
    packs = [stored(day, SheetKind.ALL_PDF, version=n) for n in (1, 2)]
    print_all(day.batch, by=day.town_staff, now=LATER)
    client = signed_in(day.town_staff)
    for sheet in (first, second, *packs):
        fetch(client, sheet)

    homes = {d.data["sheet"]: d.data["homes"] for d in disclosures()}

    assert homes[second.pk] == homes[packs[1].pk] == 1
    assert first.pk not in homes, "what was replaced never leaves"


def test_a_difference_sheet_names_the_homes_of_its_numbers(capsys):
    day = built_day()
    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)

    told = who(stored(day, SheetKind.DIFFERENCE).pk, capsys)

    assert "12-201" in told
    assert "3-502" not in told


def test_a_month_later_nobody_is_known_any_more(capsys):
    day = built_day()
    sheet = stored(day, SheetKind.DOORS)
    erase_due(now=LATER + timedelta(days=40))

    told = who(sheet.pk, capsys)

    assert "13800138000" not in told
    assert "502" not in told


@pytest.mark.parametrize("asked", ["77", "品质苑/2022-01-01", "品质苑", "品质苑/x"])
def test_a_sheet_that_is_not_there_is_said(asked: str, capsys):
    built_day()
    with pytest.raises(CommandError):
        who(asked, capsys)
    assert not LogEntry.objects.filter(verb="who_was_on").exists()


def test_without_a_reason_nothing_is_told(capsys):
    sheet = stored(built_day(), SheetKind.DOORS)
    with pytest.raises(CommandError):
        call_command("who_was_on", str(sheet.pk), reason=" ")
    assert capsys.readouterr().out == ""
