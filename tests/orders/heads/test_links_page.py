"""The committee gives heads their links, draws them, takes them back, and adds buildings."""

import pytest

from groupbuy.community.models import Building, HeadLink
from groupbuy.community.queries.head_links import head_link_path, head_link_url
from tests import factories as make


@pytest.fixture
def desk(street):
    return street.signed_in(street.committee)


def test_make_show_and_revoke(street, desk) -> None:
    there = f"/desk/committee/{street.compound.pk}/heads/"
    made = f"/desk/committee/buildings/{street.building.pk}/link/"
    desk.post(made, {"name": "李叔"})
    link = HeadLink.objects.get(name="李叔")

    page = desk.get(there).content.decode()
    assert head_link_url(link) in page
    assert "王阿姨" in page

    drawn = desk.get(f"{there}?code={link.pk}").content.decode()
    assert "data:image/svg+xml" in drawn

    desk.post(f"/desk/committee/head-links/{link.pk}/revoke/")
    assert head_link_url(link) not in desk.get(there).content.decode()
    assert desk.get(head_link_path(link)).status_code == 404


def test_a_second_link_of_the_same_name_is_refused_in_words(street, desk) -> None:
    made = f"/desk/committee/buildings/{street.building.pk}/link/"
    answer = desk.post(made, {"name": "王阿姨"}, follow=True)
    assert "There is a link of this name already" in answer.content.decode()


def test_a_building_is_added_where_there_is_no_roster(street, desk) -> None:
    bare = make.make_compound(street.compound.committee, "无名册小区")
    desk.post(f"/desk/committee/{bare.pk}/buildings/", {"name": "７号楼"})
    desk.post(f"/desk/committee/{bare.pk}/buildings/", {"name": "7"})

    building = Building.objects.get(compound=bare)
    assert (building.name, building.gate.is_default) == ("7", True)
    assert (
        "Building 7" in desk.get(f"/desk/committee/{bare.pk}/heads/").content.decode()
    )

    answer = desk.post(
        f"/desk/committee/{street.compound.pk}/buildings/", {"name": "9"}, follow=True
    )
    assert "come from its roster" in answer.content.decode()
    assert not street.compound.buildings.filter(name="9").exists()


@pytest.mark.parametrize("links", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    street, desk, links, django_assert_num_queries
) -> None:
    for building in list(street.compound.buildings.all())[: links - 1]:
        make.make_head_link(building, "李叔")
    with django_assert_num_queries(7):
        desk.get(f"/desk/committee/{street.compound.pk}/heads/")
