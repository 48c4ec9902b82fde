"""Whose wrong passwords are counted together."""

from django.test import RequestFactory
from pytest_django import Settings

from groupbuy.shared.web.address import client_address


def request_with(header: str) -> object:
    return RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=header
    )


def test_without_a_proxy_the_header_is_a_lie(settings: Settings) -> None:
    settings.BEHIND_PROXY = False

    assert client_address(request_with("1.2.3.4")) == "10.0.0.9"


def test_behind_our_proxy_only_its_own_word_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    assert client_address(request_with("6.6.6.6, 1.2.3.4")) == "1.2.3.4"
    assert client_address(request_with("")) == "10.0.0.9"
