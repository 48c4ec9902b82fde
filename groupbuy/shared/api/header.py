"""Who holds a token says so in ``Authorization``: addresses end up in logs, headers do not."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request


class HeldToken(BaseAuthentication):
    """``Authorization: <keyword> <token>``; what it opens becomes ``request.auth``.

    Missing, malformed, unknown and ended tokens get one and the same 401: it tells nothing
    about what exists.
    """

    keyword = ""

    def opens(self, token: str) -> Any:
        """What the token opens; None where it opens nothing."""
        raise NotImplementedError

    def authenticate(self, request: Request) -> tuple[None, Any]:
        word, _, token = request.headers.get("Authorization", "").partition(" ")
        if word != self.keyword or not token:
            raise NotAuthenticated
        opened = self.opens(token)
        if opened is None:
            raise AuthenticationFailed
        return None, opened

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


class HeldTokenInSchema(OpenApiAuthenticationExtension):
    target_class = HeldToken
    match_subclasses = True

    @property
    def name(self) -> str:  # type: ignore[override]
        return str(self.target.keyword)

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": f"`Authorization: {self.target.keyword} <token>`",
        }
