"""A volunteer's phone: the whole compound, one building, one tap, one number at a time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from delivery.actions.access import revoke_link
from delivery.actions.after_close import add_after_close, void_after_close
from delivery.actions.build_lists import build_lists
from delivery.actions.print_sheet import print_sheet
from delivery.actions.render import render_batch
from delivery.models import Arrival, Handover
from delivery.queries.links import token_of
from groupbuy.community.models import LogEntry
from orders.models import Wish
from tests import factories as make
from tests.delivery.days import LATER, NEXT_DAY, Day, built_day, closed_day
from tests.delivery.paper import content_of

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(NEXT_DAY, tick=False):
        yield


def token(day: Day) -> str:
    return token_of(day.batch.links.get(kind="volunteer", revoked_at__isnull=True))


def test_the_page_shows_gates_packages_and_buildings_and_no_phone():
    day = built_day()
    make.Order.objects.update(phone=PHONE)

    page = Client().get(reverse("volunteer", args=[token(day)]))

    text = page.content.decode()
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "北门" in text
    assert "正门" in text
    assert PHONE not in text
    assert "csrftoken" in page.cookies
    assert "sessionid" not in page.cookies


def test_a_wrong_a_revoked_and_an_expired_token_are_the_same_404():
    day = built_day()
    good = token(day)
    revoke_link(day.batch.links.get(kind="volunteer"), by=day.town_staff, now=NEXT_DAY)

    wrong = Client().get(reverse("volunteer", args=["a" * 32]))
    revoked = Client().get(reverse("volunteer", args=[good]))
    fresh = token(day)
    with time_machine.travel(NEXT_DAY + timedelta(days=2), tick=False):
        expired = Client().get(reverse("volunteer", args=[fresh]))

    assert [wrong.status_code, revoked.status_code, expired.status_code] == [404] * 3
    said = [
        page.content.replace(key.encode(), b"")
        for page, key in ((wrong, "a" * 32), (revoked, good), (expired, fresh))
    ]
    assert said[0] == said[1] == said[2]


def test_one_tap_says_arrived_and_a_gate_of_elsewhere_is_not_found():
    day, other = built_day(), built_day()
    mine = day.compound.gates.get(name="北门")
    theirs = other.compound.gates.get(name="北门")

    Client().post(reverse("volunteer-arrived", args=[token(day), mine.pk]))
    answer = Client().post(reverse("volunteer-arrived", args=[token(day), theirs.pk]))

    assert Arrival.objects.get().gate == mine
    assert answer.status_code == 404


def test_a_building_is_listed_door_by_door_in_walking_order():
    day = closed_day()
    for room in ("1701", "301"):
        make.make_order(day.batch, day.compound, f"12-{room}")
    build_lists(day.batch, now=LATER)

    page = Client().get(reverse("volunteer-building", args=[token(day)]) + "?b=12")

    assert [h.home.room for h in page.context["homes"]] == ["201", "301", "1701"]


def test_one_number_at_a_time_by_post_and_logged():
    day = built_day()
    second = make.make_order(day.batch, day.compound, "3-601", phone="13900000002")
    day.order.phone = PHONE
    day.order.save()
    page = reverse("volunteer-phone", args=[token(day), day.order.pk])

    by_get = Client().get(page)
    by_post = Client().post(page)

    assert by_get.status_code == 405
    assert PHONE in by_post.content.decode()
    assert second.phone not in by_post.content.decode()
    assert LogEntry.objects.filter(verb="reveal_phone").count() == 1


def test_a_number_typed_into_a_name_or_note_is_not_on_the_page():
    day = closed_day()
    make.Order.objects.update(note=f"打{PHONE}", name=PHONE)
    build_lists(day.batch, now=LATER)

    query = {"b": make.Order.objects.first().building}
    page = Client().get(reverse("volunteer-building", args=[token(day)]), query)
    assert page.status_code == 200
    assert PHONE not in page.content.decode()


def test_a_number_of_another_compound_or_of_a_void_order_is_not_found():
    day, other = built_day(), built_day()
    gone = void_after_close(day.other, reason="冒名", by=day.town_staff, now=LATER)

    for order in (other.order, gone):
        page = reverse("volunteer-phone", args=[token(day), order.pk])
        assert Client().post(page).status_code == 404
    assert not LogEntry.objects.filter(verb="reveal_phone").exists()


def test_a_building_done_then_thanks():
    day = built_day()

    Client().post(reverse("volunteer-done", args=[token(day)]), {"b": "3"})
    page = Client().get(reverse("volunteer-building", args=[token(day)]) + "?b=3")

    assert Handover.objects.get().order == day.order
    assert page.context["is_done"]


def test_what_changed_after_printing_stands_on_top_and_the_home_is_struck():
    day = built_day()
    print_sheet(day.pickup_list, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="冒名下单", by=day.town_staff, now=LATER)

    page = Client().get(reverse("volunteer-building", args=[token(day)]) + "?b=12")

    assert [d.number for d in page.context["differences"]] == [1]
    assert "A −1" in page.content.decode()
    assert [here.is_off for here in page.context["homes"]] == [True]
    assert page.context["pieces"] == 0


def test_each_building_has_its_print_button_on_the_page_itself():
    day = built_day()

    page = Client().get(reverse("volunteer", args=[token(day)])).content.decode()
    buttons = re.findall(r'<input type="hidden" name="b" value="(\w+)"', page)
    target = reverse("volunteer-print", args=[token(day)])
    opened = Client().post(target, {"b": buttons[1]})

    assert sorted(buttons) == ["12", "3"]
    assert page.count(f'action="{target}"') == 2
    assert day.pickup_list.printed_at == NEXT_DAY
    assert Client().get(opened.url).context["print_now"]


def test_a_building_to_which_nothing_comes_marks_nothing():
    day = built_day()

    answer = Client().post(reverse("volunteer-print", args=[token(day)]), {"b": "99"})

    assert answer.status_code == 404
    assert day.pickup_list.printed_at is None


def test_volunteers_see_what_changed_and_never_why():
    """Staff write it for themselves, and it may say who is ill."""
    day = built_day()
    print_sheet(day.pickup_list, by=day.town_staff, now=LATER)
    void_after_close(day.other, reason="住院去了", by=day.town_staff, now=LATER)
    add_after_close(
        day.batch,
        wish=Wish(day.compound.pk, "12", "202", {day.batch.stock.first().pk: 1}),
        reason="老人刚出院",
        by=day.town_staff,
        now=LATER,
    )

    pages = [reverse("volunteer", args=[token(day)])]
    pages.append(reverse("volunteer-building", args=[token(day)]) + "?b=12")
    told = "".join(Client().get(page).content.decode() for page in pages)

    assert "A −1" in told
    assert "A +1" in told
    assert "出院" not in told
    assert "住院" not in told


def test_paper_opens_only_after_the_tap_that_marks_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    day = built_day()
    render_batch(day.batch, now=LATER)
    sheet = reverse("volunteer-sheet", args=[token(day), "doors"])

    before = Client().get(sheet)
    tapped = Client().post(
        reverse("volunteer-print", args=[token(day)]), {"kind": "doors"}
    )
    after = Client().get(tapped.url)

    assert before.url == reverse("volunteer", args=[token(day)])
    assert day.pickup_list.printed_at == NEXT_DAY
    assert content_of(after).startswith(b"%PDF")


@pytest.mark.parametrize("homes", [1, 3])
def test_both_pages_ask_the_same_for_one_and_three_homes(
    homes, django_assert_num_queries
):
    day = built_day()
    for n in range(homes):
        make.make_order(day.batch, day.compound, f"3-{n}01")
    Client().get(reverse("volunteer", args=[token(day)]))

    with django_assert_num_queries(11):
        Client().get(reverse("volunteer", args=[token(day)]))
    with django_assert_num_queries(10):
        Client().get(reverse("volunteer-building", args=[token(day)]) + "?b=3")
