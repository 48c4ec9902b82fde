"""A compound's publishing pack: its link, code, words and notice, for who looks after it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from delivery.queries.publishing import check_code, facts_of
from delivery.views.publishing import notice_of
from groupbuy.community.models import User
from tests import factories as make

PAGES = [
    "publishing-pack",
    "publishing-code-png",
    "publishing-code-svg",
    "publishing-notice",
]


@pytest.fixture(autouse=True)
def noon(db: None) -> Iterator[None]:
    with time_machine.travel(make.NOON, tick=False):
        yield


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["lang"] = "en"
    return client


def story() -> Any:
    town = make.make_town()
    mine = make.make_compound(town=town, name="品质苑")
    other = make.make_compound(town=town, name="银杏里")
    batch = make.make_batch(make.make_group_buy(town, [mine, other]))
    return town, mine, other, batch


def test_the_pack_fills_in_the_compound(settings: Any) -> None:
    settings.SITE_URL = "https://example.org"
    town, mine, _other, batch = story()
    url = reverse("publishing-pack", args=[batch.pk, mine.pk])

    page = client_of(make.make_town_staff(town)).get(url)

    link = f"https://example.org/g/{batch.group_buy.token}/c/{mine.pk}/"
    assert page.context["facts"].url == link
    assert page.context["text"].endswith(link)
    assert page.content.decode().count(link) == 2


def test_another_hour_can_be_asked_for() -> None:
    town, mine, _other, batch = story()
    url = reverse("publishing-pack", args=[batch.pk, mine.pk])
    client = client_of(make.make_town_staff(town))

    assert "is open" in client.get(url).context["text"]
    assert "has ended" in client.get(url, {"hour": "closed"}).context["text"]
    assert "is open" in client.get(url, {"hour": "nonsense"}).context["text"]


def called_off_story() -> Any:
    town, mine, _other, batch = story()
    batch.state = "called_off"
    batch.save()
    return client_of(make.make_town_staff(town)), [batch.pk, mine.pk]


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_day_called_off_has_no_code_and_no_notice(page: str) -> None:
    client, day = called_off_story()

    assert client.get(reverse(page, args=day)).status_code == 404


def test_a_day_called_off_has_the_words_that_say_so_and_no_dead_end() -> None:
    client, day = called_off_story()

    listed = client.get(reverse("publishing-packs", args=day[:1])).content.decode()
    shown = client.get(reverse("publishing-pack", args=day), {"hour": "arriving"})

    assert "Called off" in shown.context["text"]
    assert "today" not in shown.context["text"]
    assert [value for value, _words, _on in shown.context["hours"]] == ["off"]
    pages = listed + shown.content.decode()
    for page in PAGES[1:]:
        assert reverse(page, args=day) not in pages


def test_totals_are_this_compounds_only_and_name_nobody() -> None:
    town, mine, other, batch = story()
    make.make_order(batch, mine, "3-502", items={"A": 2, "B": 1})
    make.make_order(batch, other, "3-502", items={"A": 9})
    make.make_order(batch, mine, "3-503", state="void", ended_at=make.NOON)

    facts = facts_of(batch, mine)
    url = reverse("publishing-pack", args=[batch.pk, mine.pk])
    page = client_of(make.make_town_staff(town)).get(url, {"hour": "closed"})

    assert (facts.homes, facts.pieces) == (1, (("A", 2), ("B", 1)))
    for secret in ("魏女士", "13800138000", "3-502"):
        assert secret not in page.content.decode()


def test_codes_are_pictures_to_keep() -> None:
    town, mine, _other, batch = story()
    client = client_of(make.make_town_staff(town))

    png = client.get(reverse("publishing-code-png", args=[batch.pk, mine.pk]))
    svg = client.get(reverse("publishing-code-svg", args=[batch.pk, mine.pk]))

    assert png.content.startswith(b"\x89PNG")
    assert svg.content.startswith(b"<svg")
    assert "attachment" in png["Content-Disposition"]


def test_the_notice_is_one_page_of_chinese() -> None:
    town, mine, _other, batch = story()
    url = reverse("publishing-notice", args=[batch.pk, mine.pk])

    response = client_of(make.make_town_staff(town)).get(url)

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    with translation.override("zh-hans"):
        data = notice_of(batch, mine)
    assert (data.compound, data.from_cents, data.to_cents) == ("品质苑", 6000, 6000)
    assert data.check_code == check_code(batch, mine)


def test_the_code_word_differs_by_compound_and_stays() -> None:
    _town, mine, other, batch = story()

    assert check_code(batch, mine) == check_code(batch, mine)
    assert check_code(batch, mine) != check_code(batch, other)


def test_a_committee_has_its_own_packs_only() -> None:
    _town, mine, other, batch = story()
    member = client_of(make.make_committee_staff(mine.committee))

    listed = member.get(reverse("publishing-packs", args=[batch.pk]))
    assert list(listed.context["compounds"]) == [mine]
    for name in PAGES:
        assert member.get(reverse(name, args=[batch.pk, mine.pk])).status_code == 200
        assert member.get(reverse(name, args=[batch.pk, other.pk])).status_code == 404


@pytest.mark.parametrize(
    "person",
    [
        lambda: make.make_town_staff(make.make_town()),
        lambda: make.make_committee_staff(make.make_committee()),
        make.make_user,
    ],
)
def test_strangers_find_nothing(person: Callable[[], User]) -> None:
    _town, mine, _other, batch = story()
    stranger = client_of(person())

    listed = stranger.get(reverse("publishing-packs", args=[batch.pk]))
    assert listed.status_code == 404
    for name in PAGES:
        url = reverse(name, args=[batch.pk, mine.pk])
        assert stranger.get(url).status_code == 404, name


@pytest.mark.parametrize("count", [1, 3])
def test_more_compounds_need_no_more_queries(
    count: int, django_assert_num_queries: Any
) -> None:
    town = make.make_town()
    served = [make.make_compound(town=town) for _ in range(count)]
    batch = make.make_batch(make.make_group_buy(town, served))
    client = client_of(make.make_town_staff(town))

    with django_assert_num_queries(5):
        client.get(reverse("publishing-packs", args=[batch.pk]))
