"""The town's places on the page, and bringing them in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groupbuy.community.models import Compound
from groupbuy.community.reading.places import SAMPLES
from tests.factories import make_committee, make_compound, make_town, make_town_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def desk(client, town):
    client.force_login(make_town_staff(town))
    return client


def upload(client, town, text, kind="compounds"):
    file = SimpleUploadedFile("places.csv", text.encode())
    data = {"town": town.pk, "kind": kind, "file": file}
    return client.post(reverse("places-import"), data)


def test_the_overview_counts_homes_and_shows_no_other_town(desk, town):
    make_compound(town=town, name="品质苑", buildings={"3": ["501", "502"], "4": ["1"]})
    make_compound(make_committee(make_town(), "别处居委会"))

    shown = desk.get(reverse("places"))

    assert shown.context["totals"] == {"compound": 1, "building": 2, "home": 3}
    assert "别处居委会" not in shown.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_asks_as_often_for_one_as_for_three(
    desk, town, count, django_assert_num_queries
):
    for _ in range(count):
        make_compound(town=town, buildings={"3": ["501"]})

    with django_assert_num_queries(4):
        desk.get(reverse("places"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_committee_asks_as_often_for_one_compound_as_for_three(
    desk, town, count, django_assert_num_queries
):
    committee = make_committee(town)
    for _ in range(count):
        make_compound(committee, buildings={"3": ["501"], "4": ["1"]})

    with django_assert_num_queries(7):
        desk.get(reverse("places-committee", args=[committee.pk]))


def test_another_town_s_committee_is_not_here(desk):
    committee = make_committee(make_town())

    answer = desk.get(reverse("places-committee", args=[committee.pk]))

    assert answer.status_code == 404


def test_a_file_is_brought_in_and_the_page_says_what_it_did(desk, town):
    answer = upload(desk, town, SAMPLES["compounds"])

    assert answer.url == reverse("places")
    assert Compound.objects.count() == 2


def test_wrong_rows_stand_on_the_page_with_number_and_reason(desk, town):
    answer = upload(desk, town, "居委会,小区\n没有居委会,品质苑\n")

    assert answer.status_code == 422
    assert [number for number, _reason in answer.context["bad"]] == [2]
    assert 'id="bad-rows"' in answer.text


def test_all_wrong_rows_are_shown_however_many(desk, town):
    answer = upload(desk, town, "居委会,小区\n" + "没有居委会,品质苑\n" * 300)

    shown = answer.text.split('id="bad-rows"')[1].split("</table>")[0]
    assert shown.count("<tr>") == 301
    assert ">301</td>" in shown


def test_a_foreign_town_cannot_be_chosen(desk):
    other = make_town()

    answer = upload(desk, other, SAMPLES["compounds"])

    assert answer.status_code == 422
    assert "town" in answer.context["form"].errors
    assert not Compound.objects.exists()


def test_samples_open_in_a_spreadsheet(desk):
    answer = desk.get(reverse("places-sample", args=["roster"]))

    assert answer.content.decode("utf-8-sig") == SAMPLES["roster"]
    assert desk.get(reverse("places-sample", args=["x"])).status_code == 404
