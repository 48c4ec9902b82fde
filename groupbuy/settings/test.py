"""Settings of the test suite: quick hashing, SQLite as a file unless TEST_DATABASE_URL says else."""

import tempfile
from pathlib import Path

from groupbuy.settings import *
from groupbuy.settings import DATABASES, env
from groupbuy.settings.embedded import sqlite_options

SECRET_KEY = "only-for-tests-and-nothing-else-0123456789abcdef"
VAR_DIR = Path(tempfile.gettempdir()) / "groupbuy-tests"
VAR_DIR.mkdir(exist_ok=True)
MEDIA_ROOT = VAR_DIR / "sheets"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False

if url := env.str("TEST_DATABASE_URL", default=""):
    DATABASES["default"] = env.db_url_config(url)
else:
    DATABASES["default"] = sqlite_options(VAR_DIR / "unused.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
