"""An address with anything in it that no key of ours has is nobody's, and asks no database."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

KEYS = {"token", "number"}
FORGED = ["%00", "a%00b", "%ff", "%F0%9F%A5%AC", "a%0Ab", "..%2f..", "'--", "%3Cb%3E"]


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, set[str]]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, set(pattern.pattern.converters)


def keyed() -> list[str]:
    found = (
        (route, names & KEYS) for route, names in routes(get_resolver()) if names & KEYS
    )
    return sorted(route for route, _names in found if not route.startswith("admin"))


@pytest.mark.parametrize("word", FORGED)
def test_a_forged_key_is_not_found(client: Client, word: str) -> None:
    """Without a database: a page that asked for one would fail here."""
    doors = keyed()
    assert len(doors) > 25
    for route in doors:
        path = "/" + filled(route, word)
        assert client.get(path).status_code == 404, path


def filled(route: str, word: str) -> str:
    """The route with ``word`` for its keys and plain words for the rest."""
    parts = []
    for part in route.split("/"):
        name = part.partition(":")[2].rstrip(">")
        plain = {"int": "7", "slug": "pdf", "str": "a"}.get(part[1:].split(":")[0], "a")
        parts.append(
            (word if name in KEYS else plain) if part.startswith("<") else part
        )
    return "/".join(parts)
