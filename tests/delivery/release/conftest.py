"""The evening of a day of two homes, which are many here, and who is there to let it go."""

from collections.abc import Iterator

import pytest
import time_machine

from delivery.models import Sheet
from delivery.states import SheetKind
from groupbuy.community.models import Actor, staff
from tests import factories as make
from tests.delivery.days import LATER, Day, built_day
from tests.delivery.paper import stored


@pytest.fixture(autouse=True)
def evening(settings, tmp_path, monkeypatch) -> Iterator[time_machine.Traveller]:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("delivery.queries.scope.MANY_HOMES", 1)
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def day() -> Day:
    return built_day()


@pytest.fixture
def book(day: Day) -> Sheet:
    return stored(day, SheetKind.LISTS_EXCEL)


@pytest.fixture
def colleague(day: Day) -> Actor:
    user = make.make_town_staff(day.town, first_name="李四")
    return staff(user, proved_at=LATER)
