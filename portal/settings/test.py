"""Tests: SQLite and embedded Valkey unless DATABASE_URL and REDIS_URL name real servers."""

from .base import *  # noqa: F403

SECRET_KEY = "tests-only-0123456789-0123456789-0123456789-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://portal.test"
WAGTAILADMIN_BASE_URL = BASE_URL
ACCOUNT_RATE_LIMITS = False
CELERY_TASK_ALWAYS_EAGER = False
