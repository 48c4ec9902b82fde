"""Django 6's ``SECURE_CSP`` on 5.2: the same setting, the same template variable.

Delete when the project moves to Django 6 and name its own middleware instead.
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

HEADER = "Content-Security-Policy"
NONCE = "<CSP_NONCE_SENTINEL>"  # Django 6: django.utils.csp.CSP.NONCE


class ContentSecurityPolicyMiddleware:
    """Adds the header; a nonce is minted, and sent, only for a page that asks for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        minted: list[str] = []

        def mint() -> str:
            if not minted:
                minted.append(secrets.token_urlsafe(16))
            return minted[0]

        request._csp_nonce = SimpleLazyObject(mint)  # type: ignore[attr-defined]  # noqa: SLF001 - Django 6's name
        response = self.get_response(request)
        if HEADER not in response:
            response[HEADER] = policy(minted[0] if minted else "")
        return response


def policy(nonce: str) -> str:
    """The header's text; without a nonce its place in the setting is left out."""
    parts = []
    for name, values in settings.SECURE_CSP.items():
        sources = [f"'nonce-{nonce}'" if v == NONCE else v for v in values]
        kept = [s for s in sources if s != "'nonce-'"]
        parts.append(" ".join([name, *kept]))
    return "; ".join(parts)


def csp(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``{{ csp_nonce }}``, which django-htmx reads, too."""
    return {"csp_nonce": getattr(request, "_csp_nonce", "")}
