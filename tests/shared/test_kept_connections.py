"""A connection kept between requests: used without a question while it stands, never when not."""

import select
from collections.abc import Callable, Iterator

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from groupbuy.shared.postgresql import base
from groupbuy.shared.trouble import Trouble, trouble_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Kept = base.DatabaseWrapper


@pytest.fixture
def kept() -> Iterator[Kept]:
    """As a web thread has it between two requests."""
    told = connections["default"].settings_dict | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
    one = base.DatabaseWrapper(told, alias="kept")
    request(one)
    yield one
    one.close()


def request(one: Kept) -> int:
    """What a request does first, and how it ends; the session's number."""
    with one.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    one.close_if_unusable_or_obsolete()
    return int(number)


def end(number: int) -> None:
    """The server ends that session, as it does when it is stopped."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


@pytest.fixture
def asked(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every ``SELECT 1`` that was sent, with its answer."""
    answers: list[bool] = []
    ask: Callable[[], bool] = kept.is_usable

    def told() -> bool:
        answers.append(ask())
        return answers[-1]

    monkeypatch.setattr(kept, "is_usable", told)
    return answers


def test_a_sound_connection_is_not_asked(kept: Kept, asked: list[bool]) -> None:
    assert request(kept) == request(kept)
    assert asked == []


def test_an_ended_session_is_noticed_before_the_first_statement(
    kept: Kept, asked: list[bool]
) -> None:
    number = request(kept)
    end(number)
    assert request(kept) != number
    assert asked == [False]


def test_a_mere_notice_ends_no_connection(kept: Kept, asked: list[bool]) -> None:
    number = request(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN news")
    kept.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")
    arrives = select.poll()
    arrives.register(kept.connection.fileno(), select.POLLIN)
    assert arrives.poll(5000)
    assert request(kept) == number
    assert asked == [True]


def test_a_connection_that_breaks_during_a_request_is_still_djangos_fault(
    kept: Kept,
) -> None:
    """So that whoever comes next in that request, a session say, still hears "busy"."""
    number = request(kept)
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        end(number)
        with pytest.raises(OperationalError):
            cursor.execute("SELECT 1")
    with pytest.raises(InterfaceError) as told:
        kept.cursor()
    assert trouble_of(told.value) is Trouble.AWAY


def test_control_without_the_look_the_request_fails(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "is_quiet", lambda _descriptor: True)
    end(request(kept))
    with pytest.raises(OperationalError):
        request(kept)
