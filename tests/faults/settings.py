"""The portal as it runs on servers, but in a hurry; apps.py says which waits are cut short."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.apps.FaultsConfig"]
SECRET_KEY = "faults-only-0123456789-0123456789-0123456789-0123456789"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
# Static files are served from where they lie, without collectstatic.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None
# The row that terminates connections means those of workers and web servers, not its own.
OWN_CONNECTIONS = "faults judge"
if DATABASE["ENGINE"].endswith("postgresql"):
    # A dead connection is replaced on the next look, not after a minute.
    DATABASE["CONN_MAX_AGE"] = 60
