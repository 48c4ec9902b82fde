"""Settings, from the environment only and safe by default; README lists every variable.

Without ``DATABASE_URL`` the site runs embedded: SQLite and a carried Valkey under ``var/``.
A ``DATABASE_URL`` means production and demands a secret key; host names in ``ALLOWED_HOSTS``
make it public and demand HTTPS.
"""

import sys
from pathlib import Path

import environ

from groupbuy.settings.embedded import secret_key, sqlite_options, valkey_socket

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()
PRODUCTION = bool(env.str("DATABASE_URL", default=""))
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(env, VAR_DIR, production=PRODUCTION)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK)
# A production site answers to this machine only, until a host name is given; from then
# on HTTPS, secure cookies and the second factor are demanded.
PUBLIC = PRODUCTION and not set(ALLOWED_HOSTS) <= set(LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "groupbuy.community",
    "catalog",
    "orders",
    "delivery",
    "groupbuy.roof",
    "groupbuy.community.apps.SuperuserAdmin",  # the stock admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "groupbuy.shared.web.csp.ContentSecurityPolicyMiddleware",
    "groupbuy.shared.web.reading.ReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "groupbuy.community.requests.IdleMiddleware",
    "groupbuy.community.requests.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "groupbuy.shared.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "groupbuy.urls"
WSGI_APPLICATION = "groupbuy.wsgi.application"
CSRF_FAILURE_VIEW = "groupbuy.shared.web.refusals.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "groupbuy.shared.web.reading.reading",
                "groupbuy.shared.web.csp.csp",
            ],
        },
    }
]

PGBOUNCER = env.bool("PGBOUNCER", default=False)  # connections are shared by clients
if PRODUCTION:
    DATABASES = {"default": env.db("DATABASE_URL")}
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"]["ENGINE"] = "groupbuy.shared.postgresql"
    if PGBOUNCER:
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
else:
    DATABASES = {"default": sqlite_options(VAR_DIR / "groupbuy.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "community.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "sign-in"
# Town staff add a code from their phone; off embedded, where everybody tries the demo.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=PUBLIC)
OTP_TOTP_ISSUER = "groupbuy"
# By person and place together: nobody can lock another person out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
AXES_CLIENT_IP_CALLABLE = "groupbuy.shared.web.address.client_address"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "groupbuy" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "groupbuy" / "static"]
MEDIA_ROOT = VAR_DIR / "sheets"
FILE_UPLOAD_PERMISSIONS = 0o600  # sheets hold names
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_AGE = 12 * 3600
STAFF_IDLE_SECONDS = 30 * 60  # a desk left alone shows nobody's data any more
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PUBLIC and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PUBLIC
# Not "no-referrer": with it browsers post forms with "Origin: null", which CSRF refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],  # old Chromium would ask default-src
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a building's grid: 200 homes, each its row

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["groupbuy.shared.api.parsing.SmallJSON"],
    "EXCEPTION_HANDLER": "groupbuy.shared.api.answers.answer",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_SCHEMA_CLASS": "groupbuy.shared.api.documented.OwnWords",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "groupbuy",
    "DESCRIPTION": """A town's group buying.

Reading what is sold needs no token. Whoever holds an order's token reads, changes and cancels
that order; a town's own machines read its papers with a key, one for each scope.

Every refusal is `{"code", "detail", "field"}`: 400 where the request breaks this schema, 409
where a rule says no. Money is in cents, instants carry their offset. `detail` is Simplified
Chinese; with `?lang=en` it is English.""",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "OAS_VERSION": "3.1.0",  # 3.0 cannot say "this object or null"
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,  # they are in the interface's language
    "ENUM_NAME_OVERRIDES": {
        "BatchState": "catalog.models.Batch.State",
        "OfferState": "catalog.api.serializers.OFFER_STATES",
        "OrderState": "orders.states.OrderState",
    },
}

VALKEY_SOCKET = valkey_socket(VAR_DIR)
REDIS_URL = env.str("REDIS_URL", default=f"redis+socket://{VALKEY_SOCKET}")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for as long as it takes
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "tick": {
        "task": "groupbuy.roof.tasks.tick",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "render": {
        "task": "groupbuy.roof.tasks.render",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "verify": {
        "task": "groupbuy.roof.tasks.verify",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
}
RENDER_QUEUE = "render"  # its own worker's: a long render must not delay closing
CELERY_TASK_ROUTES = {
    "groupbuy.roof.tasks.render": {"queue": RENDER_QUEUE},
    "groupbuy.roof.tasks.verify": {"queue": RENDER_QUEUE},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_phones": {"()": "groupbuy.shared.logs.NoPhones"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "filters": ["no_phones"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # A line for every tick, four times a minute, would hide all others.
        **{
            name: {"level": "WARNING"}
            for name in ("celery.app.trace", "celery.beat", "celery.worker.strategy")
        },
        # So would one for everybody who hears "sold out" in the rush; faults are kept.
        "django.request": {"level": "ERROR"},
    },
}

# Whom staff call when the site itself is in trouble: a name and a telephone number.
OPERATOR_CONTACT = env.str("OPERATOR_CONTACT", default="")

MOMENT_SECONDS = 1.0  # how old what a form shows may be; the verbs read anew
RENDER_PROCESSES = env.int("RENDER_PROCESSES", default=2)
# What a person's page waits for at most, in seconds (groupbuy.shared.patience); then it asks
# them to press once more. A form whose lock did not come is tried twice more by itself, so
# it is answered after three times LOCK; workers and commands wait as long as it takes.
WEB_PATIENCE = {"LOCK": 1.5, "STATEMENT": 30, "IDLE_IN_TRANSACTION": 60, "CONNECT": 3}
# Each web thread keeps a database connection; more than 8 in all make a hot stock row
# slower on two cores.
WEB_WORKERS = env.int("WEB_WORKERS", default=2)
WEB_THREADS = env.int("WEB_THREADS", default=4)
WORKER_PROCESSES = env.int("WORKER_PROCESSES", default=2)
