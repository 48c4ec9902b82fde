"""A machine's key: shown once, kept as a hash, ended by name."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from groupbuy.community.actions.access_keys import make_access_key, revoke_access_key
from groupbuy.community.models import RESIDENT, AccessKey, LogEntry, Town
from groupbuy.community.queries.keys import key_by_token
from groupbuy.shared import tokens
from groupbuy.shared.errors import NotAllowed
from tests import factories
from tests.factories import NOON


@pytest.fixture
def town(db: None) -> Town:
    return factories.make_town("马桥镇", slug="maqiao")


def access_key(*more: str, name: str = "城运系统", town: str = "maqiao") -> str:
    said = io.StringIO()
    call_command(
        "access_key",
        *("--town", town, "--scope", "pickup_lists", "--name", name),
        *more,
        stdout=said,
    )
    return said.getvalue().strip()


def test_a_new_key_is_printed_once_and_kept_as_a_hash(town: Town) -> None:
    token = access_key()

    key = AccessKey.objects.get()
    assert key_by_token(token) == key
    assert (key.town, key.scope, key.name) == (town, "pickup_lists", "城运系统")
    assert key.token_hash == tokens.stored(token)
    assert len(token) >= 22
    entry = LogEntry.objects.get(verb="make_access_key")
    assert token not in str(entry.data)


def test_a_revoked_key_opens_nothing_and_its_name_is_free_again(town: Town) -> None:
    old = access_key()

    access_key("--revoke")
    new = access_key()

    assert key_by_token(old) is None
    assert key_by_token(new) is not None
    assert LogEntry.objects.filter(verb="revoke_access_key").count() == 1


def test_two_living_keys_do_not_share_a_name(town: Town) -> None:
    access_key()

    with pytest.raises(CommandError):
        access_key()
    assert AccessKey.objects.count() == 1


@pytest.mark.parametrize("name", ["", " ", "长" * 61])
def test_a_key_has_a_name(town: Town, name: str) -> None:
    with pytest.raises(CommandError):
        access_key(name=name)
    assert not AccessKey.objects.exists()


def test_a_wrong_town_names_those_there_are(town: Town) -> None:
    with pytest.raises(CommandError, match="maqiao"):
        access_key(town="nowhere")


def test_nothing_to_revoke_is_said(town: Town) -> None:
    with pytest.raises(CommandError):
        access_key("--revoke")


def test_only_the_town_gives_and_takes_keys(town: Town) -> None:
    access_key()
    key = AccessKey.objects.get()

    with pytest.raises(NotAllowed):
        make_access_key(
            town, scope=AccessKey.Scope.PICKUP_LISTS, name="x", by=RESIDENT, now=NOON
        )
    with pytest.raises(NotAllowed):
        revoke_access_key(key, by=RESIDENT, now=NOON)
