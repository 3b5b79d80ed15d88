"""Real servers. `manage.py check --deploy` is clean here; every value comes from the environment."""

from .base import *  # noqa: F403
from .base import BASE_URL
from .environment import read, read_number, read_url, stop

SECRET_KEY = read("str", "SECRET_KEY")
if len(SECRET_KEY) < 50:
    stop(
        "SECRET_KEY is shorter than 50 characters; make one with"
        " `python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`."
    )
read("str", "DATABASE_URL")
read("str", "EMAIL_URL")
read_url("REDIS_URL", ("redis", "rediss"))
read_url("BASE_URL", ("https",))

CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = read("bool", "SECURE_SSL_REDIRECT", default=True)
# A load balancer asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
#: Web servers in front that set X-Forwarded-Proto and X-Forwarded-For; what they say is believed only then.
TRUSTED_PROXIES = read_number("TRUSTED_PROXIES", least=0, most=10, default=1)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = read_number("SECURE_HSTS_SECONDS", least=0, default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
