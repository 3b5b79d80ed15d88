"""What all set-ups share.

Every environment variable is read in this folder, by name; docs/reference/environment.md lists them.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from .account_forms import ACCOUNT_FORMS  # noqa: F401 - a setting
from .environment import read, read_number, read_url, stop
from .folders import BASE_DIR, VAR_DIR

SECRET_KEY = read("str", "SECRET_KEY", default="")
DEBUG = False
#: The port of the web server that `make demo` starts.
PORT = read_number("PORT", least=1, most=65535, default=8000)
#: Where the portal is reached; every link in a mail is built from it, never from a request's Host.
BASE_URL = read_url("BASE_URL", ("http", "https"), default=f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = read("list", "ALLOWED_HOSTS", default=[urlsplit(BASE_URL).hostname])

INSTALLED_APPS = [
    "portal",
    "exchange",
    "research",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_countries",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.headers.ContentPolicyMiddleware",
    "portal.middleware.headers.permissions_policy",
    "portal.middleware.tenancy.TenancyMiddleware",
    "portal.middleware.pages.DirectRoutes",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
            # In the place of Wagtail's: a picture that cannot be cut breaks no page.
            "libraries": {"wagtailimages_tags": "portal.templatetags.sturdy_images"},
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

# -- database: SQLite embedded by default, PostgreSQL by DATABASE_URL ------------------------------

DATABASES = {"default": read("dj_db_url", "DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
DATABASE = DATABASES["default"]
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Measured: without these four, a quarter of five processes' writes failed with "database is locked".
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON",
    }
elif DATABASE["ENGINE"] == "django.db.backends.postgresql":
    if not DATABASE["NAME"]:
        stop("DATABASE_URL names no database; write postgres://user:password@host:5432/name.")
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["CONN_MAX_AGE"] = 60
    #: A server that is gone is noticed in seconds, not in the minutes of TCP.
    DATABASE["OPTIONS"] = {"connect_timeout": 10, **DATABASE.get("OPTIONS", {})}
else:
    stop("DATABASE_URL has a wrong value: the portal runs on postgres:// (PostgreSQL 15+) or sqlite://.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Redis: broker in database 0, cache in database 1 ----------------------------------------------

REDIS_URL = read_url("REDIS_URL", ("redis", "rediss"), default="redis://127.0.0.1:6379")
if urlsplit(REDIS_URL).path or urlsplit(REDIS_URL).query:
    stop("REDIS_URL has a wrong value: leave out the database number, the portal uses databases 0 and 1.")
CACHES = {
    "default": {
        "BACKEND": "portal.cache.ForgivingCache",
        "LOCATION": f"{REDIS_URL}/1",
        # A server that is gone is noticed in a second, not in the minutes of TCP.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

#: For which a page that visitors meet is kept, and a part that all meet: so late they show a new day.
PAGE_CACHE_SECONDS = PART_CACHE_SECONDS = 60

CELERY_BROKER_URL = f"{REDIS_URL}/0"

# -- mail: written to the outbox in the database, sent by Celery -----------------------------------

# submission:// means STARTTLS on port 587, smtp://host:465?ssl=true TLS at once.
read_url("EMAIL_URL", ("smtp", "submission"), default="smtp://127.0.0.1:1025")
EMAIL = read("dj_email_url", "EMAIL_URL", default="smtp://127.0.0.1:1025")
#: How the outbox sends, and where to all else that sends mail hands it.
EMAIL_TRANSPORT = EMAIL["EMAIL_BACKEND"]
EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
#: Seconds one SMTP command may take; a lease on an outbox row outlives it.
EMAIL_TIMEOUT = read_number("EMAIL_TIMEOUT", least=1, most=600, default=20)
DEFAULT_FROM_EMAIL = read(
    "str", "DEFAULT_FROM_EMAIL", default="University Sport Exchange <portal@example.org>"
)
#: Where answers and returned mails come to; each mail leaves with an address of its own made from it. Empty:
#: nothing comes back.
REPLY_ADDRESS = read("str", "REPLY_ADDRESS", default="")
if not re.fullmatch(r"([a-z0-9._-]{1,20}@[a-z0-9.-]+)?", REPLY_ADDRESS):
    stop(
        "REPLY_ADDRESS has a wrong value: write an address such as portal@example.org, in small letters,"
        " without a plus, and at most 20 characters before the @."
    )
#: The mailbox of that address, which the portal empties. Unset where the mail server hands mails over.
IMAP_URL = read("str", "IMAP_URL", default="") and read_url("IMAP_URL", ("imaps", "imap"))
#: Days for which incoming mail is kept; it holds what people wrote.
INBOUND_DAYS = read_number("INBOUND_DAYS", least=1, default=90)
#: A Maildir whose mails can be read under /mailbox/; only the local set-up has one.
MAIL_CATCHER_DIR: Path | None = None

#: What a monitoring server must show to read /metrics; without one only portal administrators may.
METRICS_TOKEN = read("str", "METRICS_TOKEN", default="")

# -- people ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/exchange/"
ACCOUNT_ADAPTER = "portal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# In the browser that signed up; the page that asked for an account comes next, "Join with …" for instance.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme

#: Of the demonstration's people; only the local set-up has one.
DEMO_PASSWORD: str | None = None

# -- languages and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("be", _("Belarusian"))]
# The register uses this code; ISO 3166 leaves it to its users, so the list of countries lacks it.
COUNTRIES_OVERRIDE = {"XK": _("Kosovo")}
# Ours, and what these libraries lack in Belarusian.
LOCALE_PATHS = [
    BASE_DIR / "locale",
    *(BASE_DIR / "locale" / library for library in ("allauth", "django", "django_countries")),
]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- files -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
#: Whether Django hands out uploads itself; behind a real web server it does not.
SERVES_MEDIA = False
#: Bytes of a request file (CSV or XLSX); 5,000 rows stay well below.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- Wagtail ---------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "University Sport Exchange"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
# The admin makes no call to the outside.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# A password that many know protects nothing; who may read what hangs on groups.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# Bodies of pages hold no embedded media, so the admin asks no provider about any.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# An address on the portal stays one: turned into a link to its page, it would tell the next draft's title.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Passwords are changed and e-mails confirmed on the account pages, in one place.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# -- security --------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# For browsers that do not know frame-ancestors; the others go by the policy below. Wagtail lifts it for
# previews.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin needs inline scripts; portal/middleware/headers.py adds what it alone may do.
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "base-uri": ["'none'"],
    },
}

#: Seconds a matching run may look for the best plan before it takes the best one found.
MATCHING_BUDGET = read_number("MATCHING_BUDGET", least=1, default=600)
#: Days for which a link that can answer no more still shows what stands.
ANSWER_LINK_DAYS = 14

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": read("log_level", "LOG_LEVEL", default=logging.INFO)},
    # Wagtail indexes each saved page by four tasks of its own, each with two lines; of a returned mail each
    # format that it may have is told.
    "loggers": {"django_tasks": {"level": "WARNING"}, "flufl.bounce": {"level": "WARNING"}},
}
