"""What every template may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

#: Where actions/site.py lays out the list of universities; on every page, so not asked of the database.
UNIVERSITIES_PATH = "universities/"


def portal(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "base_url": settings.BASE_URL,
        "home_url": reverse("wagtail_serve", args=[""]),
        "universities_url": reverse("wagtail_serve", args=[UNIVERSITIES_PATH]),
        "has_mailbox": settings.MAIL_CATCHER_DIR is not None,
    }
