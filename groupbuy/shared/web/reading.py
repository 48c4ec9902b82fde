"""In which language and type size a page is read: from the URL or a cookie, never guessed.

Accept-Language is ignored on purpose: chat apps send nonsense, and a page that depends on
nothing but its URL and two cookies can be cached.
"""

import copy
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils import translation
from django.utils.cache import patch_vary_headers

LANGUAGES = ("zh-hans", "en")
SIZES = (20, 24, 30)  # px of running text on residents' pages
YEAR = 365 * 24 * 3600  # seconds


class ReadingMiddleware:
    """Sets ``request.LANGUAGE_CODE`` and ``request.type_size``, activates the language.

    ``?lang=`` and ``?size=`` win over the cookies ``lang`` and ``size`` and are remembered
    for a year. The session is never touched.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = {name: request.GET.get(name, "") for name in ("lang", "size")}
        language = language_of(asked["lang"], request.COOKIES.get("lang", ""))
        size = size_of(asked["size"], request.COOKIES.get("size", ""))
        request.LANGUAGE_CODE = language
        request.type_size = size  # type: ignore[attr-defined]
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        chosen = {"lang": language, "size": str(size)}
        jar = {name: value for name, value in chosen.items() if asked[name] == value}
        return with_cookies(request, response, jar) if jar else response


def language_of(*wishes: str) -> str:
    return next((w for w in wishes if w in LANGUAGES), LANGUAGES[0])


def size_of(*wishes: str) -> int:
    known = {str(size): size for size in SIZES}
    return next((known[w] for w in wishes if w in known), SIZES[0])


def with_cookies(
    request: HttpRequest, response: HttpResponse, jar: dict[str, str]
) -> HttpResponse:
    """A copy of the response with cookies: one that a cache holds for all keeps none."""
    if not response.streaming:
        headers = ResponseHeaders(dict(response.headers.items()))
        cookies = copy.deepcopy(response.cookies)
        response = copy.copy(response)
        response.headers, response.cookies = headers, cookies
    for name, value in jar.items():
        response.set_cookie(
            name,
            value,
            max_age=YEAR,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,  # no script of ours reads them
        )
    return response


def reading(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``lang``, ``size``, ``other_lang`` and links to this page in them."""
    language = getattr(request, "LANGUAGE_CODE", LANGUAGES[0])
    size = getattr(request, "type_size", SIZES[0])
    other = LANGUAGES[1] if language == LANGUAGES[0] else LANGUAGES[0]
    return {
        "lang": language,
        "size": size,
        "other_lang": other,
        "other_lang_url": with_query(request, "lang", other),
        "sizes": [
            {"size": s, "url": with_query(request, "size", str(s)), "on": s == size}
            for s in SIZES
        ],
    }


def with_query(request: HttpRequest, name: str, value: str) -> str:
    """This page's address with one query parameter set, all others kept."""
    query = request.GET.copy()
    query[name] = value
    return f"{request.path}?{query.urlencode()}"
