"""What a bare machine needs: a secret key of its own and an SQLite that can take money."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured


def secret_key(env: environ.Env, var_dir: Path, *, production: bool) -> str:
    """The key from ``SECRET_KEY``, or, embedded only, from ``var/secret_key`` (0600).

    Raises ImproperlyConfigured in production without a key: a new key would void every
    order link.
    """
    given = env.str("SECRET_KEY", default="")
    if given:
        return given
    if production:
        raise ImproperlyConfigured("SECRET_KEY is required with DATABASE_URL.")
    path = var_dir / "secret_key"
    var_dir.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def sqlite_options(path: Path) -> dict[str, object]:
    """SQLite as the embedded default: writers queue (IMMEDIATE), commits survive (FULL), what is
    erased leaves the file, too (secure_delete)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA secure_delete=ON;",
        },
    }


def valkey_socket(var_dir: Path) -> str:
    """Where the carried Valkey listens: under ``var/``, unless that path is too long.

    The system allows 107 bytes; a longer one moves to a folder of this user's own in the
    temporary folder, the same one every time.
    """
    path = str(var_dir / "valkey.sock")
    if len(os.fsencode(path)) <= 107:
        return path
    mark = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"groupbuy-{os.getuid()}-{mark}"
    return str(folder / "valkey.sock")
