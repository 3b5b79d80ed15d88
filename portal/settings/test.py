"""Tests: SQLite and embedded Valkey unless DATABASE_URL and REDIS_URL name real servers."""

from .base import *  # noqa: F403
from .base import DATABASE, VAR_DIR

SECRET_KEY = "tests-only-0123456789-0123456789-0123456789-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No collected folder stands behind the tests; WhiteNoise would warn of that with every client.
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://portal.test"
WAGTAILADMIN_BASE_URL = BASE_URL
ACCOUNT_RATE_LIMITS = False
CELERY_TASK_ALWAYS_EAGER = False
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, since tests race threads and processes; an in-memory database has one connection.
    DATABASE["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
