"""The published schema is true: hundreds of requests, good and bad, and it holds for each.

Every check that schemathesis knows is on: no 5xx, no undocumented status, shape or media type,
nothing taken that the schema forbids or refused that it allows, no door without its token.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.parameters import ParameterLocation

from groupbuy.roof.api import schema_file
from groupbuy.shared import tokens
from groupbuy.wsgi import application
from tests import factories
from tests.api.conftest import ROOMS, Api, Papers, make_day
from tests.house.source import ROOT

FILE = ROOT / "docs" / "openapi.yaml"
AFRESH = "manage.py spectacular --lang en --file docs/openapi.yaml"
schema = schemathesis.openapi.from_path(FILE)
schema.app = application
bounded = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@dataclass
class Insider:
    """Somebody with living tokens, who knows which numbers exist."""

    papers: Papers
    day: Api
    order: str
    rooms: Iterator[str] = field(default_factory=lambda: itertools.cycle(ROOMS))
    codes: Iterator[str] = field(default_factory=lambda: itertools.cycle("AAB"))

    def header(self, case: schemathesis.Case) -> dict[str, str]:
        if case.meta.is_negative_at(ParameterLocation.HEADER):
            return {}
        if "pickup-lists" in case.path:
            return {"Authorization": self.papers.lists}
        supply = "supply-orders" in case.path
        return {"Authorization": self.papers.supply if supply else self.order}

    def make_real(self, case: schemathesis.Case) -> None:
        """Give a request that keeps the schema numbers that exist, and a new key."""
        real = {
            "batch_id": self.day.batch.pk,
            "token": self.day.batch.group_buy.token,
            "list_id": self.papers.pickup_list.pk,
            "order_id": self.papers.supply_order.pk,
        }
        for name in case.path_parameters:
            case.path_parameters[name] = real[name]
        if isinstance(case.body, dict):
            self.make_body_real(case.body)

    def make_body_real(self, body: dict[str, Any]) -> None:
        body |= {"compound": self.day.compound.pk, "building": "3"}
        body |= {"room": next(self.rooms), "phone": "021-54331234"}
        if "submit_key" in body:
            body["submit_key"] = tokens.new_key()
        for line in body["items"]:
            line |= {"stock": self.day.stock(next(self.codes)).pk, "quantity": 1}


@pytest.fixture
def insider(papers: Papers) -> Insider:
    day = make_day(factories.make_town())
    return Insider(papers, day, day.placed("501"))


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As with Django's own test client, a request does not close this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@bounded
def test_the_schema_holds_for_a_stranger(
    api: Api, one_connection: None, case: schemathesis.Case
) -> None:
    case.call_and_validate()


@schema.parametrize()
@bounded
def test_the_schema_holds_for_whoever_holds_a_token(
    insider: Insider, one_connection: None, case: schemathesis.Case
) -> None:
    if case.meta.generation.mode.is_positive:
        insider.make_real(case)
    case.call_and_validate(headers=insider.header(case))


def test_the_published_file_is_up_to_date() -> None:
    assert FILE.read_bytes() == schema_file(), f"make it afresh: {AFRESH}"


def test_the_site_serves_the_same_file(api: Api) -> None:
    reply = api.send("GET", "schema/")

    assert (reply.status_code, reply.content) == (200, FILE.read_bytes())
    assert reply["Content-Type"] == "application/yaml"


def test_the_file_is_made_without_a_warning(tmp_path: Path) -> None:
    made = tmp_path / "openapi.yaml"

    call_command(
        "spectacular", lang="en", file=str(made), validate=True, fail_on_warn=True
    )

    assert made.read_bytes() == FILE.read_bytes()
