"""Tests: SQLite and embedded Valkey unless DATABASE_URL and REDIS_URL name real servers."""

import os
import tempfile

from portal.embedded import free_port

#: Then tests/conftest.py starts one at the address chosen here. Parallel workers inherit it, and start none.
STARTS_REDIS = "REDIS_URL" not in os.environ
#: Then tests/conftest.py removes the folder in the end.
OWNS_VAR_DIR = "VAR_DIR" not in os.environ
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-tests-"))
os.environ.setdefault("REDIS_URL", f"redis://:tests@127.0.0.1:{free_port()}")

from .base import *  # noqa: E402, F403
from .base import CACHES, DATABASE, REDIS_URL, VAR_DIR  # noqa: E402

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
# Tests look at a page right after they have changed what it shows.
PAGE_CACHE_SECONDS = PART_CACHE_SECONDS = 0
# Parallel workers have a database each: what is cached of one is wrong in another, and clearing a cache
# empties the whole of its Redis database. A server has sixteen; the portal's own are 0 and 1.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{2 + int(WORKER.removeprefix('gw')) % 14}"
CACHES["default"]["KEY_PREFIX"] = WORKER
if DATABASE["ENGINE"].endswith("sqlite3"):
    # A file, since tests race threads and processes; an in-memory database has one connection.
    DATABASE["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # Nobody misses a test's rows after a power cut: no commit waits for the disk.
    DATABASE.setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
