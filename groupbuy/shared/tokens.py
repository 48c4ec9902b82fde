"""Tokens that open one thing: derived by HMAC from the secret key, stored only as SHA-256."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def new_key() -> str:
    """128 random bits as 22 letters; used as a submit key or a public link token."""
    return secrets.token_urlsafe(16)


def derived(purpose: str, value: str) -> str:
    """The token of ``value`` for ``purpose``: 160 bits, the same every time, 32 letters."""
    key = settings.SECRET_KEY.encode()
    digest = hmac.digest(key, f"{purpose}:{value}".encode(), "sha256")
    return base64.b32encode(digest[:20]).decode().lower()


def stored(token: str) -> str:
    """What the database keeps of a token: 64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()
