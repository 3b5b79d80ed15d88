"""One machine, no server: SQLite, embedded Valkey, a mail catcher. What `make demo` runs."""

from .base import *  # noqa: F403
from .base import SECRET_KEY, VAR_DIR
from .secret import kept_secret

SECRET_KEY = SECRET_KEY or kept_secret(VAR_DIR / "secret-key")
MAIL_CATCHER_DIR = VAR_DIR / "mail"
ALLOWED_HOSTS = ["*"]
SERVES_MEDIA = True
