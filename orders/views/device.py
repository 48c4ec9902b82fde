"""What one phone keeps: its orders' tokens, its home if wished, a random name for wishes,
and which orders were for neighbours.

Cookies only, none of them readable by a script, none sent from other sites' pages.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

DAY = 24 * 3600  # seconds
ORDERS, HELPED, HOME, DEVICE = "orders", "helped", "home", "device"
MOST_ORDERS = 30
TOKEN_LETTERS = 32
_SALT = "orders.home"


def order_tokens(request: HttpRequest) -> list[str]:
    """The tokens of this phone's orders, newest first."""
    held = request.COOKIES.get(ORDERS, "").split(".")
    return [t for t in held if len(t) == TOKEN_LETTERS and t.isalnum()][:MOST_ORDERS]


def keep_order(request: HttpRequest, response: HttpResponseBase, token: str) -> None:
    """Remember one more order for 60 days; the 31st makes the oldest go."""
    others = (held for held in order_tokens(request) if held != token)
    _set(request, response, ORDERS, ".".join(_first([token, *others])), days=60)


def helped_numbers(request: HttpRequest) -> list[str]:
    """The numbers of this phone's orders for neighbours; a number opens nothing."""
    held = request.COOKIES.get(HELPED, "").split(".")
    return [number for number in held if number.isdecimal()][:MOST_ORDERS]


def keep_helped(request: HttpRequest, response: HttpResponseBase, number: str) -> None:
    """Remember that this order is a neighbour's, as long as the order itself."""
    others = (held for held in helped_numbers(request) if held != number)
    _set(request, response, HELPED, ".".join(_first([number, *others])), days=60)


def _first(held: Iterable[str]) -> list[str]:
    return list(held)[:MOST_ORDERS]


@dataclass(frozen=True)
class RememberedHome:
    """The home this phone chose to remember, as it was typed."""

    compound: int
    building: str
    unit: str
    room: str
    name: str
    phone: str


def remembered_home(request: HttpRequest) -> RememberedHome | None:
    """None too where the cookie was tampered with or is of another time."""
    try:
        told = signing.loads(
            request.COOKIES.get(HOME, ""), salt=_SALT, max_age=400 * DAY
        )
        return RememberedHome(**told)
    except (signing.BadSignature, TypeError):
        return None


def remember_home(
    request: HttpRequest, response: HttpResponseBase, home: RememberedHome
) -> None:
    told = signing.dumps(asdict(home), salt=_SALT, compress=True)
    _set(request, response, HOME, told, days=180, path="/g/")


def forget_home(response: HttpResponseBase) -> None:
    response.delete_cookie(HOME, path="/g/", samesite="Lax")


def device(request: HttpRequest) -> str:
    """This phone's random name for wishes; a new one where it has none yet."""
    known = request.COOKIES.get(DEVICE, "")
    return known if 20 <= len(known) <= 40 else secrets.token_urlsafe(16)


def browser(request: HttpRequest) -> str:
    """What tells this browser from others while it looks for its home; "" without cookies."""
    known = request.COOKIES.get(DEVICE, "")
    return known or request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def keep_device(request: HttpRequest, response: HttpResponseBase, name: str) -> None:
    _set(request, response, DEVICE, name, days=180, path="/g/")


def _set(
    request: HttpRequest,
    response: HttpResponseBase,
    name: str,
    value: str,
    *,
    days: int,
    path: str = "/",
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=days * DAY,
        path=path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
