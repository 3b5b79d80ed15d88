"""One machine, no server: SQLite, embedded Valkey, a mail catcher. What `make demo` runs.

DEBUG stays off unless asked for, so that what is tried here behaves as on real servers.
"""

import os

from .servers import running_servers

SERVERS = running_servers()
#: Mail that nobody sends elsewhere is caught.
CATCHES_MAIL = os.environ.get("EMAIL_URL") in (None, SERVERS.get("EMAIL_URL"))
for name, url in SERVERS.items():
    os.environ.setdefault(name, url)

from .base import *  # noqa: E402, F403 - base reads the environment that was completed above
from .base import ALLOWED_HOSTS, SECRET_KEY, VAR_DIR  # noqa: E402
from .environment import read  # noqa: E402
from .secret import kept_secret  # noqa: E402

DEBUG = read("bool", "DEBUG", default=False)
SECRET_KEY = SECRET_KEY or kept_secret(VAR_DIR / "secret-key")
MAIL_CATCHER_DIR = VAR_DIR / "mail" if CATCHES_MAIL else None
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
SERVES_MEDIA = True
# Static files are served from where they lie, without collectstatic.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None
#: Known to all, so nobody but this set-up may use it: the web server listens on this machine alone.
DEMO_PASSWORD = "exchange-2027"  # noqa: S105
