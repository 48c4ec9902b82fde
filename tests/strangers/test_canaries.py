"""Random towns full of marked homes: nobody reads another home's data, nor does any log.

Every role reads all it can reach by links, in pages, papers, workbooks, JSON, headers and file
names. The bird's name that is found tells whose datum it was.
"""

import inspect
import io
import itertools
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings

from delivery.actions.print_sheet import print_all
from delivery.actions.render import render_batch
from delivery.models import AccessLink, Sheet
from delivery.queries.links import link_path
from delivery.states import COMPOUND_KINDS
from delivery.views import files
from groupbuy.celery import app
from groupbuy.community.models import AccessKey, LogEntry, User, staff
from groupbuy.community.queries.head_links import head_link_path
from groupbuy.shared import tokens
from groupbuy.shared.logs import NoPhones
from orders.models import Order
from orders.queries.desk import find as desk_find
from orders.states import Channel
from orders.views import ordering
from tests import factories
from tests.strangers.canaries import TOWNS, Aviary, Canary, aviaries
from tests.strangers.crawler import Crawl

pytestmark = pytest.mark.django_db(transaction=True)
a_few = settings(
    max_examples=2,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
EACH_ONCE = (  # by link, by a head, by the committee; a name that calculates
    (
        [("尉迟", Channel.LINK, False), ("=1+1 ", Channel.HEAD, False)],
        [("𠮷田", Channel.PROXY, False)],
        [("<b>", Channel.LINK, False)],
    ),
    ([("O'Neil ", Channel.LINK, True)],) * 3,
)
TOLD = {"name", "room", "note"}  # a number takes a tap of its own, and is logged
May = Callable[[Canary], set[str]]


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the site logs, as its own handler writes it down."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.addFilter(NoPhones())
    root = logging.getLogger()
    level, root.level = root.level, logging.INFO
    root.addHandler(handler)
    yield told
    root.removeHandler(handler)
    root.setLevel(level)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def holding(token: str) -> Client:
    client = Client()
    client.cookies["orders"] = token
    return client


def with_key(town: Aviary, scope: AccessKey.Scope) -> Client:
    key = tokens.new_key()
    AccessKey.objects.create(
        town=town.town, name=scope, scope=scope, token_hash=tokens.stored(key)
    )
    return Client(headers={"Authorization": f"Key {key}"})


def readers(town: Aviary) -> Iterator[tuple[str, Crawl, May]]:
    """Every role of this town with what it has read, and what of a home it may."""
    near, compound = town.homes[0], town.homes[0].building.compound
    links = AccessLink.objects.filter(batch=town.closed)
    volunteers = links.get(compound=compound)
    supplier = links.get(kind=AccessLink.Kind.SUPPLIER)
    shared = f"/g/{town.today.group_buy.token}/"
    asked = [f"/desk/orders/?q={home.phone[-4:]}" for home in town.homes]
    # No link leads to a sheet, only the button that prints; so their addresses are guessed.
    asked += [
        f"/desk/sheets/{pk}/" for pk in Sheet.objects.values_list("pk", flat=True)
    ]
    sheets = [f"{link_path(volunteers)}sheets/{kind}/" for kind in COMPOUND_KINDS]

    yield (
        "nobody",
        Crawl(Client()).of("/", "/privacy/", shared, "/api/v1/group-buys/"),
        nothing,
    )
    yield (
        "resident",
        Crawl(holding(near.token)).of(f"/o/{near.token}/", shared),
        only(near),
    )
    head_link = head_link_path(factories.make_head_link(near.building))
    yield "head link", Crawl(Client()).of(head_link), heads(near)
    head = signed_in(factories.make_head(near.building))
    yield "head", Crawl(head).of("/desk/", "/desk/buildings/"), heads(near)
    door = f"{link_path(volunteers)}building/?b={near.building.name}"
    yield (
        "volunteer",
        Crawl(Client()).of(link_path(volunteers), door, *sheets),
        in_compound(near),
    )
    yield "supplier", Crawl(Client()).of(link_path(supplier)), nothing
    committee = signed_in(factories.make_committee_staff(compound.committee))
    yield "committee", Crawl(committee).of("/desk/", *asked), in_compound(near)
    yield (
        "town",
        Crawl(signed_in(factories.make_town_staff(town.town))).of("/desk/", *asked),
        in_town(town),
    )
    for scope in AccessKey.Scope:
        may = rooms(town) if scope == AccessKey.Scope.PICKUP_LISTS else nothing
        path = f"/api/v1/{scope.value.replace('_', '-')}/"
        client = with_key(town, scope)
        ids = [row["id"] for row in client.get(path).json()["results"]]
        yield scope, Crawl(client).of(path, *[f"{path}{pk}/" for pk in ids]), may


def nothing(home: Canary) -> set[str]:
    return set()


def only(own: Canary) -> May:
    return lambda home: {*TOLD, "phone"} if home is own else set()


def heads(near: Canary) -> May:
    """The rooms of the building; who and what else only where it came through the head."""

    def may(home: Canary) -> set[str]:
        if home.building != near.building:
            return set()
        return {"room"} if home.channel == Channel.LINK else TOLD

    return may


def in_compound(near: Canary) -> May:
    return lambda home: TOLD if home.compound_id == near.compound_id else set()


def in_town(town: Aviary) -> May:
    return lambda home: TOLD if home.town_id == town.town.pk else set()


def rooms(town: Aviary) -> May:
    return lambda home: {"room", "note"} if home.town_id == town.town.pk else set()


def escaped(towns: list[Aviary]) -> dict[str, set[str]]:
    """Who of the first town read where what of whom that was not theirs to read."""
    return judged(readers(towns[0]), towns)


def judged(
    read: Iterable[tuple[str, Crawl, May]], towns: list[Aviary]
) -> dict[str, set[str]]:
    homes = [home for town in towns for home in town.homes]
    found: dict[str, set[str]] = {}
    for role, crawl, may in read:
        for page, home in itertools.product(crawl.seen, homes):
            if more := home.stands_in(page.text) - may(home):
                found[f"{role} at {page.path}, of {home.room}"] = more
    return found


def printed(town: Aviary) -> None:
    now, by = timezone.now(), staff(factories.make_town_staff(town.town))
    assert render_batch(town.closed, now=now)
    print_all(town.closed, by=by, now=now, reason="test")


@given(drawn=TOWNS)
@a_few
def test_nobody_reads_anothers_data(drawn: Any) -> None:
    with transaction.atomic():
        assert escaped(aviaries(drawn, timezone.now())) == {}
        transaction.set_rollback(True)


def test_nor_on_paper(log: io.StringIO) -> None:
    """The same with all sheets made and printed; and the log of it all names nobody."""
    towns = aviaries(EACH_ONCE, timezone.now())
    for town in towns:
        printed(town)
    read = list(readers(towns[0]))

    assert judged(read, towns) == {}

    assert papers_of(read) == {"pdf", "sheet", "zip"}
    written = "\n".join(f"{e.data} {e.reason}" for e in LogEntry.objects.all())
    assert written.count("\n") > 20
    for home in (home for town in towns for home in town.homes):
        assert home.stands_in(written) == set()
        assert home.stands_in(log.getvalue()) == set()


def papers_of(read: Iterable[tuple[str, Crawl, May]]) -> set[str]:
    """Kinds of paper in which the town read rooms: were there none, nothing was tested."""
    [of_town] = [crawl for role, crawl, _may in read if role == "town"]
    return {
        page.text.partition("\n")[0].rpartition("/")[2].rpartition(".")[2].strip()
        for page in of_town.seen
        if "/sheets/" in page.path and re.search(r"\b861\d{3}\b", page.text)
    }


def test_a_crash_in_the_middle_of_an_order_tells_the_log_nothing(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page that nobody thought of: an exception with the order in its arguments."""
    [town, _other] = aviaries(EACH_ONCE, timezone.now())
    home = town.homes[0]

    def crash(*_args: object, **_more: object) -> None:
        raise ValueError(f"no such phone: {home.phone}")

    monkeypatch.setattr(ordering, "sent_sheet", crash)
    client = Client(raise_request_exception=False)
    answer = client.post(f"/g/{town.today.group_buy.token}/order/", vars(home))

    assert answer.status_code == 500
    assert "ValueError" in log.getvalue()
    for told in (log.getvalue(), answer.content.decode()):
        assert home.stands_in(told) == set()


def test_tasks_take_no_arguments() -> None:
    """What is due stands in the database; a message in a queue could only tell too much."""
    app.loader.import_default_modules()
    tasks = [t for name, t in app.tasks.items() if not name.startswith("celery.")]
    assert len(tasks) >= 3
    for task in tasks:
        assert not inspect.signature(task.run).parameters, task.name
    for entry in site.CELERY_BEAT_SCHEDULE.values():
        assert not entry.keys() & {"args", "kwargs"}


@pytest.mark.once
def test_an_order_that_is_everybodys_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = aviaries(EACH_ONCE, timezone.now())
    monkeypatch.setattr(desk_find, "visible_to", lambda _user: Order.objects.all())

    found = escaped(towns)

    assert any(where.startswith("committee at /desk/orders/") for where in found)


@pytest.mark.once
def test_a_name_in_a_file_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = aviaries(EACH_ONCE, timezone.now())
    printed(towns[0])
    stranger = towns[0].homes[-1]  # of the other compound
    monkeypatch.setattr(files, "sheet_title", lambda *_args: stranger.name)

    found = escaped(towns)

    assert any(where.startswith("supplier at /s/") for where in found)
    assert any(where.startswith("volunteer at /v/") for where in found)
