"""A list of homes on a screen leaves a line: one for a person, a page, a day and an hour."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from delivery.actions.after_close import void_after_close
from delivery.actions.print_sheet import print_all
from delivery.queries.links import link_path
from delivery.states import SheetKind
from groupbuy.community.models import Opening
from groupbuy.community.queries.head_links import head_link_path
from orders.actions.open_list import open_list
from orders.queries.desk.openings import PAGES, openings
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day
from tests.delivery.paper import stored
from tests.house.doors import doors
from tests.house.source import ROOT

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def evening(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def day() -> Day:
    return built_day()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["lang"] = "en"
    return client


def committee_page(day: Day) -> str:
    return reverse("committee-compound", args=[day.compound.pk])


def noted() -> list[Opening]:
    return list(Opening.objects.order_by("pk"))


def test_a_compound_s_orders_on_the_screen_are_a_line(day: Day):
    client_of(day.committee_staff.user).get(committee_page(day))

    [one] = noted()
    assert (one.user, one.actor, one.link) == (day.committee_staff.user, "staff", None)
    assert (one.page, one.batch_id, one.compound) == (
        "committee-compound",
        day.batch.pk,
        day.compound,
    )
    assert (one.homes, one.at, str(one.until)) == (2, LATER, "2022-05-12")
    assert one.town == day.town


def test_looking_again_within_the_hour_is_one_line(day: Day, evening):
    client, page = client_of(day.committee_staff.user), committee_page(day)

    for _ in range(3):
        client.get(page)
        evening.shift(timedelta(minutes=15))
    assert len(noted()) == 1
    evening.shift(HOUR / 4)  # 20:00
    client.get(page)
    assert len(noted()) == 2


def test_each_person_page_and_day_is_a_line_of_its_own(day: Day):
    later = make.make_batch(day.batch.group_buy, delivery_on=make.DAY + 4 * HOUR * 24)
    make.make_order(later, day.compound, "3-502")
    mine = client_of(day.committee_staff.user)

    mine.get(committee_page(day))
    mine.get(committee_page(day) + f"?day={day.batch.pk}")
    client_of(day.town_staff.user).get(committee_page(day) + f"?day={later.pk}")
    mine.get(reverse("find-order") + "?q=品质苑")

    found = {(one.user_id, one.page, one.batch_id, one.homes) for one in noted()}
    one, other = day.committee_staff.user.pk, day.town_staff.user.pk
    assert found == {
        (one, "committee-compound", later.pk, 1),
        (one, "committee-compound", day.batch.pk, 2),
        (other, "committee-compound", later.pk, 1),
        (one, "find-order", later.pk, 1),
        (one, "find-order", day.batch.pk, 2),
    }


def test_a_volunteer_is_known_by_the_link(day: Day):
    page = link_path(day.batch.links.get(kind="volunteer"))
    client = Client()

    client.get(page)
    assert noted() == [], "sums only"
    client.get(f"{page}building/?b=12")
    client.get(f"{page}building/?b=3")
    client.post(f"{page}home/{day.order.pk}/phone/")

    assert [(one.page, one.actor, one.link, one.homes) for one in noted()] == [
        ("volunteer-building", "volunteer", day.volunteer.link_id, 1)
    ] * 2


@pytest.mark.parametrize("name", ["orders", "grid", "paste", "pasted"])
def test_a_head_is_known_by_the_link(day: Day, name: str, evening):
    evening.move_to(make.NOON)
    building = day.compound.buildings.get(name="3")
    link = make.make_head_link(building, "王阿姨")
    day.batch.orders.filter(building="3").update(channel="head")
    sent = {"do": "paste", "text": "3-502 A2 B1"}
    Client().post(reverse("head-paste", args=[token(link), day.batch.pk]), sent)

    Client().get(reverse(f"head-{name}", args=[token(link), day.batch.pk]))

    [one] = noted()
    assert (one.page, one.actor, one.link) == (name, "head", link.pk)
    assert (one.homes, one.compound) == (1, day.compound)
    assert openings(day.batch)[0].who.endswith("王阿姨")


def token(link) -> str:
    return head_link_path(link).strip("/").rpartition("/")[2]


def test_a_page_without_homes_is_no_line(day: Day):
    client = client_of(day.town_staff.user)

    for page in (
        reverse("batches"),
        reverse("batch", args=[day.batch.pk]),
        reverse("batch-compound", args=[day.batch.pk, day.compound.pk]),
        reverse("find-order") + "?q=",
        reverse("handed-in", args=[day.batch.pk]),
    ):
        assert client.get(page).status_code == 200

    assert noted() == []


def test_changes_after_printing_name_homes(day: Day):
    print_all(day.batch, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="重复", by=day.town_staff, now=LATER)
    client = client_of(day.town_staff.user)

    client.get(reverse("batch", args=[day.batch.pk]))
    client.get(reverse("batch-compound", args=[day.batch.pk, day.compound.pk]))
    Client().get(link_path(day.batch.links.get(kind="volunteer")))

    pages = [(one.page, one.homes) for one in noted()]
    assert pages == [("batch", 1), ("batch-compound", 1), ("volunteer", 1)]


def test_the_call_list_is_a_list_of_homes(day: Day):
    day.compound.buildings.get(name="12").households.update(on_call_list=True)
    address = reverse("call-list", args=[day.batch.pk, day.committee.pk])

    client_of(day.committee_staff.user).get(address)

    [one] = noted()
    assert (one.page, one.homes) == ("call-list", 1)


def test_residents_pages_and_strangers_write_nothing(day: Day):
    token_ = day.batch.group_buy.token
    for page in (f"/g/{token_}/", f"/g/{token_}/c/{day.compound.pk}/", "/mine/"):
        Client().get(page)
    client_of(make.make_town_staff(make.make_town())).get(committee_page(day))

    assert noted() == []


def test_residents_pages_know_no_way_to_write_one():
    doors_of_residents = ("link", "ordering", "mine", "changing", "want", "pages")
    for name in doors_of_residents:
        text = Path(ROOT / "orders" / "views" / f"{name}.py").read_text()
        assert "open_list" not in text


def test_it_costs_one_statement(day: Day, django_assert_num_queries):
    batch = type(day.batch).objects.select_related("group_buy").get(pk=day.batch.pk)
    for _ in range(2):
        with django_assert_num_queries(1):
            open_list("batch", batch, homes=3, by=day.town_staff, now=LATER)
    assert len(noted()) == 1


def test_the_town_sees_who_had_lists_on_the_screen_a_committee_does_not(day: Day):
    client_of(day.committee_staff.user).get(committee_page(day))
    batch = reverse("batch", args=[day.batch.pk])
    words = "Who had lists of homes on the screen"

    town = client_of(day.town_staff.user).get(batch).text
    own = client_of(day.committee_staff.user).get(batch).text

    assert words in town
    assert day.committee_staff.user.username in town
    assert "a compound&#x27;s orders" in town
    assert words not in own


def test_after_a_leak_the_command_tells_who_had_the_homes_on_the_screen(
    day: Day, capsys, evening
):
    beside = make.make_compound(day.committee, "银杏里")
    make.ServedPlace.objects.create(group_buy=day.batch.group_buy, compound=beside)
    make.make_order(day.batch, beside, "1-101")
    other = client_of(day.town_staff.user)
    other.get(reverse("committee-compound", args=[beside.pk]))
    client, page = client_of(day.committee_staff.user), committee_page(day)
    client.get(page)
    evening.shift(HOUR)
    client.get(page)
    sheet = stored(day, SheetKind.DOORS)

    call_command("who_was_on", str(sheet.pk), reason="群里看到")

    told = capsys.readouterr().out
    assert f"19:00:00–20:00:00 · {day.committee_staff.user.username}" in told
    assert day.town_staff.user.username not in told, "only the compound beside"
    assert [one.hours for one in openings(day.batch, compound_id=day.compound.pk)] == [
        2
    ]


def test_what_was_noted_is_never_changed(day: Day):
    client_of(day.committee_staff.user).get(committee_page(day))

    with pytest.raises(Error), transaction.atomic():
        Opening.objects.update(homes=0)
    if connection.vendor == "postgresql":
        with pytest.raises(Error), transaction.atomic():
            Opening.objects.all().delete()


def test_every_page_that_is_noted_has_its_words():
    names = {str(door.name) for door in doors()}

    for page in PAGES:
        assert {page, f"head-{page}"} & names
