"""A program that asks in a bad moment is told so as the schema says, at every door."""

from typing import Any

import pytest
import schemathesis
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from groupbuy.shared import tokens
from groupbuy.wsgi import application
from tests.house.source import ROOT
from tests.shared.web.busy.outage import nobody_answers

pytestmark = pytest.mark.django_db(transaction=True)

schema = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.yaml")
schema.app = application
DOORS = [found.ok() for found in schema.get_all_operations()]
AS_PUBLISHED = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
ORDER = {
    "submit_key": tokens.new_key(),
    "compound": 1,
    "building": "3",
    "room": "502",
    "phone": "021-54331234",
    "items": [{"stock": 1, "quantity": 1}],
}


def held(door: Any) -> dict[str, str]:
    """A token's header, where the door asks for one."""
    words = [word for rule in door.definition.raw.get("security", ()) for word in rule]
    return {"Authorization": f"{words[0]} {tokens.new_key()}"} if words else {}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.label)
def test_without_its_database_every_door_answers_as_published(door: Any) -> None:
    case = door.Case(
        path_parameters={one.name: 1 for one in door.path_parameters},
        body=ORDER if door.body else NOT_SET,
    )

    with nobody_answers():
        answer = case.call(headers=held(door))

    assert answer.status_code == 503
    assert answer.json()["code"] == "busy"
    case.validate_response(answer, checks=AS_PUBLISHED)
