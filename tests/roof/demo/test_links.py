"""What ``manage.py demo`` prints: for machines, and for somebody at a terminal."""

import io
import json
from collections import Counter
from datetime import date, time

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from groupbuy.community.models import User
from groupbuy.roof.demo import load
from groupbuy.roof.demo.links import links
from groupbuy.roof.demo.people import PASSWORD
from groupbuy.roof.demo.printed import printed
from groupbuy.shared.clock import at
from orders.models import Chain
from tests import factories

NOW = at(date(2026, 3, 10), time(15))
SITE = "http://127.0.0.1:8123"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon():
    with time_machine.travel(NOW, tick=False):
        yield


def test_json_names_group_buys_logins_and_links() -> None:
    load(NOW, "small")
    out = io.StringIO()

    call_command("demo", "--json", "--url", SITE, stdout=out)

    found = json.loads(out.getvalue())
    assert list(found) == [
        "group_buys",
        "logins",
        "head_links",
        "volunteer_links",
        "supplier_links",
    ]
    first = found["group_buys"][0]
    assert first["name"] == "古藤马桥"
    assert first["link"] == f"{SITE}/g/{first['token']}/"
    assert all(row["batch_id"] for row in found["group_buys"])
    assert {row["role"] for row in found["logins"]} == {
        "town_staff",
        "committee_staff",
        "head",
        "superuser",
    }
    assert {row["password"] for row in found["logins"]} == {PASSWORD}
    assert found["volunteer_links"][0]["for"] == "品质苑"
    assert {row["for"] for row in found["supplier_links"]} > {"荟选集市", "永辉超市"}


def test_the_printed_links_open() -> None:
    load(NOW, "small")
    client = Client()

    found = links("")

    paths = [
        *(row["link"] for row in found["group_buys"]),
        *(row["compound_link"] for row in found["group_buys"]),
        *(row["link"] for row in found["head_links"]),
        found["volunteer_links"][0]["link"],
        found["supplier_links"][0]["link"],
    ]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(
        paths, 200
    )


def test_a_heads_chain_is_handed_in_once_and_leaves_what_needs_a_person() -> None:
    load(NOW, "small")
    load(NOW, "small")

    chain = Chain.objects.get()

    verdicts = Counter(chain.lines.values_list("verdict", flat=True))
    assert verdicts["order"] >= 6
    assert {"amend", "review", "ignore"} <= verdicts.keys()
    handed_in = chain.lines.filter(orders__channel="head").distinct().count()
    assert handed_in >= 5


def test_a_terminal_shows_the_three_main_links_first_and_says_what_is_invented() -> (
    None
):
    load(NOW, "small")

    text = printed(SITE + "/")

    resident, staff, volunteer = text.splitlines()[:3]
    assert "/g/guteng-maqiao/c/" in resident
    assert "maqiao-town / groupbuy-demo" in staff
    assert f"{SITE}/v/" in volunteer
    assert "Invented:" in text


def test_without_a_demo_nothing_is_printed() -> None:
    assert printed(SITE) == ""


def test_a_real_town_is_not_mixed_with_invented_data(settings, monkeypatch) -> None:
    settings.PRODUCTION = True
    monkeypatch.delenv("DEMO", raising=False)
    factories.make_town("真的镇")

    with pytest.raises(CommandError, match="invented"):
        call_command("demo")

    assert not User.objects.exists()


def test_production_never_knows_the_demo_password(settings) -> None:
    settings.PRODUCTION = True
    load(NOW, "small")

    (own,) = {row["password"] for row in links(SITE)["logins"]}
    assert all(user.check_password(own) for user in User.objects.all())
    assert own != PASSWORD
    assert PASSWORD not in printed(SITE)
    settings.SECRET_KEY = "another site's key, as long as a key has to be 0123456789"
    assert links(SITE)["logins"][0]["password"] != own
