"""Settings of the test suite: quick hashing, SQLite as a file unless TEST_DATABASE_URL says else.

``tests/services/plugin.py`` sets the variables read here; a worker that a test starts
finds its test's database by ``TEST_DATABASE_NAME``.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.pop("DATABASE_URL", None)  # a suite never touches a real database

from groupbuy.settings import *
from groupbuy.settings import DATABASES, env
from groupbuy.settings.embedded import sqlite_options

SECRET_KEY = "only-for-tests-and-nothing-else-0123456789abcdef"  # for tests only  # nosec B105
VAR_DIR = Path(
    env.str("TEST_VAR_DIR", default=f"{tempfile.gettempdir()}/groupbuy-tests")
)
VAR_DIR.mkdir(exist_ok=True)
MEDIA_ROOT = VAR_DIR / "sheets"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MOMENT_SECONDS = 0  # stories change the world between two pages
STAFF_IDLE_SECONDS = 30 * 24 * 3600  # stories jump; the tests of idling set their own
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

if url := env.str("TEST_DATABASE_URL", default=""):
    DATABASES["default"] = env.db_url_config(url)
    # So that a session that is left over has a name: pytest's threads add their own.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["application_name"] = " ".join(sys.argv)[-40:] + f" ({os.getpid()})"
else:
    DATABASES["default"] = sqlite_options(VAR_DIR / "unused.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    # Nobody minds a test database that a power cut loses.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;"
    )
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a test's threads leave no connection open
if name := env.str("TEST_DATABASE_NAME", default=""):
    DATABASES["default"]["NAME"] = name
