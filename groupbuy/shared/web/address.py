"""From where a request comes: the sign-in guard counts wrong passwords by person and place."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The last address that our own proxy (``BEHIND_PROXY``) added; else the peer's.

    Anything further left in the header was said by the client and proves nothing.
    """
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return said or request.META.get("REMOTE_ADDR")
    return request.META.get("REMOTE_ADDR")
