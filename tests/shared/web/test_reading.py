"""Language and type size come from the URL or a cookie, and from nowhere else."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from groupbuy.shared.web.reading import ReadingMiddleware, reading


def passed(path: str = "/", **cookies: str) -> tuple[HttpRequest, HttpResponse, list]:
    """The request after the middleware, its response, and the language inside."""
    request = RequestFactory().get(path, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")
    request.COOKIES.update(cookies)
    inside: list[str | None] = []

    def page(_request: HttpRequest) -> HttpResponse:
        inside.append(get_language())
        return HttpResponse("page")

    return request, ReadingMiddleware(page)(request), inside


def test_chinese_and_20_px_are_read_when_nothing_was_chosen() -> None:
    request, response, inside = passed()

    assert inside == ["zh-hans"]
    assert request.type_size == 20
    assert response["Content-Language"] == "zh-hans"
    assert not response.cookies


def test_a_choice_in_the_url_is_remembered_for_a_year() -> None:
    request, response, inside = passed("/?lang=en&size=30", lang="zh-hans", size="24")

    assert (inside, request.type_size) == (["en"], 30)
    assert response.cookies["lang"].value == "en"
    assert response.cookies["size"].value == "30"
    assert response.cookies["lang"]["max-age"] == 365 * 24 * 3600
    assert response.cookies["lang"]["samesite"] == "Lax"


def test_a_cookie_counts_where_the_url_is_silent() -> None:
    request, response, inside = passed("/?size=24", lang="en", size="30")

    assert (inside, request.type_size) == (["en"], 24)
    assert list(response.cookies) == ["size"]


@pytest.mark.parametrize("wish", ["fr", "zh-hant", "EN", "en'--", ""])
def test_an_unknown_language_is_chinese_and_not_remembered(wish: str) -> None:
    _request, response, inside = passed(f"/?lang={wish}", lang=wish)

    assert inside == ["zh-hans"]
    assert "lang" not in response.cookies


@pytest.mark.parametrize("wish", ["21", "300", "-20", "20.0", "two", ""])
def test_an_unknown_size_is_20_px(wish: str) -> None:
    request, response, _inside = passed(f"/?size={wish}", size=wish)

    assert request.type_size == 20
    assert "size" not in response.cookies


def test_a_page_that_is_kept_for_all_gets_nobodys_cookie() -> None:
    kept = HttpResponse("the same for everybody")
    through = ReadingMiddleware(lambda _request: kept)

    mine = through(RequestFactory().get("/?lang=en&size=24"))
    theirs = through(RequestFactory().get("/"))

    assert set(mine.cookies) == {"lang", "size"}
    assert mine.content == kept.content
    assert not theirs.cookies
    assert not kept.cookies


def test_the_session_is_left_alone(client: Client, db: None) -> None:
    response = client.get("/healthz?lang=en")

    assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert "Accept-Language" not in response["Vary"]


def test_the_page_links_to_itself_in_the_other_language() -> None:
    request, _response, _inside = passed("/g/x/?compound=3&lang=en")

    shown = reading(request)

    assert (shown["lang"], shown["other_lang"]) == ("en", "zh-hans")
    assert shown["other_lang_url"] == "/g/x/?compound=3&lang=zh-hans"
    sizes = [(s["size"], s["on"]) for s in shown["sizes"]]
    assert sizes == [(20, True), (24, False), (30, False)]
